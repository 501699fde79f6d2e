import { type Duration, days } from "./schema/units.ts";

/** One kind of certificate that people issue: what it may be shown for, and how long. */
export interface Profile {
  readonly why: string;
  readonly purpose: "client" | "server" | "both";
  readonly validity: Duration;
}

/**
 * Kinds of certificates of the broker's authority. No host may ask it: whoever could, could make itself any client.
 * Hosts of all services ask the internal authority themselves, whose mode holds them to 7 days.
 */
export const brokerProfiles = {
  /** A message client proves itself by it (BRK-8.1); it is renewed in the month before it ends (BRK-30.1). */
  client: { why: "a message client proves itself (BRK-8.1)", purpose: "client", validity: days(365) },
  /** Proxy, main, worker and portal show each other the same certificate from either end (BRK-18.3). */
  host: { why: "hosts of the broker prove themselves to each other (BRK-18.3)", purpose: "both", validity: days(90) },
} as const satisfies Record<string, Profile>;

/** Days that one revocation list is good for. The authority makes the next at half of it: hosts miss three days unharmed. */
export const REVOCATION_LIST_DAYS = 7;
