import type { Resource } from "./terraform/resource.ts";

/**
 * What an output does not say: it is known only after apply, or stands in an expression that is not resolved. Never the
 * same as absent. Where the expression is one plain reference, `resource` and `attribute` say to what: a rule may take
 * that as proof (a key that is this very key).
 */
export class Unknown {
  /** As the output has it: `${aws_kms_key.data.arn}`. */
  readonly expression: string;
  readonly resource: Resource | undefined;
  readonly attribute: string | undefined;

  constructor(expression: string, resource?: Resource, attribute?: string) {
    this.expression = expression;
    this.resource = resource;
    this.attribute = attribute;
  }

  toString(): string {
    return this.expression;
  }
}

/** A value of an output, or that it is unknown. Absent is `undefined`, beside both. */
export type Value<Type> = Type | Unknown;

export const isUnknown = (value: unknown): value is Unknown => value instanceof Unknown;

/** What is known of it: the value, or nothing. For where unknown and absent mean the same. */
export const known = <Type>(value: Value<Type> | undefined): Type | undefined =>
  value instanceof Unknown ? undefined : value;

/** For a finding: the value in JSON's words, an expression as it stands, `nothing` where it is absent. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (value instanceof Unknown) return `unknown (${value.expression})`;
  if (typeof value === "string") return value === "" ? "an empty text" : value;
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(shown).join(", ");
  if (value instanceof Set) return shown([...value]);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
