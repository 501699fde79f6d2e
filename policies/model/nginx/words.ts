/** What ends words: a character, or the end of the text. */
export type End = ";" | "{" | "}" | "";

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const BRACKET = 41;
const SEMICOLON = 59;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
/** Characters up to the backslash that end a word or have a meaning in it. */
const MEANS = new Uint8Array(BACKSLASH + 1);
for (const code of [32, 9, 13, NEWLINE, SEMICOLON, DOLLAR, BACKSLASH]) MEANS[code] = 1;
const ENDS: ReadonlyMap<number, End> = new Map([
  [SEMICOLON, ";"],
  [OPEN, "{"],
  [CLOSE, "}"],
]);
const isSpace = (code: number): boolean => code === 32 || code === NEWLINE || code === 9 || code === 13;

/** Goes over a text by character, for there is a lot of it: words until something ends them. */
export class Words {
  readonly #text: string;
  #at = 0;
  line = 1;
  /** Why it cannot go on. */
  fault: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  next(): { readonly words: readonly string[]; readonly line: number; readonly end: End } {
    const words: string[] = [];
    let begun = this.line;
    while (this.fault === undefined) {
      this.#skipSpace();
      if (words.length === 0) begun = this.line;
      if (this.#at >= this.#text.length) return { words, line: begun, end: "" };
      const end = ENDS.get(this.#text.charCodeAt(this.#at));
      if (end !== undefined) {
        this.#at += 1;
        return { words, line: begun, end };
      }
      words.push(this.#word());
    }
    return { words, line: begun, end: "" };
  }

  #word(): string {
    const first = this.#text.charCodeAt(this.#at);
    return first === QUOTE || first === APOSTROPHE ? this.#quoted(first) : this.#bare();
  }

  /** Over a block whose inside is of another language. */
  skipBlock(): void {
    for (let depth = 1; depth > 0; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) {
        this.fault = "a block is not closed";
        return;
      }
      if (code === NEWLINE) this.line += 1;
      if (code === OPEN) depth += 1;
      if (code === CLOSE) depth -= 1;
    }
  }

  #skipSpace(): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === HASH) this.#at = endOf(this.#text.indexOf("\n", this.#at), this.#text);
      else if (!isSpace(code)) return;
      if (this.#text.charCodeAt(this.#at) === NEWLINE) this.line += 1;
    }
  }

  #bare(): string {
    const from = this.#at;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code > BACKSLASH ? code !== OPEN : MEANS[code] === 0) continue;
      if (code === BACKSLASH) this.#skipEscaped();
      else if (code !== DOLLAR) break;
      else if (this.#text.charCodeAt(this.#at + 1) === OPEN) this.#at += 1;
    }
    return unescaped(this.#text.slice(from, this.#at));
  }

  #quoted(quote: number): string {
    const from = this.#at + 1;
    for (this.#at = from; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === NEWLINE) this.line += 1;
      else if (code === BACKSLASH) this.#skipEscaped();
      else if (code === quote) {
        const word = unescaped(this.#text.slice(from, this.#at));
        this.#at += 1;
        this.#afterQuote();
        return word;
      }
    }
    this.fault = "a quote is not closed";
    return "";
  }

  #skipEscaped(): void {
    this.#at += 1;
    if (this.#text.charCodeAt(this.#at) === NEWLINE) this.line += 1;
  }

  #afterQuote(): void {
    const code = this.#text.charCodeAt(this.#at);
    // As in `if ($a = "b")`: NGINX drops the bracket there.
    if (code === BRACKET) this.#at += 1;
    else if (!(Number.isNaN(code) || isSpace(code) || code === SEMICOLON || code === OPEN))
      this.fault = `${this.#text[this.#at]} follows a closing quote, a space is missing`;
  }
}

const endOf = (found: number, text: string): number => (found < 0 ? text.length : found);

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", r: "\r", n: "\n", '"': '"', "'": "'", "\\": "\\" };

const unescaped = (word: string): string =>
  word.includes("\\") ? word.replaceAll(/\\([\s\S])/g, (all, escaped: string) => ESCAPES[escaped] ?? all) : word;
