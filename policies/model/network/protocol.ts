import { isUnknown, Unknown, type Value } from "../value.ts";

/** A protocol by its number (IANA Protocol Numbers), or all of them. */
export type Protocol = number | "all";

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMP6 = 58;

/** Names that AWS takes in security groups and network ACLs. */
const NUMBERS: Readonly<Record<string, Protocol>> = {
  all: "all",
  "-1": "all",
  icmp: ICMP,
  igmp: 2,
  ipv4: 4,
  tcp: TCP,
  udp: UDP,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: ICMP6,
  "ipv6-icmp": ICMP6,
  sctp: 132,
};

/** Reads `tcp`, `6`, `-1`, `ALL`. Absent: all. A name that is not known here is unknown. */
export function protocolOf(value: Value<string> | undefined): Value<Protocol> {
  if (value === undefined) return "all";
  if (isUnknown(value)) return value;
  const named = NUMBERS[value.toLowerCase()];
  if (named !== undefined) return named;
  const number = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  return number <= 255 ? number : new Unknown(value);
}

/** Whether its packets have ports. */
export const hasPorts = (protocol: Protocol): boolean => protocol === TCP || protocol === UDP || protocol === 132;

/** Whether traffic of a protocol is meant: exactly it, or all. What is unknown may be meant. */
export const includesProtocol = (asked: Protocol, said: Value<Protocol>): boolean =>
  isUnknown(said) || said === "all" || said === asked;

const WORDS: ReadonlyMap<Protocol, string> = new Map<Protocol, string>([
  [TCP, "tcp"],
  [UDP, "udp"],
  [ICMP, "icmp"],
  [ICMP6, "icmpv6"],
  ["all", "all protocols"],
]);

export const shownProtocol = (protocol: Protocol): string => WORDS.get(protocol) ?? `protocol ${protocol}`;
