import { isRecord, type Json } from "./stack-json.ts";

/** A resource met while evaluating, before one of its attributes is asked for. */
export class Resource {
  readonly type: string;
  readonly name: string;
  /** The key of one instance under `count` or `for_each`. */
  readonly key: string | number | undefined;

  constructor(type: string, name: string, key?: string | number) {
    this.type = type;
    this.name = name;
    this.key = key;
  }

  get address(): string {
    const key = this.key === undefined ? "" : `[${JSON.stringify(this.key)}]`;
    return `${this.type}.${this.name}${key}`;
  }
}

/** What an expression gives on the way: plain JSON, resources, and lists and objects of both. */
export type Value = Json | Resource | readonly Value[] | { readonly [key: string]: Value };
/** Names that `for`, `each` and `count` bind. */
export type Scope = Readonly<Record<string, Value>>;

/** Calls one of the functions that outputs use; any other is an error. */
export function call(name: string, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  switch (name) {
    case "tolist":
    case "toset":
    case "tomap":
      return first;
    case "one":
      return items(first)[0] ?? null;
    case "element":
      return items(first)[Number(second) % items(first).length] ?? null;
    case "join":
      return items(second).map(text).join(text(first));
    case "concat":
      return args.flatMap(items);
    default:
      throw new Error(`function ${name}() is not evaluated here`);
  }
}

/** The members of a list, or the values of an object. */
export function items(value: Value): readonly Value[] {
  if (Array.isArray(value)) {
    return value;
  }
  if (isRecord(value) && !(value instanceof Resource)) {
    return Object.values(value as Record<string, Value>);
  }
  throw new Error("expected a list");
}

/** A value as it stands inside a template. */
export function text(value: Value): string {
  const whole = plain(value);
  if (typeof whole === "object") {
    throw new Error(`expected text, got ${JSON.stringify(whole)}`);
  }
  return String(whole);
}

/** A finished value; a resource without an attribute is none. */
export function plain(value: Value): Json {
  if (value instanceof Resource) {
    throw new Error(`${value.address} is a whole resource: name one attribute`);
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as Value)]));
  }
  return value as Json;
}
