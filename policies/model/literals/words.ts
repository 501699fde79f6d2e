/** A long word, and where it stands. */
interface Word {
  readonly word: string;
  readonly index: number;
}

/** What keys, tokens and encoded texts consist of, by code. */
const IN_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0,
);
/** Shorter ones hold too little to be keys. */
const LONG = 24;

/**
 * Long words of a text that are mixed as keys are. Most of it is never looked at: where no word reaches, the next can begin
 * only behind.
 */
function wordsOf(text: string): readonly Word[] {
  let found: Word[] | undefined;
  for (let at = LONG - 1; at < text.length; ) {
    if (IN_WORD[text.charCodeAt(at)] !== 1) {
      at += LONG;
      continue;
    }
    let start = at;
    while (start > 0 && IN_WORD[text.charCodeAt(start - 1)] === 1) start -= 1;
    const end = endOf(text, start, at + 1);
    at = end + LONG;
    if (end - start < LONG || changes(text, start, end) < 0.2) continue;
    found ??= [];
    found.push({ word: text.slice(start, end).replaceAll(/\s/g, ""), index: start });
  }
  return found ?? NONE;
}

/** Where a word ends, with what fills it up, and with the lines in which it goes on. */
function endOf(text: string, start: number, from: number): number {
  let end = from;
  while (IN_WORD[text.charCodeAt(end)] === 1) end += 1;
  if (end - start < LONG) return end;
  if (end - start >= FOLDED) end = foldedEnd(text, end);
  while (text[end] === "=") end += 1;
  return end;
}

/** Lines into which base64 is folded: of 64 letters in armour, of 76 in mail; shorter ones are words of their own. */
const FOLDED = 60;
const NEXT_LINE = /\r?\n[ \t]*([A-Za-z0-9+/]+)(?==*(?:\s|$))/y;

/** Where a word ends that goes on in the next lines. */
function foldedEnd(text: string, from: number): number {
  let end = from;
  for (;;) {
    NEXT_LINE.lastIndex = end;
    const [whole = "", line = ""] = NEXT_LINE.exec(text) ?? [];
    // The last line is shorter, and of itself may be any word.
    if (line.length < 4) return end;
    end += whole.length;
    if (line.length < FOLDED) return end;
  }
}

const NONE: readonly Word[] = [];

/** Blocks of public things in armour. */
const PUBLIC =
  /-----BEGIN (?:CERTIFICATE|TRUSTED CERTIFICATE|CERTIFICATE REQUEST|X509 CRL|PUBLIC KEY|RSA PUBLIC KEY|PGP PUBLIC KEY BLOCK|PGP SIGNATURE|DH PARAMETERS|EC PARAMETERS)-----[\s\S]*?-----END [A-Z0-9 ]+-----/g;

/** Public keys as SSH has them, certificates and public keys as base64. */
const PUBLIC_WORD = /^(?:AAAA(?:C3NzaC1|B3NzaC1|E2VjZHNh)|MIIBIjANBgkqhki|MII[A-Za-z0-9+/]{2}[zTjD]CCA)/;
/** A digest as browsers and package managers have it. */
const INTEGRITY = /^sha\d{3}-/;
/** What a digest is introduced by: `sha256:`, `sha512-`, `SHA256:`. */
const DIGEST = /sha\d{1,3}[-:= ]{1,2}$/i;
const isDigest = (text: string, index: number): boolean =>
  " :=".includes(text[index - 1] ?? "no") && DIGEST.test(text.slice(Math.max(0, index - 10), index));

/** Words of a text that may be secret: not in public armour, no digest, not all hexadecimal, no path. */
export function longWords(text: string): readonly Word[] {
  const words = wordsOf(text);
  if (words.length === 0) return words;
  const armoured = text.includes("-----BEGIN ") ? [...text.matchAll(PUBLIC)] : [];
  return words.filter(({ word, index }) => {
    if (/^[0-9a-fA-F-]+$/.test(word) || PUBLIC_WORD.test(word) || INTEGRITY.test(word)) return false;
    if (armoured.some((block) => index >= block.index && index < block.index + block[0].length)) return false;
    return !isDigest(text, index);
  });
}

/** Names in any spelling change their kind of letter too seldom, or are joined of parts: dashes and slashes are rare in keys. */
const joined = (word: string): boolean => word.replace(/[^-_/]/g, "").length > word.length * 0.12;

/** Whether a word is random: small and capital letters and digits, well mixed. */
export const isRandom = (word: string): boolean =>
  word.length >= 32 &&
  /\d/.test(word) &&
  /[A-Z]/.test(word) &&
  /[a-z]/.test(word) &&
  changes(word) >= 0.42 &&
  !joined(word) &&
  new Set(word).size >= 14;

/** The text that a word is base64 of, if it is of one. */
export function decoded(word: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(word)) return undefined;
  const bytes = Buffer.from(word, "base64");
  return bytes.length < 16 ? undefined : bytes;
}

/** Whether bytes are a text for people. */
export const isText = (bytes: Buffer): boolean => {
  const length = Math.min(bytes.length, 256);
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) return false;
    // Text in UTF-8 is seldom all letters beyond ASCII; random bytes are half of that.
    if (byte >= 128 && !(at > 0 && (bytes[at - 1] ?? 0) >= 128) && (bytes[at + 1] ?? 0) < 128) return false;
  }
  return true;
};

/** Letters and digits in one long word. */
export const looksRandom = (value: string): boolean =>
  value.length >= 16 && /^\S+$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && changes(value) >= 0.25;

/** How often, of all neighbours, a letter of one kind stands beside one of another: 0.6 in what is random, 0.2 in words. */
function changes(text: string, from = 0, to = text.length): number {
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
