/** A block of syslog-ng: `destination d_loki { ... }`, or one inside another, which has no name. */
export interface SyslogBlock {
  readonly kind: string;
  readonly name: string;
  /** Between its braces, without comments. */
  readonly body: string;
}

const QUOTED = String.raw`"(?:[^"\\]|\\[\s\S])*"|'[^']*'`;
const QUOTED_OR_COMMENT = new RegExp(String.raw`${QUOTED}|#[^\n]*`, "g");
/** What counts for where blocks begin and end; `block destination d_x(...) {` makes a kind of destination. */
const TOKENS = new RegExp(
  String.raw`${QUOTED}|\b(?:block\s+)?([\w-]+)(?:\s+([\w-]+|"[^"]*"|'[^']*'))?\s*(?:\((?:[^(){}]|\([^(){}]*\))*\)\s*)?\{|[{}]`,
  "g",
);

/** All blocks of a configuration, inner ones too (syslog-ng 4, administration guide, 2026-11-23). */
export function syslogBlocksOf(text: string): readonly SyslogBlock[] {
  const bare = text.replaceAll(QUOTED_OR_COMMENT, (each) => (each.startsWith("#") ? "" : each));
  const open: { readonly kind: string; readonly name: string; readonly from: number }[] = [];
  const blocks: SyslogBlock[] = [];
  for (const { 0: token, 1: kind = "", 2: name = "", index } of bare.matchAll(TOKENS)) {
    if (token === "}") {
      const block = open.pop();
      if (block !== undefined) blocks.push({ ...block, body: bare.slice(block.from, index) });
    } else if (token.endsWith("{")) open.push({ kind, name, from: index + token.length });
  }
  return blocks;
}

const PROGRAM = /\b(?:program|python[\w-]*)\s*\(/;

/** Whether logs are handed to a program, or are taken from one. A filter of the same name looks at who wrote a line. */
export const runsBySyslogNg = (text: string): boolean =>
  PROGRAM.test(text) &&
  syslogBlocksOf(text).some(
    ({ kind, body }) =>
      (kind === "source" || kind === "destination") && PROGRAM.test(body.replaceAll(QUOTED_OR_COMMENT, '""')),
  );
