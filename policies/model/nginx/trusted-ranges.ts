import { type AddressSet, covers, parseCidr, union } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { Unknown, type Value } from "../value.ts";
import type { Context } from "./context.ts";

/** A range whose word on client addresses counts, and whether it may. */
export interface TrustedRange {
  readonly text: string;
  readonly admitted: Value<boolean>;
}

/** Private and loopback addresses (RFC 1918, RFC 4193, RFC 6598): whoever writes there is not on the internet. */
const PRIVATE = union(
  ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "::1/128"].flatMap(
    (text) => parseCidr(text) ?? [],
  ),
);

const balancers = {};

/**
 * `set_real_ip_from` in force: admitted are ranges inside the subnets of load balancers where the catalogue declares them,
 * otherwise ranges inside private ones, no wider than /16. A name is resolved when NGINX starts: by what, nobody sees.
 */
export function trustedRanges(context: Context, estate: Estate): readonly TrustedRange[] {
  const declared = estate.once(balancers, () => subnetsOf(estate));
  return context.inForce("set_real_ip_from").map(({ words: [text = ""] }) => {
    if (text === "unix:") return { text, admitted: true };
    const range = parseCidr(text);
    if (range === undefined) return { text, admitted: new Unknown(text) };
    return {
      text,
      admitted: declared === undefined ? covers(PRIVATE, range) && !isWide(text) : covers(declared, range),
    };
  });
}

const isWide = (text: string): boolean => !text.includes(":") && Number(text.split("/")[1] ?? 32) < 16;

function subnetsOf({ declaration }: Estate): AddressSet | undefined {
  const subnets = declaration?.subnets.filter(({ tier }) => tier === "public") ?? [];
  return subnets.length === 0 ? undefined : union(subnets.flatMap(({ cidr }) => parseCidr(cidr) ?? []));
}
