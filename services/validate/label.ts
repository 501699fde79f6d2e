import { types } from "node:util";

/** Names of things in the paths of faults; they read any value safely. */

type Plain = Readonly<Record<string, unknown>>;

/** True for what an object literal or an array literal gives: no class, no proxy, no getter, no hole. */
export function isPlain(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const expected = Array.isArray(value) ? [Array.prototype] : [Object.prototype, null];
  return (
    expected.includes(prototype as never) &&
    Object.values(Object.getOwnPropertyDescriptors(value)).every((property) => "value" in property) &&
    (!Array.isArray(value) || Object.keys(value).length === value.length)
  );
}

/** A field of a plain object; undefined for anything else. */
export const field = (value: unknown, key: string): unknown =>
  isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Text that keeps a path on one line. */
export const readable = (text: unknown): text is string => typeof text === "string" && /^[\x21-\x7e]{1,80}$/.test(text);

/** How an element of a list is called in a path; undefined where it has no name. */
export type Labeller = (element: unknown) => string | undefined;

const joined = (pattern: (...parts: readonly string[]) => string, ...parts: readonly unknown[]): string | undefined => {
  const words = parts.map((part) => (typeof part === "number" ? String(part) : part));
  return words.every(readable) ? pattern(...words) : undefined;
};

/** `database-dump` */
export const byName: Labeller = (element) => joined((name) => name ?? "", field(element, "name"));
/** `auth` */
export const byClass: Labeller = (element) => joined((name) => name ?? "", field(element, "class"));
export const byRule: Labeller = (element) => joined((name) => name ?? "", field(element, "rule"));
/** `api->database:5432` */
export const byFlow: Labeller = (element) => {
  const to = field(element, "to");
  return joined(
    (from, owner, port) => `${from}->${owner}:${port}`,
    field(field(element, "from"), "name"),
    field(to, "owner"),
    field(to, "port"),
  );
};
/** `worker->api.telegram.org:443` */
export const byDomain: Labeller = (element) =>
  joined(
    (from, domain, port) => `${from}->${domain}:${port}`,
    field(field(element, "from"), "name"),
    field(element, "domain"),
    field(element, "port"),
  );
/** `BackupFailed(database-dump)`: one alert may watch several things. */
export const byAlert: Labeller = (element) =>
  joined(
    (name, on) => `${name}(${on})`,
    field(element, "name"),
    field(field(field(element, "condition"), "on"), "name"),
  );
