import ipaddr from "ipaddr.js";

/** An address of this range: its network's address and so many more. */
export function addressIn(range: string, number: number): string {
  const network = ipaddr.IPv4.networkAddressFromCIDR(range).toByteArray();
  const value = network.reduce((sum, byte) => sum * 256 + byte, 0) + number;
  return ipaddr.fromByteArray([24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)).toString();
}
