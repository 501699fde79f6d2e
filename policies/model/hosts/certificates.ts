import { type Estate, type Host, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { nginxServers } from "../nginx/servers.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isWhole } from "./sysctl.ts";
import { type Timer, timers } from "./timers.ts";

/** A certificate that a host holds, and what keeps it good. */
export interface HostCertificate {
  readonly at: Place;
  readonly name: string;
  /** How long it lasts. */
  readonly days: number;
  /** Whom it is for. */
  readonly names: readonly string[];
  /** Whether the host asks for the next one by itself, or people bring it. */
  readonly renewsItself: boolean;
  /** What renews it, or what tells that it ends. */
  readonly timer: Timer | undefined;
}

/** A revocation list that programs of a host refuse certificates by. */
export interface RevocationList {
  readonly at: Place;
  readonly file: string;
  /** What fetches it anew; nothing: it stays as it is. */
  readonly timer: Timer | undefined;
}

const PATH = "/etc/platform/certificates.json";

/** Every certificate that is declared to a host's renewal; of a whole host that declares none, one that nothing renews. */
export const hostCertificates = kind<HostCertificate>("certificate of a host", (estate) =>
  estate.hosts.flatMap((host) => {
    const list = listOf(renewalOf(host)["certificates"]).filter(isObject);
    const found = timersOf(estate, host);
    const renewing = found.find(({ name }) => /certificates?$/.test(name) && !name.includes("-task-"));
    const telling = found.find(({ name }) => /cert-?(?:ificate)?-?check/.test(name));
    if (list.length === 0 && isWhole(host)) {
      return [{ at: placeOfHost(host), name: "certificates", days: 0, names: [], renewsItself: true, timer: renewing }];
    }
    return list.map((entry): HostCertificate => {
      const renewsItself = entry["issued_by"] !== "people";
      return {
        ...{
          at: placeOfHost(host, PATH),
          name: textOf(entry["name"]) ?? "",
          days: Number(entry["days"]),
          names: listOf(renewalOf(host)["names"]).map(String),
          renewsItself,
        },
        timer: renewsItself ? renewing : telling,
      };
    });
  }),
);

/** Every list that NGINX refuses by, and every one that a host is declared to fetch. */
export const revocationLists = kind<RevocationList>("revocation list of a host", (estate) =>
  estate.hosts.flatMap((host) => {
    const fetched = textOf(objectOf(renewalOf(host)["revocation"])["file"]);
    const used = estate
      .of(nginxServers)
      .filter(({ configuration }) => configuration.of === host)
      .map(({ context }) => context.word("ssl_crl", ""));
    const files = new Set([...used, fetched ?? ""].filter((file) => file !== ""));
    const timer = timersOf(estate, host).find(({ name }) => name.includes("crl"));
    return [...files].map((file) => ({
      at: placeOfHost(host, PATH),
      file,
      timer: file === fetched ? timer : undefined,
    }));
  }),
);

const byHost = {};

const timersOf = (estate: Estate, host: Host): readonly Timer[] =>
  estate
    .once(byHost, () => {
      const found = new Map<Host, Timer[]>();
      for (const timer of estate.of(timers)) found.set(timer.host, [...(found.get(timer.host) ?? []), timer]);
      return found;
    })
    .get(host) ?? [];

function renewalOf(host: Host): JsonObject {
  try {
    return objectOf(JSON.parse(host.files.get(PATH)?.text ?? "{}"));
  } catch {
    return {};
  }
}
