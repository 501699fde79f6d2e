import { hash } from "node:crypto";

/** A secret that stands in a text. Never as it stands there: what is found is printed, logged and kept. */
export interface Literal {
  /** `an AWS access key`. */
  readonly shape: string;
  /** Enough to find it again: `AKIA... (20 characters)`. */
  readonly shown: string;
  /** Of all of it: two that are shown alike are told apart by this, which is never printed. */
  readonly digest: string;
  /** Of a text that is a document, where in it: `environment.DB_PASSWORD`. */
  readonly within?: string;
}

/** A secret, and where it stands in its text. */
export interface Spot extends Literal {
  readonly start: number;
  readonly end: number;
}

/** A secret as findings have it: its first characters, fewer of a short one, its length, and its digest. */
export const masked = (secret: string): Pick<Literal, "shown" | "digest"> => ({
  shown: `${secret.slice(0, Math.min(4, Math.floor(secret.length / 4)))}... (${secret.length} characters)`,
  digest: digestOf(secret),
});

/** What tells a secret from others. */
export const digestOf = (secret: string | Buffer): string => hash("sha256", secret);

/** Secrets that are known by how they look, wherever they stand: as their makers document them, November 2025. */
const SHAPES: readonly (readonly [shape: string, look: RegExp])[] = [
  ["an AWS access key", /(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])/y],
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/y],
  ["a PuTTY private key", /PuTTY-User-Key-File-\d/y],
  ["an age private key", /AGE-SECRET-KEY-1[0-9A-Z]{50,}/y],
  ["a signed token (JWT)", /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/y],
  ["a GitHub token", /(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})/y],
  ["a GitLab token", /glpat-[\w-]{20,}/y],
  ["a Slack token", /xox[abeoprs]-[\w-]{10,}/y],
  ["a Slack webhook", /hooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,}/y],
  ["a Google API key", /AIza[\w-]{35}/y],
  ["a Stripe key", /[rs]k_live_[A-Za-z0-9]{20,}/y],
  ["an npm token", /npm_[A-Za-z0-9]{36}/y],
  ["a PyPI token", /pypi-AgEI[\w-]{40,}/y],
  ["a SendGrid key", /SG\.[\w-]{20,}\.[\w-]{40,}/y],
  ["a Vault token", /hv[bs]\.[\w-]{24,}/y],
  ["an Azure account key", /AccountKey=[A-Za-z0-9+/=]{40,}/y],
  ["a hash of a password", /\$(?:[156y]|2[abxy]|apr1|argon2id?)\$[\w./$,=+-]{20,}/y],
  ["a hash of a password", /SCRAM-SHA-\d+\$\d+:[A-Za-z0-9+/=]{16,}/y],
];

/** Copied from requirements and handbooks; whoever reads those knows them. A program may name them, to refuse them. */
const PLACEHOLDERS: typeof SHAPES = [
  [
    "a placeholder of the requirements",
    /(?:StrongPass123|NewPass123|SuperSecretJWTKey|change_this_session_secret)\w*!?/y,
  ],
  ["a placeholder", /[Cc]hange[_-]?(?:[Mm]e|[Ii]t|[Ii]n[Pp]roduction)(?:[_-]?\w+)?(?=["'\s]|$)/y],
];

const ALL = [...SHAPES, ...PLACEHOLDERS];

/** How they begin. */
export const beginnings =
  "-----BEGIN AKIA ASIA AGE-SECRET AIza AccountKey= PuTTY-User eyJ ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- hooks.slack sk_live_ rk_live_ npm_ pypi-AgEI SG. hvb. hvs. $1$ $5$ $6$ $y$ $2a$ $2b$ $2x$ $2y$ $apr1$ $argon2 SCRAM-SHA StrongPass123 NewPass123 SuperSecretJWTKey change_ change- changeM changeI".split(
    " ",
  );

/** Telegram's have no beginning: a number, and what it was given. */
const BOT = /(?<!\d)\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])/;

/** The secret of a known shape that begins at a place where one may. `code`: the text is a program. */
export function shapeAt(text: string, at: number, code: boolean): Spot | undefined {
  for (const [shape, look] of code ? SHAPES : ALL) {
    look.lastIndex = at;
    const secret = look.exec(text)?.[0];
    if (secret !== undefined)
      return {
        shape,
        ...masked(secret),
        digest: digestOf(wholeAt(text, at, secret)),
        start: at,
        end: at + secret.length,
      };
  }
  return undefined;
}

/** Longer than any key. */
const LONGEST = 8192;

/** A secret with what belongs to it: a key is told by its first line, and is not the same as another because of that. */
function wholeAt(text: string, at: number, secret: string): string {
  if (!/^(?:-----BEGIN|PuTTY)/.test(secret)) return secret;
  const all = text.slice(at, at + LONGEST);
  const end = all.indexOf("-----END");
  return end < 0 ? all : all.slice(0, end);
}

/** A token of a bot, found while looking at long words. */
export const isBotToken = (text: string): boolean => BOT.test(text);
