import { types } from "node:util";

/** Values in error messages. */

const LONGEST = 80;
const units = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** A length of time in the largest unit that leaves no fraction: `14 days`, `36 hours`, `0.8 seconds`. */
export function showTime(seconds: number): string {
  const [size, noun] = units.find(([each]) => seconds !== 0 && seconds % each === 0) ?? [1, "second"];
  return counted(seconds / size, noun);
}

/** A list of names, or `nothing`. */
export const showNames = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.join(", "));

/** Any value whatever, on one line, without calling into it. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST ? `${JSON.stringify(value.slice(0, LONGEST))}...` : JSON.stringify(value);
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    default:
      return showObject(value);
  }
}

function showObject(value: unknown): string {
  if (value === null) return "null";
  if (types.isProxy(value)) return "a proxy";
  return Array.isArray(value) ? "a list" : "an object";
}
