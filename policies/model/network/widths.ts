import { type AddressSet, intersect, nowhere, parseCidr, sizeOf, subtract, union } from "../addresses.ts";

/** By which hosts of IPv6 reach all of IPv4, and are reached: the last 32 bits are the address there (NAT64, RFC 6052). */
const translated = parseCidr("64:ff9b::/96") ?? nowhere;

/** How many addresses of each family; of those that NAT64 translates, how many of IPv4. */
function widthOf(set: AddressSet): ReturnType<typeof sizeOf> {
  const within = intersect(set, translated).v6;
  if (within.length === 0) return sizeOf(set);
  const v4 = within.map((each) => Number(each & 0xffff_ffffn));
  return sizeOf(union([subtract(set, translated), { v4, v6: [] }]));
}

/**
 * More addresses than one site has: over 256 of IPv4 (a /24 is the smallest block that the internet routes to somebody),
 * over a /48 of IPv6 (what one site is assigned, RFC 6177). Whoever needs to administer from outside has no more than that.
 */
export function isMoreThanASite(set: AddressSet): boolean {
  const { v4, v6 } = widthOf(set);
  return v4 > 2 ** (32 - 24) || v6 > 2n ** (128n - 48n);
}

/**
 * More addresses than one provider of a service announces: over a /16 of IPv4, over a /32 of IPv6 (what a registry gives
 * to one provider, RFC 6177). Beyond that a rule no longer says where to.
 */
export function isMoreThanAProvider(set: AddressSet): boolean {
  const { v4, v6 } = widthOf(set);
  return v4 > 2 ** (32 - 16) || v6 > 2n ** (128n - 32n);
}
