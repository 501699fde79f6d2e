import type { Fault } from "./fault.ts";
import { byName, isPlain, type Labeller, readable } from "./label.ts";
import { show, showTime } from "./show.ts";

/** Words to say what a value must be. A cast can hide anything from the compiler; nothing hides from these. */

/** A fault; `unsound` where other checks could not rely on the value's type. */
export interface Finding extends Fault {
  readonly unsound: boolean;
}
/** What has been looked at: references are shared and may form circles. */
interface Seen {
  readonly shapes: Map<object, Set<Shape>>;
  readonly plain: Set<unknown>;
  /** Elements of lists, looked at where they are listed. */
  readonly listed: ReadonlySet<unknown>;
}
export type Shape = (value: unknown, path: string, seen: Seen) => readonly Finding[];

/** Marks a field that may be absent. */
interface Optional {
  readonly optional: Shape;
}
export const optional = (shape: Shape): Optional => ({ optional: shape });

/** One shape per field of a type: a field added to the vocabulary without one does not compile. */
type Fields<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional : Shape };

/** Longest path that is still followed: no honest catalogue comes near. */
const DEEPEST = 2_000;

const unsound = (path: string, rule: string, value: unknown): readonly Finding[] => [
  { path, rule, got: show(value), unsound: true },
];

const when =
  <T>(
    is: (value: unknown) => value is T,
    what: string,
    holds: (value: T) => boolean,
    rule: string,
    say = show,
  ): Shape =>
  (value, path) => {
    if (!is(value)) return unsound(path, `must be ${what}`, value);
    return holds(value) ? [] : [{ path, rule: `must be ${rule}`, got: say(value as never), unsound: false }];
  };

/** True for plain data, asked once an object. */
function plain(value: unknown, seen: Seen): value is Readonly<Record<string, unknown>> {
  if (seen.plain.has(value)) return true;
  if (!isPlain(value)) return false;
  seen.plain.add(value);
  return true;
}
const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

/** Text with something in it. */
export const words: Shape = when(isText, "text", (text) => text.trim() !== "", "text that is not empty");
/** Any text. */
export const anyText: Shape = when(isText, "text", () => true, "text");
/** Text of a form. */
export const matching = (form: RegExp, rule: string): Shape => when(isText, "text", (text) => form.test(text), rule);
export const flag: Shape = when(isBoolean, "true or false", () => true, "true or false");

/** A finite number of a range. */
export const amount = (from: number, to = Number.POSITIVE_INFINITY): Shape =>
  when(
    isNumber,
    "a number",
    (count) => Number.isFinite(count) && count >= from && count <= to,
    range("a number", from, to),
  );
/** A whole number of a range. */
export const whole = (from: number, to = Number.MAX_SAFE_INTEGER): Shape =>
  when(
    isNumber,
    "a number",
    (count) => Number.isInteger(count) && count >= from && count <= to,
    range("a whole number", from, to),
  );
/** A finite number above zero, at most `to`. */
export const positive = (to = Number.MAX_SAFE_INTEGER): Shape =>
  when(isNumber, "a number", (count) => Number.isFinite(count) && count > 0 && count <= to, above("a number", to));
/** A length of time above zero. */
export const time: Shape = when(
  isNumber,
  "a length of time",
  (seconds) => Number.isFinite(seconds) && seconds > 0,
  "a length of time above zero",
  (value) => showTime(value as number),
);
/** A length of time, zero included. */
export const timeOrNone: Shape = when(
  isNumber,
  "a length of time",
  (seconds) => Number.isFinite(seconds) && seconds >= 0,
  "a length of time, zero or more",
  (value) => showTime(value as number),
);

function range(what: string, from: number, to: number): string {
  return to >= Number.MAX_SAFE_INTEGER ? `${what}, ${from} or more` : `${what} from ${from} to ${to}`;
}
function above(what: string, to: number): string {
  return to >= Number.MAX_SAFE_INTEGER ? `${what} above zero` : `${what} above zero, at most ${to}`;
}

/** One of a few values. */
export const choice =
  (...allowed: readonly (string | number)[]): Shape =>
  (value, path) =>
    allowed.includes(value as never) ? [] : unsound(path, `must be one of ${allowed.map(show).join(", ")}`, value);

/** A list whose elements have a shape. */
export const list =
  (shape: Shape, label: Labeller = byName, least = 0): Shape =>
  (value, path, seen) => {
    if (!plain(value, seen) || !Array.isArray(value)) return unsound(path, "must be a list", value);
    if (value.length < least) return unsound(path, `must be a list of at least ${least}`, value.length);
    return value.flatMap((element: unknown, index) => shape(element, `${path}/${label(element) ?? `#${index}`}`, seen));
  };

/** Texts, at least so many. */
export const texts = (shape: Shape = words, least = 0): Shape => list(shape, () => undefined, least);

/** True the first time an object is looked at as such. */
function first(value: object, shape: Shape, { shapes }: Seen): boolean {
  const known = shapes.get(value) ?? new Set();
  if (known.has(shape)) return false;
  shapes.set(value, known.add(shape));
  return true;
}

/** Values by name. */
export function dictionary(shape: Shape, key: Shape = words): Shape {
  const named: Shape = (value, path, seen) => {
    if (!plain(value, seen) || Array.isArray(value)) return unsound(path, "must be an object", value);
    if (!first(value, named, seen)) return [];
    return Object.entries(value).flatMap(([name, element]) => {
      const below = `${path}/${readable(name) ? name : JSON.stringify(name).slice(0, 80)}`;
      return [...key(name, below, seen), ...shape(element, below, seen)];
    });
  };
  return named;
}

/** An object with the fields of `T`. Looked at once, at the first path that leads to it. */
export function record<T>(fields: Fields<T>): Shape {
  const entries = Object.entries<Shape | Optional>(fields);
  const shape: Shape = (value, path, seen) => {
    if (!plain(value, seen) || Array.isArray(value)) return unsound(path, "must be an object", value);
    if (path.length > DEEPEST) return unsound(path.slice(0, 80), "must not be nested so deeply", value);
    if (!first(value, shape, seen)) return [];
    return entries.flatMap(([name, rule]) => {
      const content = own(value, name);
      if (typeof rule === "function") return rule(content, `${path}/${name}`, seen);
      return content === undefined ? [] : rule.optional(content, `${path}/${name}`, seen);
    });
  };
  return shape;
}

/** A union told apart by one field. */
export const union =
  (tag: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path, seen) => {
    if (!plain(value, seen)) return unsound(path, "must be an object", value);
    const kind = own(value, tag);
    const shape = typeof kind === "string" && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    return shape === undefined
      ? unsound(`${path}/${tag}`, `must be one of ${Object.keys(shapes).map(show).join(", ")}`, kind)
      : shape(value, path, seen);
  };

/** Something that is listed elsewhere: judged there, so that a fault is told at its own path. */
export const reference =
  (shape: () => Shape): Shape =>
  (value, path, seen) =>
    seen.listed.has(value) ? [] : shape()(value, path, seen);

/** The first shape whose test the value passes, else the last. */
export const either =
  (test: (value: unknown) => boolean, then: Shape, otherwise: Shape): Shape =>
  (value, path, seen) =>
    test(value) ? then(value, path, seen) : otherwise(value, path, seen);
