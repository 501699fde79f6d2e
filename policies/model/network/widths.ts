import { type AddressSet, sizeOf } from "../addresses.ts";

/**
 * More addresses than one site has: over 256 of IPv4 (a /24 is the smallest block that the internet routes to somebody),
 * over a /48 of IPv6 (what one site is assigned, RFC 6177). Whoever needs to administer from outside has no more than that.
 */
export function isMoreThanASite(set: AddressSet): boolean {
  const { v4, v6 } = sizeOf(set);
  return v4 > 2 ** (32 - 24) || v6 > 2n ** (128n - 48n);
}

/**
 * More addresses than one provider of a service announces: over a /16 of IPv4, over a /32 of IPv6 (what a registry gives
 * to one provider, RFC 6177). Beyond that a rule no longer says where to.
 */
export function isMoreThanAProvider(set: AddressSet): boolean {
  const { v4, v6 } = sizeOf(set);
  return v4 > 2 ** (32 - 16) || v6 > 2n ** (128n - 32n);
}
