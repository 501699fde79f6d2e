/**
 * Judges events by a filter pattern of CloudWatch Logs for JSON, as its documentation says: terms in parentheses joined
 * by `&&` or `||`, comparisons with a text that may begin or end with `*`, and `NOT EXISTS`. Throws on anything else.
 */
export function matches(pattern: string, event: unknown): boolean {
  const body = /^\{ (.*) \}$/s.exec(pattern)?.[1];
  if (body === undefined) throw new Error(`no pattern in braces: ${pattern}`);
  const reader = new Reader(body.match(/\(|\)|&&|\|\||\$[.\w]+|!=|=|"[^"]*"|NOT EXISTS|\S/g) ?? []);
  const result = either(reader, event);
  if (!reader.done()) throw new Error(`left over: ${reader.rest()}`);
  return result;
}

class Reader {
  readonly #tokens: readonly string[];
  #next = 0;
  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }
  take(): string {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw new Error("pattern ends too soon");
    return token;
  }
  takes(wanted: string): boolean {
    if (this.#tokens[this.#next] !== wanted) return false;
    this.#next += 1;
    return true;
  }
  done(): boolean {
    return this.#next === this.#tokens.length;
  }
  rest(): string {
    return this.#tokens.slice(this.#next).join(" ");
  }
}

function either(reader: Reader, event: unknown): boolean {
  let result = both(reader, event);
  while (reader.takes("||")) result = both(reader, event) || result;
  return result;
}

function both(reader: Reader, event: unknown): boolean {
  let result = term(reader, event);
  while (reader.takes("&&")) result = term(reader, event) && result;
  return result;
}

function term(reader: Reader, event: unknown): boolean {
  if (reader.takes("(")) {
    const result = either(reader, event);
    if (!reader.takes(")")) throw new Error(`no closing parenthesis before: ${reader.rest()}`);
    return result;
  }
  const path = reader.take();
  if (!path.startsWith("$.")) throw new Error(`no path: ${path}`);
  const value = path
    .slice(2)
    .split(".")
    .reduce<unknown>(
      (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
      event,
    );
  if (reader.takes("NOT EXISTS")) return value === undefined;
  const operator = reader.take();
  const wanted = reader.take().replaceAll('"', "");
  if (operator !== "=" && operator !== "!=") throw new Error(`no comparison: ${operator}`);
  // A field that is missing compares with nothing.
  return typeof value === "string" && like(value, wanted) === (operator === "=");
}

/** A `*` stands for anything, at one end or at both. */
function like(value: string, wanted: string): boolean {
  const core = wanted.replace(/^\*/, "").replace(/\*$/, "");
  if (core.includes("*")) throw new Error(`* must begin or end a text: ${wanted}`);
  if (wanted.startsWith("*") && wanted.endsWith("*")) return value.includes(core);
  if (wanted.startsWith("*")) return value.endsWith(core);
  return wanted.endsWith("*") ? value.startsWith(core) : value === core;
}
