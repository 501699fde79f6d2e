/**
 * Where a type of resource says with which key it encrypts something, in the words of the AWS provider. Names in `at` lead
 * into blocks: `a.b` must be there (absent, it is read as an empty block), `a[].b` is read for each that is there.
 */
export interface Spot {
  /** What is encrypted, for a reader. */
  readonly what: string;
  /** Way to the block that the key stands in; absent: the resource itself. */
  readonly at?: string;
  /** The attribute with a text of JSON that stands in the resource's place. */
  readonly json?: string;
  /** Names of the attribute with the key, newest first. None: there is nothing to choose but whether. */
  readonly key: readonly string[];
  /** What turns encryption on where it can be off, and its documented default. */
  readonly on?: { readonly name: string; readonly default: boolean };
  /** A flag that turns it off. */
  readonly off?: string;
  /** What names a configuration of encryption, which is judged itself, and the type of that. */
  readonly as?: { readonly name: string; readonly type: string };
  /** What names the way of encrypting, and which ways take a key of KMS. */
  readonly mode?: { readonly name: string; readonly default: string; readonly kms: readonly string[] };
  /** Only where another attribute has this value: performance insights that are on. `given`: whatever its value. */
  readonly when?: { readonly name: string; readonly is: string; readonly default?: string };
  /** Not where one of these is given: nothing is stored here then. */
  readonly unless?: readonly string[];
  /** Names what it is encrypted as, where it has no key of its own: the source of a replica. */
  readonly follows?: string;
  /** Volumes that say nothing are encrypted as the account's settings say. */
  readonly account?: true;
}

/** By type of resource. */
export type Spots = Readonly<Record<string, readonly Spot[]>>;

/** A resource that has one key for all it holds. */
export const whole = (what: string, ...key: readonly string[]): readonly Spot[] => [{ what, key }];

/** Encrypted as a configuration of another resource says; without one, not at all. */
export const configured = (what: string, type: string): readonly Spot[] => [
  { what, key: [], as: { name: "security_configuration", type } },
];

/** One key, behind a flag that is off by default. */
export const flagged = (what: string, name: string, ...key: readonly string[]): readonly Spot[] => [
  { what, key, on: { name, default: false } },
];
