import { type End, Words } from "./words.ts";

/** One directive of NGINX' configuration. */
export interface Directive {
  readonly name: string;
  /** What follows the name, quotes and escapes resolved. */
  readonly words: readonly string[];
  /** What stands in its braces; absent: it ended with a semicolon. */
  readonly block: readonly Directive[] | undefined;
  /** File and line where it begins. */
  readonly file: string;
  readonly line: number;
}

/** Why NGINX would not read a file, and where. */
export interface SyntaxFault {
  readonly file: string;
  readonly line: number;
  readonly says: string;
}

export interface Parsed {
  readonly directives: readonly Directive[];
  readonly faults: readonly SyntaxFault[];
}

interface Open {
  readonly name: string;
  readonly words: readonly string[];
  readonly line: number;
  readonly into: Directive[];
}

/**
 * Reads a file as `ngx_conf_read_token` does: quotes only at the begin of a word, `\` keeps what follows, `${` opens no
 * block, `#` comments only where a word could begin. Ends at the first fault, as NGINX does: whole blocks before it are
 * returned.
 */
export function parseNginx(text: string, file: string): Parsed {
  const directives: Directive[] = [];
  const open: Open[] = [];
  const reader = new Words(text);
  let into = directives;
  const close = (): void => {
    const closed = open.pop();
    if (closed === undefined) return;
    closed.into.push({ name: closed.name, words: closed.words, block: into, file, line: closed.line });
    into = closed.into;
  };
  for (;;) {
    const { words, line, end } = reader.next();
    const says = reader.fault ?? faultOf(words, end, open.at(-1));
    if (says !== undefined) return { directives, faults: [{ file, line: reader.line, says }] };
    const [name = "", ...rest] = words;
    if (end === "") return { directives, faults: [] };
    if (end === "}") close();
    else if (end === ";") into.push({ name, words: rest, block: undefined, file, line });
    else if (name.endsWith("_by_lua_block")) {
      // Lua, not directives.
      reader.skipBlock();
      into.push({ name, words: rest, block: [], file, line });
    } else {
      open.push({ name, words: rest, line, into });
      into = [];
    }
  }
}

/** What NGINX would say of words that end so, inside a block or outside. */
function faultOf(words: readonly string[], end: End, block: Open | undefined): string | undefined {
  const [name] = words;
  if (end === ";" || end === "{") return name === undefined ? `${end} stands where a directive must begin` : undefined;
  if (name !== undefined) return `"${name}" does not end with ; before ${end === "}" ? end : "the end of the file"}`;
  if (end === "}") return block === undefined ? "} closes nothing" : undefined;
  return block === undefined ? undefined : `the block "${block.name}" of line ${block.line} is not closed`;
}
