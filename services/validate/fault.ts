import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";

/** All services and environments: rules look across both. */
export interface Catalogue {
  readonly services: readonly Service[];
  readonly environments: readonly Environment[];
}

/** What is wrong with the catalogue, in the words of whoever wrote it. */
export interface Fault {
  /** Fields and names on the way to the value: `ticketing/backups/database-dump/keep`. */
  readonly path: string;
  /** What is allowed, with the id of the requirement behind it: `must be >= 30 days (TKT-7.3)`. */
  readonly rule: string;
  /** The value as a reader would write it: `14 days`. Never a secret. */
  readonly got: string;
}

/** What a check looks at: sound services and environments only, so that it can trust their types. */
export interface Subject extends Catalogue {
  /** The caller's date, YYYY-MM-DD. */
  readonly today: string;
  /** False when an unsound service was left out. */
  readonly complete: boolean;
}

/** One subject's rules over the whole catalogue. Pure; gives every fault, in the order of the catalogue. */
export type Check = (subject: Subject) => readonly Fault[];

/** The fault, or nothing when the rule holds. */
export const unless = (holds: boolean, path: string, rule: string, got: string): readonly Fault[] =>
  holds ? [] : [{ path, rule, got }];
