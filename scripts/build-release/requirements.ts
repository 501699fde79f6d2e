import { readText } from "./plan.ts";

/** What a lock says of one distribution. */
export interface Pin {
  readonly name: string;
  /** SHA-256 of every file that may be taken for it. */
  readonly hashes: readonly string[];
}

/** A lock of what an application depends on. */
export interface Lock {
  readonly file: string;
  readonly text: string;
  readonly pins: readonly Pin[];
}

const PIN =
  /^(?<name>[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?)(?:\[[0-9A-Za-z._, -]+\])?==[0-9A-Za-z._!+]+(?<hashes>(?:\s+--hash=sha256:[0-9a-f]{64})+)$/;
/** Longer lines tell nothing more. */
const MOST = 80;

/** A distribution's name as all its spellings have it in common, and as files of wheels spell it. */
export const normalized = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, "_");

/** Lines as pip reads them: a backslash goes on in the next one, a comment is none. With the number of their first. */
function logicalLines(text: string): readonly { readonly number: number; readonly line: string }[] {
  const found: { readonly number: number; readonly line: string }[] = [];
  let begun: { readonly number: number; readonly line: string } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const { number, line } = begun ?? { number: index + 1, line: "" };
    const whole = line + raw.replace(/\\$/, " ");
    begun = raw.endsWith("\\") ? { number, line: whole } : undefined;
    const said = whole.replace(/(^|\s)#.*$/, "").trim();
    if (begun === undefined && said !== "") found.push({ number, line: said });
  }
  // A backslash at the end of the file: what it joins is judged too.
  if (begun !== undefined) found.push({ number: begun.number, line: begun.line.trim() });
  return found;
}

/**
 * Reads a lock: one exact version a line, each with its hashes, and nothing else. Markers would be judged by the Python of
 * this machine instead of the hosts', and options could name other sources. Throws an error for the user with every fault.
 */
export function readLock(file: string): Lock {
  const text = readText(file);
  const lines = logicalLines(text).map(({ number, line }) => ({ number, line, found: PIN.exec(line)?.groups }));
  const faults = lines
    .filter(({ found }) => found === undefined)
    .map(({ number, line }) => {
      const shown = line.length > MOST ? `${line.slice(0, MOST)}...` : line;
      return `${file}:${number}: must be NAME==VERSION with --hash=sha256:..., without markers and options, got "${shown}"`;
    });
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const pins = lines.map(({ found }) => ({
    name: normalized(found?.["name"] ?? ""),
    hashes: [...(found?.["hashes"] ?? "").matchAll(/sha256:([0-9a-f]+)/g)].map(([, hash = ""]) => hash),
  }));
  return { file, text, pins };
}
