/** The part of Terraform's expression language that outputs are written in: templates, references, lists, objects, calls. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  | { readonly kind: "splat"; readonly of: Expression; readonly each: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | ForExpression;

/** `[for v in of : value]`, or `{for k, v in of : key => value}` when `key` is there. */
export interface ForExpression {
  readonly kind: "for";
  readonly names: readonly string[];
  readonly of: Expression;
  readonly key: Expression | undefined;
  readonly value: Expression;
}

/** Parses a string of Terraform JSON, where `${...}` holds an expression. Throws naming the part it does not know. */
export function parseTemplate(text: string): Expression {
  const parts: Expression[] = [];
  let rest = text;
  while (rest !== "") {
    const start = /(?<!\$)\$\{/.exec(rest)?.index ?? rest.length;
    if (start > 0) {
      parts.push({ kind: "literal", value: rest.slice(0, start).replaceAll("$${", "${") });
    }
    if (start === rest.length) {
      break;
    }
    const parser = new Parser(rest.slice(start + 2));
    parts.push(parser.expression());
    parser.take("}");
    rest = parser.rest;
  }
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : { kind: "template", parts };
}

const tokens = {
  space: /^\s+/,
  name: /^[A-Za-z_][A-Za-z0-9_-]*/,
  number: /^-?\d+(?:\.\d+)?/,
  quoted: /^"(?:[^"\\$]|\\.|\$(?!\{)|\$\{[^}]*\})*"/,
} as const;

/** Recursive descent over one expression; what it leaves is in `rest`. */
class Parser {
  rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  expression(): Expression {
    let expression = this.primary();
    for (;;) {
      if (this.accept("[*]") || this.accept(".*")) {
        const each: string[] = [];
        while (this.accept(".")) {
          each.push(this.match("name"));
        }
        expression = { kind: "splat", of: expression, each };
      } else if (this.accept("[")) {
        expression = { kind: "index", of: expression, key: this.expression() };
        this.take("]");
      } else if (this.accept(".")) {
        expression = { kind: "attribute", of: expression, name: this.match("name") };
      } else {
        return expression;
      }
    }
  }

  private primary(): Expression {
    const quoted = this.peek("quoted");
    if (quoted !== undefined) {
      this.match("quoted");
      return parseTemplate(unquote(quoted));
    }
    const number = this.peek("number");
    if (number !== undefined) {
      return { kind: "literal", value: Number(this.match("number")) };
    }
    if (this.accept("[")) {
      return this.peek("name") === "for" ? this.comprehension("]") : this.list();
    }
    if (this.accept("{")) {
      return this.peek("name") === "for" ? this.comprehension("}") : this.object();
    }
    const name = this.match("name");
    if (this.accept("(")) {
      return { kind: "call", name, args: this.until(")") };
    }
    const literals: Record<string, boolean | null> = { true: true, false: false, null: null };
    return name in literals ? { kind: "literal", value: literals[name] ?? null } : { kind: "name", name };
  }

  private list(): Expression {
    return { kind: "list", items: this.until("]") };
  }

  private until(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.accept(end)) {
      items.push(this.expression());
      this.accept(",");
    }
    return items;
  }

  private object(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.accept("}")) {
      const key = this.expression();
      if (!this.accept("=")) {
        this.take(":");
      }
      entries.push([key.kind === "name" ? { kind: "literal", value: key.name } : key, this.expression()]);
      this.accept(",");
    }
    return { kind: "object", entries };
  }

  private comprehension(end: "]" | "}"): Expression {
    this.match("name");
    const names = [this.match("name")];
    if (this.accept(",")) {
      names.push(this.match("name"));
    }
    if (this.match("name") !== "in") {
      throw new Error(`expected "in", got ${JSON.stringify(this.rest)}`);
    }
    const of = this.expression();
    this.take(":");
    const first = this.expression();
    if (end === "]") {
      this.take(end);
      return { kind: "for", names, of, key: undefined, value: first };
    }
    this.take("=>");
    const value = this.expression();
    this.take(end);
    return { kind: "for", names, of, key: first, value };
  }

  private skipSpace(): void {
    this.rest = this.rest.replace(tokens.space, "");
  }

  private peek(token: keyof typeof tokens): string | undefined {
    this.skipSpace();
    return tokens[token].exec(this.rest)?.[0];
  }

  private match(token: keyof typeof tokens): string {
    const found = this.peek(token);
    if (found === undefined) {
      throw new Error(`expected a ${token}, got ${JSON.stringify(this.rest)}`);
    }
    this.rest = this.rest.slice(found.length);
    return found;
  }

  private accept(text: string): boolean {
    this.skipSpace();
    if (!this.rest.startsWith(text) || (text === "=" && this.rest.startsWith("=="))) {
      return false;
    }
    this.rest = this.rest.slice(text.length);
    return true;
  }

  take(text: string): void {
    if (!this.accept(text)) {
      throw new Error(`expected ${JSON.stringify(text)}, got ${JSON.stringify(this.rest)}`);
    }
  }
}

/** The text inside HCL quotes, with its escapes read; templates in it are left for the caller. */
function unquote(quoted: string): string {
  const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
