import ipaddr from "ipaddr.js";

/** One address range, parsed: its canonical text, family, and both ends as numbers. */
export interface AddressRange {
  readonly cidr: string;
  readonly family: "ipv4" | "ipv6";
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Parses an IPv4 or IPv6 CIDR in the one spelling EC2 keeps (another spelling is a change in every plan).
 *
 * Refuses host bits, leading zeros, octal, upper case and an uncompressed IPv6 address.
 */
export function addressRange(cidr: string): AddressRange {
  if (!ipaddr.isValidCIDR(cidr)) {
    throw new Error(`"${cidr}": must be an IPv4 or IPv6 range such as 10.20.0.0/24`);
  }
  const [address, length] = ipaddr.parseCIDR(cidr);
  const family = address.kind();
  const bits = family === "ipv4" ? 32n : 128n;
  const size = 1n << (bits - BigInt(length));
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const first = value - (value % size);
  const canonical = `${network(cidr, family)}/${length}`;
  if (canonical !== cidr) {
    throw new Error(`"${cidr}": must be the canonical range without host bits, that is ${canonical}`);
  }
  return { cidr, family, first, last: first + size - 1n };
}

function network(cidr: string, family: "ipv4" | "ipv6"): string {
  const parsed =
    family === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return parsed.toString();
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two ranges share an address. */
export function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}
