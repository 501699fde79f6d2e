/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The parts of a synthesized `cdk.tf.json` that validation reads. */
export interface StackJson {
  readonly terraform?: {
    readonly required_providers?: Readonly<Record<string, unknown>>;
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly provider?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly moved?: unknown;
  readonly removed?: unknown;
}

/** True for a JSON object (not a list, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
