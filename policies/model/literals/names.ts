import { isReference, isReferenceInTerraform, saysNothing } from "./references.ts";
import { type Literal, masked } from "./shapes.ts";
import { looksRandom } from "./words.ts";

/** What a key of that kind is for; `key` alone may be anybody's. */
export const KEYS = "api|access|private|signing|encryption|master|session|shared|account|hmac|jwt|auth";

/** Which one of several: `DB_PASSWORD_1`, `DATABASE_PASSWORD_PROD`. */
export const SUFFIX =
  "(?:[_-]?\\d{1,3}|[_-](?:prod(?:uction)?|stag(?:e|ing)|dev(?:elopment)?|test|qa|live|old|new|current|previous|next|primary|secondary|main|backup)(?![A-Za-z])){0,2}";
const PAST = new RegExp(SUFFIX, "iy");

/** Where a name ends whose last word does at a place. */
export function pastSuffix(text: string, end: number): number {
  PAST.lastIndex = end;
  return end + (PAST.exec(text)?.[0].length ?? 0);
}

/** Names whose value is secret whatever it looks like: a weak one is the worst of all. `_wo`: Terraform forgets it, outputs do not. */
const PASSWORD = new RegExp(
  `(?:passw(?:or)?ds?|passphrase|passcode|pwd|secret|secret[_-]?(?:string|binary|key|key[_-]?base)|auth[_-]?token|pre[_-]?shared[_-]?key|(?:^|[^a-z])(?:pass|pw))(?:_wo)?${SUFFIX}$`,
  "i",
);
/** `dbPass`, and not `bypass`. */
const PASS = new RegExp(`[A-Za-z0-9](?:Pass|Pw)${SUFFIX}$`);
/** Names whose value is a secret where it looks like one; else it may be somebody's name. */
const TOKEN = new RegExp(
  `(?:token|(?:${KEYS})[_-]?key|credentials?|connection[_-]?string|auth|pepper|salt)(?:_wo)?${SUFFIX}$`,
  "i",
);

/** Names of what holds secrets, in Kubernetes and in values of charts: `K8S_SECRET`, `existingSecret`. */
const HOLDER = new RegExp(`(?:k8s|kube(?:rnetes)?|existing|image[_-]?pull)[_-]?secret${SUFFIX}$`, "i");
/** How Kubernetes names things. */
const DNS_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
/** What sudo asks nobody for. */
const NOBODYS = "NOPASSWD";

/** Whether a name may be a secret's at all, by its last letter: a quick look before a long one. */
const mayBeSecret = (name: string): boolean =>
  name.length >= 2 && "adegihklnoprstvwyADEGHIKLNOPRSTVWY0123456789".includes(name.at(-1) ?? "");

/** What a name says of its value: secret whatever it looks like, a secret where it looks like one or is no name, or nothing. */
export type NameKind = "password" | "token" | "holder" | "other";

/** What a name is, by its end. */
export function kindOfName(name: string): NameKind {
  if (!mayBeSecret(name) || name === NOBODYS) return "other";
  if (PASSWORD.test(name) || PASS.test(name)) return HOLDER.test(name) ? "holder" : "password";
  return TOKEN.test(name) ? "token" : "other";
}

/** What Terraform makes a flag of: `manage_master_user_password`. */
const FLAG = /^(?:true|false)$/;

/** Whether a value under a name is a secret that stands there literally. */
export function literalUnder(
  name: string,
  value: string,
  kind = kindOfName(name),
  where: "text" | "terraform" = "text",
): Literal | undefined {
  if (kind === "other" || value === "") return undefined;
  const refers = where === "terraform" ? isReferenceInTerraform(value) || FLAG.test(value) : isReference(value);
  if (refers || (where === "text" && saysNothing(value))) return undefined;
  if ((kind === "token" || (kind === "holder" && DNS_NAME.test(value))) && !looksRandom(value)) return undefined;
  return { shape: `a literal ${name}`, ...masked(value) };
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
