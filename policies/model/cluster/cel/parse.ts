import { type Token, tokensOf } from "./tokens.ts";

/** A part of an expression in CEL. `text` is how it reads, in one spelling: two that read the same are the same. */
export interface Part {
  readonly operator: "text" | "number" | "name" | "list" | "map" | "member" | "index" | "call" | Operation;
  readonly text: string;
  readonly of: readonly Part[];
  /** What a text, a number or a name says; the name of a member or of a function. */
  readonly word: string;
}

type Operation = "!" | "-" | "?:" | (typeof LEVELS)[number][number];

/** Operators between two parts, those that bind loosest first. */
const LEVELS = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]] as const;
/** Nobody writes deeper; whoever does wants to be read by nobody. */
const DEEPEST = 200;

/** An expression as a tree; nothing where it is none that can be read. */
export function parseCel(expression: string): Part | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  try {
    const part = reader.ternary();
    return reader.isDone() ? part : undefined;
  } catch (error) {
    if (error instanceof NotCel) return undefined;
    throw error;
  }
}

class NotCel extends Error {}

const made = (operator: Part["operator"], of: readonly Part[], text: string, word = ""): Part => ({
  ...{ operator, of, text, word },
});

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  ternary(): Part {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new NotCel();
    const condition = this.#between(0);
    let part = condition;
    if (this.#takes("?")) {
      const yes = this.ternary();
      this.#must(":");
      const no = this.ternary();
      part = made("?:", [condition, yes, no], `(${condition.text} ? ${yes.text} : ${no.text})`);
    }
    this.#depth -= 1;
    return part;
  }

  #between(level: number): Part {
    const operators: readonly string[] | undefined = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#between(level + 1);
    for (;;) {
      const next = this.#tokens[this.#at];
      const operator = next?.kind === "text" ? undefined : operators.find((each) => each === next?.text);
      if (operator === undefined) return left;
      this.#at += 1;
      const right = this.#between(level + 1);
      left = made(operator as Operation, [left, right], `(${left.text} ${operator} ${right.text})`);
    }
  }

  #unary(): Part {
    for (const operator of ["!", "-"] as const) {
      if (!this.#takes(operator)) continue;
      this.#depth += 1;
      if (this.#depth > DEEPEST) throw new NotCel();
      const of = this.#unary();
      this.#depth -= 1;
      return made(operator, [of], `${operator}${of.text}`);
    }
    return this.#member();
  }

  #member(): Part {
    let part = this.#primary();
    for (;;) {
      if (this.#takes(".")) {
        const maybe = this.#takes("?") ? "?" : "";
        const name = this.#name();
        if (this.#takes("(")) {
          const given = this.#list(")");
          part = made("call", [part, ...given], `${part.text}.${name}(${textsOf(given)})`, name);
        } else part = made("member", [part], `${part.text}.${maybe}${name}`, name);
      } else if (this.#takes("[")) {
        const maybe = this.#takes("?") ? "?" : "";
        const index = this.ternary();
        this.#must("]");
        part = made("index", [part, index], `${part.text}[${maybe}${index.text}]`);
      } else return part;
    }
  }

  #primary(): Part {
    if (this.#takes("(")) {
      const part = this.ternary();
      this.#must(")");
      return part;
    }
    if (this.#takes("[")) {
      const of = this.#list("]");
      return made("list", of, `[${textsOf(of)}]`);
    }
    if (this.#takes("{")) return this.#map();
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === "sign") throw new NotCel();
    this.#at += 1;
    if (token.kind !== "name")
      return made(token.kind, [], token.kind === "text" ? JSON.stringify(token.text) : token.text, token.text);
    if (!this.#takes("(")) return made("name", [], token.text, token.text);
    const given = this.#list(")");
    return made("call", given, `${token.text}(${textsOf(given)})`, token.text);
  }

  #map(): Part {
    const of: Part[] = [];
    while (!this.#takes("}")) {
      this.#takes("?");
      of.push(this.ternary());
      this.#must(":");
      of.push(this.ternary());
      if (!this.#takes(",")) {
        this.#must("}");
        break;
      }
    }
    return made("map", of, `{${textsOf(of)}}`);
  }

  #list(end: string): readonly Part[] {
    const parts: Part[] = [];
    while (!this.#takes(end)) {
      this.#takes("?");
      parts.push(this.ternary());
      if (!this.#takes(",")) {
        this.#must(end);
        break;
      }
    }
    return parts;
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "name") throw new NotCel();
    this.#at += 1;
    return token.text;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "sign" || token.text !== sign) return false;
    this.#at += 1;
    return true;
  }

  #must(sign: string): void {
    if (!this.#takes(sign)) throw new NotCel();
  }
}

const textsOf = (parts: readonly Part[]): string => parts.map(({ text }) => text).join(", ");
