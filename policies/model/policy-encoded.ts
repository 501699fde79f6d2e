import type { Json } from "./json.ts";

/** What is read next of an expression. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** Thrown inside where an expression is none of these; caught at its door. */
class NoLiteral extends Error {}

/** Deeper than any policy; what is deeper is made to break its reader. */
const DEEPEST = 50;

/**
 * The document in `jsonencode({ ... })`: objects, lists, texts, numbers, flags as Terraform writes them; whatever else
 * stands in the place of a value, a reference or a call, comes out as a text with that expression. Absent where the
 * expression is none.
 */
export function encodedOf(expression: string): Json | undefined {
  const call = /^jsonencode\(\s*(?=\{)/.exec(expression)?.[0];
  if (call === undefined) return undefined;
  const cursor = { text: expression, at: call.length };
  try {
    const value = valueAt(cursor, 0);
    skip(cursor);
    return expression.slice(cursor.at) === ")" ? value : undefined;
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

function valueAt(cursor: Cursor, depth: number): Json {
  if (depth > DEEPEST) throw new NoLiteral();
  skip(cursor);
  const next = cursor.text[cursor.at];
  if (next === "{") return objectAt(cursor, depth);
  if (next === "[") return listAt(cursor, depth);
  const quoted = next === '"' ? quotedAt(cursor) : undefined;
  if (quoted !== undefined && endsValue(cursor)) return quoted;
  const expression = (quoted === undefined ? "" : JSON.stringify(quoted)) + plainAt(cursor);
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return Number(expression);
  if (expression === "true" || expression === "false") return expression === "true";
  if (expression === "") throw new NoLiteral();
  return expression === "null" ? null : `\${${expression}}`;
}

function objectAt(cursor: Cursor, depth: number): Json {
  const found: Record<string, Json> = {};
  cursor.at += 1;
  for (skip(cursor); cursor.text[cursor.at] !== "}"; skip(cursor)) {
    const key = cursor.text[cursor.at] === '"' ? quotedAt(cursor) : taken(cursor, /[A-Za-z_][\w-]*/y);
    skip(cursor);
    taken(cursor, /[=:]/y);
    found[key] = valueAt(cursor, depth + 1);
  }
  cursor.at += 1;
  return found;
}

function listAt(cursor: Cursor, depth: number): Json {
  const found: Json[] = [];
  cursor.at += 1;
  for (skip(cursor); cursor.text[cursor.at] !== "]"; skip(cursor)) found.push(valueAt(cursor, depth + 1));
  cursor.at += 1;
  return found;
}

/** A text in quotes, what is escaped in it resolved; expressions in it stay. */
function quotedAt(cursor: Cursor): string {
  const text = taken(cursor, /"(?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\})*"/y);
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_, escaped: string) => ({ n: "\n", t: "\t", r: "\r" })[escaped] ?? escaped);
}

/** A reference, a call, a number: up to where the value ends, brackets in it counted. */
function plainAt(cursor: Cursor): string {
  const start = cursor.at;
  for (let depth = 0; cursor.at < cursor.text.length; cursor.at += 1) {
    const each = cursor.text[cursor.at] ?? "";
    if (each === '"') {
      quotedAt(cursor);
      cursor.at -= 1;
    } else if ("([{".includes(each)) depth += 1;
    else if (depth === 0 && ",\n)]}".includes(each)) break;
    else if (")]}".includes(each)) depth -= 1;
  }
  return cursor.text.slice(start, cursor.at).trim();
}

function endsValue(cursor: Cursor): boolean {
  skip(cursor, /[ \t]*/y);
  return ",\n)]}".includes(cursor.text[cursor.at] ?? "\n");
}

/** Blanks, new lines and the commas between members. */
function skip(cursor: Cursor, what: RegExp = /[\s,]*/y): void {
  taken(cursor, what);
}

function taken(cursor: Cursor, what: RegExp): string {
  what.lastIndex = cursor.at;
  const found = what.exec(cursor.text)?.[0];
  if (found === undefined) throw new NoLiteral();
  cursor.at = what.lastIndex;
  return found;
}
