import { isReference, saysNothing } from "./references.ts";
import { type Literal, masked, type Spot } from "./shapes.ts";

/** Names whose value is secret whatever it looks like: a weak one is the worst of all. */
const PASSWORD = /(?:passw(?:or)?d|passphrase|pwd|secret|secret[_-]?(?:string|binary|key))$/i;
/** Names whose value is a secret where it looks like one; else it may be somebody's name. */
const TOKEN =
  /(?:token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|credentials?|connection[_-]?string|pepper|salt)$/i;

/** Whether a name may be a secret's at all, by its last letter: a quick look before a long one. */
export const mayBeSecret = (name: string): boolean =>
  name.length >= 3 && "degtynlsrDEGTYNLSR".includes(name.at(-1) ?? "");

/** Whether a value under a name is a secret that stands there literally. */
export function literalUnder(name: string, value: string): Literal | undefined {
  const weak = PASSWORD.test(name);
  if (!(weak || TOKEN.test(name)) || value === "" || isReference(value) || saysNothing(value)) return undefined;
  if (!weak && !looksRandom(value)) return undefined;
  return { shape: `a literal ${name}`, shown: masked(value) };
}

/** Letters and digits in one long word. */
export const looksRandom = (value: string): boolean =>
  value.length >= 16 && /^\S+$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && changes(value) >= 0.25;

/** How often, of all neighbours, a letter of one kind stands beside one of another: 0.6 in what is random, 0.2 in words. */
export function changes(text: string, from = 0, to = text.length): number {
  let count = 0;
  let before = kindOf(text.charCodeAt(from));
  for (let at = from + 1; at < to; at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind !== before) count += 1;
    before = kind;
  }
  return count / Math.max(1, to - from - 1);
}

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 1;
  if (code >= 65 && code <= 90) return 2;
  return code >= 48 && code <= 57 ? 3 : 4;
}

/** How names of secrets end; `key` alone is none. */
export const endings = [
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "secret",
  "token",
  "key",
  "credential",
  "connection",
  "pepper",
  "salt",
];

/** A name with what is assigned to it, in any configuration: `NAME=value`, `name: "value"`, `"name": "value"`. */
const ASSIGNED =
  /(passw(?:or)?d|passphrase|pwd|secret(?:[_-]?(?:string|binary|key))?|token|(?:api|access|private|signing|encryption)[_-]?key|credentials?|connection[_-]?string|pepper|salt)(["']?[ \t]*(?::=|=>|[:=])[ \t]*)("[^"\n]*"|'[^'\n]*'|[|>][+-]?[ \t]*\n[^\n]*|[^\s"',;]*)/iy;

/** What may follow the end of a name: what closes or assigns it, or the rest of a few. */
const AFTER = new Set([..." \t:=\"'s_-kK"]);

const KEY = /(?:api|access|private|signing|encryption|secret)[_-]?$/i;

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
  return { shape, shown: masked(value), start, end: start + whole.length };
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
  const quoted = /^["']/.test(given);
  const value = quoted ? given.slice(1, -1) : given.replace(/^[|>][+-]?\s*\n\s*/, "");
  if (value === "")
    return isEmptyOf(text, end, separator, name) ? { shape: `an empty ${name}`, shown: "nothing" } : undefined;
  if (!quoted && (code || /[([{]/.test(value))) return undefined;
  const literal = literalUnder(name, value);
  // In prose a word follows the colon, and is none.
  if (literal === undefined || !isProse(text, start, end, quoted)) return literal;
  return looksRandom(value) ? literal : undefined;
}

/** `REDIS_PASSWORD=` at the end of a line: a service that takes nobody's password. */
const isEmptyOf = (text: string, end: number, separator: string, name: string): boolean =>
  separator === "=" && /^[A-Z][A-Z0-9_]*PASSWORD$/.test(name) && (end >= text.length || text[end] === "\n");

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
