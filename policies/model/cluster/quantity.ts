import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Fields } from "./fields.ts";

const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity of Kubernetes as a number of its unit (cores, bytes): `500m`, `64Mi`, `1e3`, 2. Nothing where it is none. */
export function quantityOf(text: string): number | undefined {
  const read = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text.trim());
  if (read === null) return undefined;
  const [, digits, exponent, suffix] = read;
  return exponent === undefined ? Number(digits) * (FACTORS[suffix ?? ""] ?? 1) : Number(`${digits}${exponent}`);
}

/** A field that holds a quantity. */
export function quantity(fields: Fields, name: string): Value<number> | undefined {
  const value = fields.raw[name];
  if (typeof value === "number") return value;
  const text = fields.text(name);
  if (text === undefined || isUnknown(text)) return text;
  return quantityOf(text) ?? new Unknown(text);
}
