import type { Party } from "../declaration.ts";
import { kind } from "../estate.ts";
import { declarationOf } from "../hosts/declared-host.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A marker in a file of a host: the host puts what it names in its place, by its own role. */
export interface Marker {
  /** `secret`, `sha256`, `parameter`; nothing for a marker that no host understands. */
  readonly of: "secret" | "sha256" | "parameter" | undefined;
  /** `production/ticketing/db-app`, or what stands there instead. */
  readonly name: string;
}

/** A file of a host with markers. */
export interface HostSecrets {
  readonly at: Place;
  /** Of which component or store the host is; nothing where no declaration knows it. */
  readonly party: Party | undefined;
  readonly markers: readonly Marker[];
}

const ANY = /%%([^%\s]+)%%/g;
/** As the hosts' own program reads them. */
const UNDERSTOOD = /^(?:(secret|sha256|parameter):([\w/.+=@-]+)|(secret|sha256)-previous:([\w/.+=@-]+):\d+)$/;

const KNOWN = {};

/** Every file of a host that names a secret or a setting of the platform. */
export const hostSecrets = kind<HostSecrets>("file of a host with secrets", (estate) => {
  const known = estate.memory.once(KNOWN, () => new Map<string, readonly Marker[]>());
  const markersIn = (text: string): readonly Marker[] => {
    const found =
      known.get(text) ?? (text.includes("%%") ? [...text.matchAll(ANY)].map(([, each = ""]) => markerOf(each)) : []);
    known.set(text, found);
    return found;
  };
  return estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file): readonly HostSecrets[] => {
      const markers = markersIn(file.text);
      if (markers.length === 0) return [];
      return [{ at: placeOfHost(host, file.path), party: declarationOf(estate, host)?.party, markers }];
    }),
  );
});

function markerOf(text: string): Marker {
  const [, kind, name, previous, named] = UNDERSTOOD.exec(text) ?? [];
  const of = kind ?? previous;
  if (of !== "secret" && of !== "sha256" && of !== "parameter") return { of: undefined, name: text };
  return { of, name: name ?? named ?? "" };
}
