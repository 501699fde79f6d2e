import { type AddressSet, everywhere, nowhere, parseCidr, subtract, union } from "./addresses.ts";

const all = (cidrs: readonly string[]): AddressSet => union(cidrs.map((each) => parseCidr(each) ?? nowhere));

/** Addresses of private networks: RFC 1918, RFC 6598 (behind carriers' NAT) and RFC 4193. */
export const privateRanges = all(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]);

/** Addresses that a machine or a link keeps to itself; those of the resolver, of time and of instance metadata are here. */
export const linkLocalRanges = all(["169.254.0.0/16", "fe80::/10", "127.0.0.0/8", "::1/128"]);

/** What is routed to somebody on IPv6: global unicast (RFC 4291), and by NAT64 (RFC 6052) all of IPv4. */
const routed6 = all(["2000::/3", "64:ff9b::/96"]);

/**
 * Addresses of nobody on the internet (IANA IPv4 and IPv6 Special-Purpose Address Registries, read in 2026). Networks for
 * documentation are not here: they stand for somebody's addresses, so they count as public.
 */
const neverPublic = union([
  privateRanges,
  linkLocalRanges,
  all(["0.0.0.0/8", "192.0.0.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"]),
  subtract({ v4: [], v6: everywhere.v6 }, routed6),
]);

/** Addresses of the internet. */
export const publicRanges = subtract(everywhere, neverPublic);
