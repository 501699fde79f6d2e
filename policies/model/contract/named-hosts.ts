import type { Declaration, Party } from "../declaration.ts";
import { type Estate, type HostFile, kind } from "../estate.ts";
import { declarationOf } from "../hosts/declared-host.ts";
import { formOf, settingsOf } from "../hosts/settings.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";

/** A file of a host with the names of other machines in it. */
export interface NamedHosts {
  readonly at: Place;
  readonly party: Party | undefined;
  /** In lower case, without ports: `main.message-broker.production.internal.example.org`. */
  readonly names: readonly string[];
}

const URL = /(?<![\w+.-])[a-z][a-z\d+.-]*:\/\/([^\s"'<>`/?#]*)/gi;
const NAME = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/;
/** A word that is a name by itself: with three parts, or with a port; others are files. */
const WORD = /^((?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.){2,}[a-z]{2,}|(?:[a-z\d-]+\.)+[a-z]{2,}(?=:\d)):?\d*$/i;
/** The same as a leaf of YAML or of JSON. */
const LEAF = /(?<=[\s"'[,])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.){2,}[a-z]{2,}(?=:\d|["'\s,\]]|$)/gi;
/** Packages, keys and names of others: whom NGINX and resolvers know has rules of its own. */
const OTHERS = /\/nginx\/|nftables\.conf$|\.asc$|\/(?:audit|sysctl\.d|chrony)\/|resolv\.conf$/;
const COMMENT = /^\s*(?:#|\/\/|;|"""|--\s)/;

const KNOWN = {};

/** Every file of every host that names another machine. */
export const namedHosts = kind<NamedHosts>("file of a host that names others", (estate) => {
  const namesIn = (file: HostFile): readonly string[] =>
    estate.memory.ofForm(KNOWN, formOf(file.path) ?? "", file.text, () => [...new Set(namesOf(estate, file))]);
  return estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file): readonly NamedHosts[] => {
      if (OTHERS.test(file.path)) return [];
      const names = namesIn(file);
      return names.length === 0
        ? []
        : [{ at: placeOfHost(host, file.path), party: declarationOf(estate, host)?.party, names }];
    }),
  );
});

function namesOf(estate: Estate, file: HostFile): readonly string[] {
  const form = formOf(file.path);
  const settings = form === "variables" || form === "sections" ? settingsOf(estate, file) : [];
  const words = isUnknown(settings) ? [] : settings.flatMap(({ value }) => bare(value).split(/[\s,;|]+/));
  const named = [
    ...words.flatMap((word) => WORD.exec(word)?.[1] ?? []),
    ...(form === "tree" ? [...file.text.matchAll(LEAF)].map(([name]) => name) : []),
  ];
  const lines = file.text.includes("://")
    ? file.text.split("\n").filter((line) => line.includes("://") && !COMMENT.test(line))
    : [];
  const called = lines.flatMap((line) =>
    [...bare(line).matchAll(URL)].flatMap(([, authority = ""]) => hostsOf(authority)),
  );
  return [...named, ...called].map((name) => name.toLowerCase()).filter((name) => NAME.test(name));
}

/** A login may hold what ends one. */
const bare = (text: string): string => text.replaceAll(/%%[^%]*%%|\$\([^)]*\)|\$?\{[^}]*\}/g, "x");

const hostsOf = (authority: string): readonly string[] =>
  authority
    .slice(authority.lastIndexOf("@") + 1)
    .split(",")
    .map((each) => each.replace(/:\d*$/, ""));

/** Whether a name is of the own zones, of AWS, or of a way out that is declared for a party. */
export function isDeclared(name: string, party: Party | undefined, { domain, services }: Declaration): boolean {
  const isIn = (zone: string): boolean => name === zone || name.endsWith(`.${zone}`);
  // Zones of other environments stand beside the private one, and below the public one.
  const beside = domain.private.slice(domain.private.indexOf(".") + 1);
  if (isIn(domain.private)) return true;
  if ([domain.public, "amazonaws.com", "svc.cluster.local", "localhost"].some(isIn))
    return beside === domain.public || !isIn(beside);
  return services.some(({ egress }) =>
    egress.some(
      ({ from, domain: way }) =>
        from === party &&
        (name === way ||
          (way.startsWith(".") && name.endsWith(way)) ||
          (way.startsWith("*.") && name.endsWith(way.slice(1)))),
    ),
  );
}
