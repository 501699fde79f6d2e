import type { Size } from "./component.ts";
import { metrics, type Port } from "./listener.ts";
import type { Secret } from "./secret.ts";
import type { Bytes } from "./units.ts";

/** A login of a store: least privilege in words, its password as a secret. */
export interface Account {
  readonly may: string;
  readonly password: Secret;
  /**
   * In PostgreSQL: owns the database and all that migrations make in it, or belongs to a role of PostgreSQL's
   * own. Default: it may connect, and what migrations grant it by name.
   */
  readonly role?: "owner" | "pg_monitor" | "pg_read_all_data";
  /** In a PostgreSQL of ours: the login by which replicas follow and rewind, and none else has. Default false. */
  readonly replicates?: boolean;
  /**
   * In a PostgreSQL of ours: tables of which it may read and add rows and never change or delete one, whatever a migration
   * grants it (TKT-3.1). Default none.
   */
  readonly appendOnly?: readonly string[];
}

/** Logins by name; the constructors keep the names, so a misspelt one does not compile. */
export type Accounts = Readonly<Record<string, Account>>;

/** A store whose logins are known by name. */
export type WithLogins<T extends { readonly accounts: Accounts }, Logins extends Accounts> = Omit<T, "accounts"> & {
  readonly accounts: Logins;
};

/** What every store has. */
export interface Stored {
  readonly name: string;
  readonly why: string;
}

/** Hosts of a store: three, one per zone, each with a data volume apart from the root. */
export interface OnThreeHosts extends Stored {
  readonly zones: 3;
  readonly tier: "data";
  /** Host number in the service's block of the data subnet, 4 to 60. */
  readonly address: number;
  readonly size: Size;
  readonly dataVolume: Bytes;
}

/** What a product gives of a store; the rest is the kind's own, `Preset` too unless it says otherwise. */
export type Given<T extends Stored, Preset extends keyof T = never> = Omit<
  T,
  "kind" | "name" | "listens" | "zones" | "tier" | Preset
>;

/** Where the hosts of `OnThreeHosts` are. */
export const threeHosts = { zones: 3, tier: "data" } as const;

/** The exporter of a host of ours. */
export const NODE: Port = metrics(9100);
