import { isObject, type Json } from "../json.ts";

/** Pieces of a pattern: brackets, words that join, selectors, what compares, texts, numbers and words. */
const TOKEN = /\s*(&&|\|\||[(){}]|!=|<=|>=|[=<>]|\$(?:\.[\w-]+|\[\d+\])*|"(?:\\.|[^"\\])*"|[^\s(){}=<>!"&|]+)/gy;

/** Whether a record, or an event, matches; undefined where nobody can tell. */
export type Matches = (told: Json) => boolean | undefined;

/**
 * A filter pattern for logs in JSON, `{ ($.eventName = "Delete*") && ($.errorCode NOT EXISTS) }`, to be tried on records
 * (CloudWatch Logs user guide, "Filter pattern syntax", read 2026-11-23).
 */
export function logPattern(pattern: string): Matches {
  const tokens = tokensOf(pattern);
  if (tokens === undefined || tokens[0] !== "{" || tokens.at(-1) !== "}") return () => undefined;
  const inner = tokens.slice(1, -1);
  return (record) => {
    const reader: Reader = { tokens: inner, at: 0 };
    const found = either(reader, record);
    return reader.at === inner.length ? found : undefined;
  };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function tokensOf(pattern: string): readonly string[] | undefined {
  const text = pattern.trim();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text)?.[1];
    if (found === undefined) return undefined;
    tokens.push(found);
  }
  return tokens;
}

const take = (reader: Reader): string | undefined => {
  reader.at += 1;
  return reader.tokens[reader.at - 1];
};

const either = (reader: Reader, record: Json): boolean | undefined =>
  joined(reader, "||", () => joined(reader, "&&", () => one(reader, record)));

/** What is not understood on one side is not understood as a whole. */
function joined(reader: Reader, by: "&&" | "||", next: () => boolean | undefined): boolean | undefined {
  let found = next();
  while (reader.tokens[reader.at] === by) {
    reader.at += 1;
    const other = next();
    if (found === undefined || other === undefined) found = undefined;
    else found = by === "&&" ? found && other : found || other;
  }
  return found;
}

function one(reader: Reader, record: Json): boolean | undefined {
  if (reader.tokens[reader.at] === "(") {
    reader.at += 1;
    const inner = either(reader, record);
    return take(reader) === ")" ? inner : undefined;
  }
  const selector = take(reader);
  if (selector?.startsWith("$") !== true) return undefined;
  const got = selected(record, selector);
  const operator = take(reader)?.toUpperCase();
  if (operator === "NOT") return take(reader)?.toUpperCase() === "EXISTS" ? got === undefined : undefined;
  if (operator === "IS") return isWord(got, take(reader)?.toUpperCase());
  return compared(got, operator, take(reader));
}

/** `$.userIdentity.type`, `$.resources[0].ARN`. */
function selected(record: Json, selector: string): Json | undefined {
  let value: Json | undefined = record;
  for (const [, name, index] of selector.matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
    if (index !== undefined) value = Array.isArray(value) ? (value[Number(index)] as Json | undefined) : undefined;
    else value = isObject(value) && Object.hasOwn(value, name ?? "") ? value[name ?? ""] : undefined;
  }
  return value;
}

function isWord(got: Json | undefined, word: string | undefined): boolean | undefined {
  if (word === "NULL") return got === null;
  if (word === "TRUE" || word === "FALSE") return got === (word === "TRUE");
  return undefined;
}

/** What is not there is unequal to everything, and smaller or larger than nothing. */
function compared(got: Json | undefined, operator: string | undefined, given: string | undefined): boolean | undefined {
  if (given === undefined) return undefined;
  const text = given.startsWith('"') ? given.slice(1, -1).replaceAll(/\\(.)/g, "$1") : given;
  switch (operator) {
    case "=":
      return isLike(got, text);
    case "!=":
      return !isLike(got, text);
    case "<":
      return typeof got === "number" && got < Number(text);
    case "<=":
      return typeof got === "number" && got <= Number(text);
    case ">":
      return typeof got === "number" && got > Number(text);
    case ">=":
      return typeof got === "number" && got >= Number(text);
    default:
      return undefined;
  }
}

function isLike(got: Json | undefined, text: string): boolean {
  if (typeof got === "number") return got === Number(text);
  if (typeof got !== "string") return false;
  if (!text.includes("*")) return got === text;
  const parts = text.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(got);
}
