import { KEYS, literalUnder, SUFFIX } from "./names.ts";
import { isReference, saysNothing } from "./references.ts";
import { type Literal, masked, type Spot } from "./shapes.ts";
import { looksRandom } from "./words.ts";

/** How a name of a secret ends. */
const NAME = `passw(?:or)?ds?|passphrase|passcode|pass|pwd|pw|secret(?:[_-]?(?:string|binary|key(?:[_-]?base)?))?|token|(?:${KEYS})[_-]?key|credentials?|connection[_-]?string|auth|pepper|salt`;
/** Quotes may be escaped: the text may stand in another. */
const VALUE = String.raw`\\+["'][^"'\n\\]*\\+["']|"[^"\n]*"|'[^'\n]*'|[|>][+-]?[ \t]*\n[^\n]*|[^\s"',;]*`;
/** A name with what is assigned to it, in any configuration: `NAME=value`, `name: "value"`, `"name": "value"`. */
const ASSIGNED = new RegExp(
  String.raw`((?:${NAME})(?:_wo)?${SUFFIX})(\\*["']?[ \t]*(?::=|=>|[:=])[ \t]*)(${VALUE})`,
  "iy",
);

/** What may follow the end of a name: what closes or assigns it, or the rest of a few. */
const AFTER = new Set([..." \t:=\"'\\s_-kK0123456789"]);

const KEY = new RegExp(`(?:secret|${KEYS})[_-]?$`, "i");

/** Settings whose value follows a blank. */
export const settings = [
  "requirepass",
  "masterauth",
  "auth-pass",
  "-password",
  "-passphrase",
  "-token",
  "-secret",
  "-api-key",
];
const FOLLOWED =
  /(requirepass|masterauth|auth-pass [\w.-]+|--?(?:password|passphrase|token|secret|api-key)[ =])[ \t]*["']?([^\s"',;]+)/y;

/** Users of Redis with a password in clear: `user app on >secret`. */
export const ACL = /^user\s.*?\s>(\S+)/gm;

/** The literal value of a setting that begins at a place; of an option, at its dash. */
export function followedBy(text: string, at: number): Spot | undefined {
  const before = text[at - 1];
  const start = before === "-" ? at - 1 : at;
  if (start > 0 && !/[\s"']/.test(text[start - 1] ?? "")) return undefined;
  FOLLOWED.lastIndex = start;
  const [whole = "", name = "", value = ""] = FOLLOWED.exec(text) ?? [];
  if (value === "" || value.startsWith("-") || isReference(value) || saysNothing(value)) return undefined;
  const shape = `a literal ${name.trim().replace(/[ =].*$/, "")}`;
  return { shape, ...masked(value), start, end: start + whole.length };
}

/** The literal that is assigned to a name whose ending begins at a place. `code`: a program, where a bare word is another name. */
export function assignedAt(text: string, at: number, end: number, code: boolean): Spot | undefined {
  if (!AFTER.has(text[end] ?? "")) return undefined;
  // Of keys, the word before says what they are for: `api_key`.
  const before = /[kK]/.test(text[at] ?? "") ? KEY.exec(text.slice(Math.max(0, at - 12), at))?.[0].length : 0;
  const index = at - (before ?? 0);
  ASSIGNED.lastIndex = index;
  const match = ASSIGNED.exec(text);
  if (match === null) return undefined;
  const [whole, word = "", separator = "", given = ""] = match;
  const start = nameStart(text, index);
  // A marker of ours, an ARN, a place in an address: not a name to which something is assigned.
  if (/[%:/@]/.test(text[start - 1] ?? "")) return undefined;
  const assigned = { name: text.slice(start, index) + word, separator, given, start, end: index + whole.length };
  const literal = literalOf(text, assigned, code);
  return literal === undefined ? undefined : { ...literal, start, end: assigned.end };
}

interface Assigned {
  readonly name: string;
  readonly separator: string;
  readonly given: string;
  readonly start: number;
  readonly end: number;
}

function literalOf(text: string, { name, separator, given, start, end }: Assigned, code: boolean): Literal | undefined {
  const quoted = /^\\*["']/.test(given);
  const value = quoted ? given.replace(/^\\*["']|\\*["']$/g, "") : given.replace(/^[|>][+-]?\s*\n\s*/, "");
  if (value === "")
    return isEmptyOf(text, end, separator, name)
      ? { shape: `an empty ${name}`, ...masked(""), shown: "nothing" }
      : undefined;
  if (!quoted && (code || /[([{]/.test(value))) return undefined;
  const literal = literalUnder(name, value);
  // In prose a word follows the colon, and is none; to what is equal it is.
  const assigned = separator.includes("=") && !isRemark(text, start);
  if (literal === undefined || assigned || !isProse(text, start, end, quoted)) return literal;
  return looksRandom(value) ? literal : undefined;
}

/** `REDIS_PASSWORD=` at the end of a line: a service that takes nobody's password. */
const isEmptyOf = (text: string, end: number, separator: string, name: string): boolean =>
  separator === "=" && /^[A-Z][A-Z0-9_]*PASSWORD$/.test(name) && (end >= text.length || text[end] === "\n");

/** Whether the line is one that programs leave out. */
const isRemark = (text: string, start: number): boolean =>
  /^\s*(?:#|\/\/|--|;)/.test(text.slice(text.lastIndexOf("\n", start) + 1, start));

/** A remark, or a sentence: more words follow. */
function isProse(text: string, start: number, end: number, quoted: boolean): boolean {
  const line = text.slice(text.lastIndexOf("\n", start) + 1, start);
  return /(?:^|\s)(?:#|\/\/|--|;)/.test(line) || (!quoted && /^[ \t]+[A-Za-z0-9]/.test(text.slice(end, end + 2)));
}

function nameStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && /[\w.-]/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}
