import { type AddressSet, covers, parseCidr, sizeOf } from "../addresses.ts";

/** A line of pg_hba.conf. */
export interface HbaEntry {
  readonly line: string;
  /** `local`, `host`, `hostssl`, `hostnossl`, `hostgssenc`, `hostnogssenc`. */
  readonly type: string;
  /** CIDR, `all`, `samenet`, a name; nothing for `local`. */
  readonly address: string | undefined;
  readonly method: string;
  /** Whether pg_ident.conf says which accounts come as which logins. */
  readonly mapped: boolean;
}

const MASK = /^\d+\.\d+\.\d+\.\d+$/;

/** Nothing for an empty line or a comment. */
export function hbaEntryOf(line: string): readonly HbaEntry[] {
  const [type = "", , , ...rest] = [...line.replace(/#.*/, "").matchAll(/"[^"]*"|\S+/g)].map(([word]) => word);
  if (type === "") return [];
  const mapped = rest.some((word) => /^"?map=/.test(word));
  if (type === "local") return [{ line, type, address: undefined, method: rest[0] ?? "", mapped }];
  const [address = "", second = "", third = ""] = rest;
  // An address and its mask as two words.
  if (MASK.test(second)) return [{ line, type, address: `${address}/${prefixOf(second)}`, method: third, mapped }];
  return [{ line, type, address, method: second, mapped }];
}

const prefixOf = (mask: string): number =>
  mask.split(".").reduce((bits, part) => bits + Number(part).toString(2).replaceAll("0", "").length, 0);

/** No more addresses than a subnet of pods: what is wider, or not an address, admits whoever gets near. */
const MOST = 2 ** 14;

/** Whether a line admits more than known callers; of those nothing is known where nobody declares them. */
export function isWide({ address }: HbaEntry, callers: AddressSet | undefined): boolean {
  if (address === undefined) return false;
  const range = parseCidr(address);
  if (range === undefined) return true;
  if (callers !== undefined) return !covers(callers, range);
  const { v4, v6 } = sizeOf(range);
  return v4 > MOST || v6 > 2n ** 64n;
}
