import type { Entry } from "./entries.ts";
import type { Waiver } from "./waivers.ts";

/** What is recorded, and what may depart from it. */
export interface Ledger {
  readonly entries: readonly Entry[];
  readonly waivers: readonly Waiver[];
}

/** A difference between ledger and output. */
export interface Change {
  readonly kind: "added" | "moved" | "forgotten" | "left" | "changed" | "cleared";
  readonly path: string;
  /** What happened, where the kind does not say it all. */
  readonly detail?: string;
}

/** What nobody has accepted: the path, what is wrong with it, and the waiver that would accept it. */
export interface Fault {
  readonly path: string;
  readonly problem: string;
  /** All but reason, owner and date. */
  readonly waiver?: Omit<Waiver, "reason" | "owner" | "until">;
}

/** The ledger as it would be, how it gets there, and why it may not: only without faults is it written. */
export interface Verdict {
  readonly entries: readonly Entry[];
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
}
