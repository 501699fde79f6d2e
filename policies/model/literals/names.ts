import { isReference, saysNothing } from "./references.ts";
import { type Literal, masked } from "./shapes.ts";
import { looksRandom } from "./words.ts";

/** What a key of that kind is for; `key` alone may be anybody's. */
export const KEYS = "api|access|private|signing|encryption|master|session|shared|account|hmac|jwt|auth";

/** Names whose value is secret whatever it looks like: a weak one is the worst of all. `_wo`: Terraform forgets it, outputs do not. */
const PASSWORD =
  /(?:passw(?:or)?ds?|passphrase|passcode|pwd|secret|secret[_-]?(?:string|binary|key|key[_-]?base)|auth[_-]?token|pre[_-]?shared[_-]?key|(?:^|[^a-z])(?:pass|pw))(?:_wo)?$/i;
/** `dbPass`, and not `bypass`. */
const PASS = /[A-Za-z0-9](?:Pass|Pw)$/;
/** Names whose value is a secret where it looks like one; else it may be somebody's name. */
const TOKEN = new RegExp(
  `(?:token|(?:${KEYS})[_-]?key|credentials?|connection[_-]?string|auth|pepper|salt)(?:_wo)?$`,
  "i",
);

/** Whether a name may be a secret's at all, by its last letter: a quick look before a long one. */
const mayBeSecret = (name: string): boolean =>
  name.length >= 2 && "deghlnorstwyDEGHLNORSTWY".includes(name.at(-1) ?? "");

/** What a name says of its value: secret whatever it looks like, a secret where it looks like one, or nothing. */
export type NameKind = "password" | "token" | "other";

/** What a name is, by its end. */
export function kindOfName(name: string): NameKind {
  if (!mayBeSecret(name)) return "other";
  if (PASSWORD.test(name) || PASS.test(name)) return "password";
  return TOKEN.test(name) ? "token" : "other";
}

/** Whether a value under a name is a secret that stands there literally. */
export function literalUnder(name: string, value: string, kind = kindOfName(name)): Literal | undefined {
  if (kind === "other" || value === "" || isReference(value) || saysNothing(value)) return undefined;
  if (kind === "token" && !looksRandom(value)) return undefined;
  return { shape: `a literal ${name}`, shown: masked(value) };
}

/** How names of secrets end, as far as a search for words needs it; `key` alone is none. */
export const endings = [
  "passcode",
  "password",
  "passwd",
  "passphrase",
  "pass",
  "pwd",
  "pw",
  "secret",
  "token",
  "key",
  "credential",
  "connection",
  "auth",
  "pepper",
  "salt",
];
