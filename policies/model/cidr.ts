import ipaddr from "ipaddr.js";

/** The first and the last address of a CIDR. */
export type CidrRange =
  | { readonly family: 4; readonly first: number; readonly last: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint };

/** Reads a CIDR or one address. IPv4 is read here: there may be hundreds of thousands of them. */
export function parseRange(text: string): CidrRange | undefined {
  return text.includes(":") ? parse6(text) : parse4(text);
}

/** `10.0.0.0/8`. */
function parse4(text: string): CidrRange | undefined {
  const slash = text.indexOf("/");
  const end = slash < 0 ? text.length : slash;
  let address = 0;
  let at = 0;
  for (let part = 0; part < 4; part += 1) {
    const dot = part === 3 ? end : text.indexOf(".", at);
    // No leading zeros in addresses: some programs read them as octal, others not.
    const value = dot - at > 1 && text[at] === "0" ? undefined : decimal(text, at, dot, 255);
    if (value === undefined) return undefined;
    address = address * 256 + value;
    at = dot + 1;
  }
  const prefix = slash < 0 ? 32 : decimal(text, slash + 1, text.length, 32);
  if (prefix === undefined) return undefined;
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  return { family: 4, first, last: first + size - 1 };
}

const ZERO = "0".charCodeAt(0);

/** The number that stands between two places of a text. */
function decimal(text: string, from: number, to: number, most: number): number | undefined {
  if (to <= from || to - from > 3) return undefined;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= most ? value : undefined;
}

const MAPPED = 0xffffn << 32n;

function parse6(text: string): CidrRange | undefined {
  const [address = "", prefix = "128", ...more] = text.split("/");
  if (more.length > 0 || address.includes("%") || !/^\d{1,3}$/.test(prefix) || Number(prefix) > 128) return undefined;
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(address).parts) value = (value << 16n) | BigInt(part);
  const rest = BigInt(128 - Number(prefix));
  const first = (value >> rest) << rest;
  const last = first + (1n << rest) - 1n;
  if (first >= MAPPED && last < MAPPED + (1n << 32n)) {
    return { family: 4, first: Number(first - MAPPED), last: Number(last - MAPPED) };
  }
  return { family: 6, first, last };
}

/** `10.0.0.0/8`, `2001:db8::/32`: the shortest spelling of a block. */
export function maskOf(first: bigint, bits: 32 | 128, prefix: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, at) => Number((first >> BigInt(bits - 8 * (at + 1))) & 0xffn));
  const address = ipaddr.fromByteArray(bytes);
  const text = address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  return `${text}/${prefix}`;
}
