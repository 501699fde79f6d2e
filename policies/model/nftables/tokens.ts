/** A piece of a ruleset's text; a line's end and a semicolon are the same. */
export interface Token {
  readonly kind: "word" | "text" | "mark" | "end";
  readonly text: string;
  /** Of an end: the line that it ends. */
  readonly line?: number;
}

/** Lines that were read before, by their text: hosts have most of theirs in common. */
export type Lines = Map<string, readonly Token[]>;

// `#` begins a comment; `!=` and the like are one mark.
const TOKEN = /[ \t\r]+|#.*|(;)|"([^"]*)"|([!<>=]=|[{}=,<>!|&()])|([^\s#;"{}=,<>!|&()]+)|(.)/gy;

/** A ruleset's text in its pieces. */
export function tokensOf(text: string, lines: Lines): readonly Token[] {
  const tokens: Token[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    let found = lines.get(line);
    if (found === undefined) {
      found = tokensOfLine(line);
      lines.set(line, found);
    }
    for (const token of found) tokens.push(token);
    // A backslash joins lines.
    const last = found.at(-1);
    if (last?.kind === "word" && last.text === "\\") tokens.pop();
    else tokens.push({ kind: "end", text: "\n", line: index + 1 });
  }
  return tokens;
}

function tokensOfLine(line: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(line); found !== null && found[0] !== ""; found = TOKEN.exec(line)) {
    const [, end, quoted, mark, word, other] = found;
    if (end !== undefined) tokens.push({ kind: "end", text: end });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else if (mark !== undefined || other !== undefined) tokens.push({ kind: "mark", text: mark ?? other ?? "" });
  }
  return tokens;
}

/** Reads tokens one after the other. */
export class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** The line that is read. */
  get line(): number {
    for (let at = this.#at; at < this.#tokens.length; at += 1) {
      const line = this.#tokens[at]?.line;
      if (line !== undefined) return line;
    }
    return 0;
  }

  /** The text of the next token but some, without taking it. */
  peek(ahead = 0): string | undefined {
    const token = this.#tokens[this.#at + ahead];
    return token === undefined || token.kind === "end" ? undefined : token.text;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this. */
  accepts(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === "end" || token.kind === "text" || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  skipEnds(): void {
    while (this.#tokens[this.#at]?.kind === "end") this.#at += 1;
  }

  /** What is left up to the end of the statement; braces hold ends in them. */
  statement(): readonly Token[] {
    const found: Token[] = [];
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const token = this.#tokens[this.#at];
      if (token === undefined) break;
      const turn = turnOf(token);
      if (depth === 0 && (token.kind === "end" || turn < 0)) break;
      depth += turn;
      if (token.kind !== "end") found.push(token);
    }
    return found;
  }
}

/** How much deeper into braces a token leads. */
function turnOf({ kind, text }: Token): number {
  if (kind !== "mark") return 0;
  if (text === "{") return 1;
  return text === "}" ? -1 : 0;
}
