import type { AddressSet } from "../addresses.ts";
import type { Ranges } from "../ranges.ts";

/** What one match of a rule demands of a packet. */
export type Match =
  | { readonly of: "from" | "to"; readonly addresses: AddressSet }
  /** Protocols and ports on one line: the protocol's number times 65,536 plus the port. */
  | { readonly of: "services"; readonly services: Ranges<number> }
  /** States of connection tracking that match. */
  | { readonly of: "state"; readonly states: ReadonlySet<string> }
  /** Whether packets of the loopback interface match, and whether those of others do. */
  | { readonly of: "interface"; readonly loopback: boolean; readonly others: boolean }
  /** Something that is not said of the packet itself: the user, the rate, the client's port. */
  | { readonly of: "circumstance"; readonly text: string };

export type Verdict =
  | { readonly kind: "accept" | "drop" | "return" }
  | { readonly kind: "jump" | "goto"; readonly chain: string };

export interface Rule {
  /** As it stands, without its comment. */
  readonly text: string;
  readonly line: number;
  readonly comment: string | undefined;
  /** All must hold. */
  readonly matches: readonly Match[];
  /** Absent: it counts or logs, and the next rule follows. */
  readonly verdict: Verdict | undefined;
  /** Why nobody can tell what it does. */
  readonly unknown: string | undefined;
}

export interface Hook {
  readonly type: string;
  readonly hook: string;
  readonly policy: "accept" | "drop";
}

export interface Chain {
  readonly name: string;
  /** Absent: a chain that others jump to. */
  readonly hook: Hook | undefined;
  readonly rules: readonly Rule[];
}

export interface Table {
  /** `inet`, `ip`, `ip6`. */
  readonly family: string;
  readonly name: string;
  readonly chains: ReadonlyMap<string, Chain>;
}

/** A host's firewall, as its text has it. */
export interface Ruleset {
  readonly tables: readonly Table[];
  /** Statements that nobody can tell the effect of: `line 3: include "x"`. */
  readonly unknown: readonly string[];
}
