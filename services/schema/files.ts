import { type Listens, listenersOf, tls } from "./listener.ts";
import type { Given, Stored } from "./stored.ts";
import type { Bytes, Duration } from "./units.ts";

/** A bucket that the application reads and writes. Never object-locked: personal data must be purgeable (MUN-SEC.2). */
export interface Objects<Prefix extends string = string> extends Stored {
  readonly kind: "objects";
  /** How long objects live unless the application deletes them sooner; absent: as long as the record they belong to. */
  readonly expires?: Duration;
  readonly noncurrent: Duration;
  /** Prefixes with their own largest object or purpose. */
  readonly prefixes: Readonly<
    Record<Prefix, { readonly why: string; readonly expires?: Duration; readonly maxObject?: Bytes }>
  >;
  /** Handed to clients only by signed URLs of at most this age; absent: never handed to clients. */
  readonly signedFor?: Duration;
}

/** Files shared by several hosts (EFS), encrypted at rest and in transit. */
export interface Files extends Stored {
  readonly kind: "files";
  readonly path: string;
  readonly uid: number;
  readonly listens: Listens<"nfs">;
}

export const objects = <const Prefix extends string>(name: string, given: Given<Objects<Prefix>>): Objects<Prefix> => ({
  ...given,
  kind: "objects",
  name,
});

export const files = (name: string, given: Given<Files>): Files => ({
  ...given,
  kind: "files",
  name,
  listens: listenersOf(name, { nfs: tls(2049) }),
});
