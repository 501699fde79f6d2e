/** Something that a script fetches from afar and runs as it comes. */
export interface FetchedProgram {
  /** `curl -s http://example.org/x | sh`. */
  readonly command: string;
  readonly why: string;
}

const FETCH = /\b(?:curl|wget|aria2c|fetch)\b/;
const SHELL = "(?:ba|da|z|k|a)?sh";
const LANGUAGE = String.raw`(?:python[\d.]*|perl|ruby|node|php)`;
/** What may stand before a program: `sudo -E`, `/usr/bin/env`, `A="b c"`, its folder. */
const BEFORE = String.raw`(?:(?:sudo(?:\s+-[^\s|]+)*|[^\s|]*env|\w+=(?:"[^"|]*"|'[^'|]*'|[^\s|]*))\s+)*(?:[^\s|]*\/)?`;
const INTERPRETER = new RegExp(String.raw`(?:^|[\s;&|/])(?:${SHELL}|${LANGUAGE})\s`);
/** A program that is told what to run takes what is piped into it as data: `sh FILE`, `python3 -c ...`. */
const INTO_INTERPRETER = new RegExp(
  String.raw`\|\s*${BEFORE}(?:${SHELL}(?=\s*(?:$|[;&|"')<>]|-(?!\w*c)))|${LANGUAGE}(?=\s*-?\s*(?:$|[;&|"')<>])))`,
);
/** What another command is put into: `<(curl ...)`, `$(wget ...)`. */
const OUTPUT = String.raw`(?:<\(|\$\(|${"`"})\s*(?:sudo\s+)?(?:curl|wget)\b`;
/** It is read as a program: `bash <(curl ...)`, `sh -c "$(wget ...)"`. */
const SUBSTITUTED = new RegExp(
  String.raw`(?:^|[\s;&|/])(?:(?:${SHELL}|${LANGUAGE})(?:\s+-\S+)*|source|\.)\s+["']?${OUTPUT}`,
);
/** Of PowerShell. */
const INVOKE = /\b(?:iex|Invoke-Expression)\b/i;
const REQUEST = /\b(?:iwr|irm|Invoke-(?:WebRequest|RestMethod))\b|DownloadString/i;
const INSTALLER = /\b(?:curl|wget|aria2c|fetch|git|pip3?|npm|rpm|yum|dnf|zypper|apk)\b/;
/** Addresses in clear text, but those of the machine itself and of AWS beside it. */
const CLEAR = /\bhttp:\/\/(?!169\.254\.|127\.|localhost\b|\[::1\]|\[fd00:ec2::)/;
const CHECKS: readonly (readonly [program: RegExp, told: RegExp])[] = [
  [/\bsha(?:\d+)?sum\b/, /\s(?:--check|-\w*c)\b/],
  [/\bgpgv?\b/, /--verify|\.(?:sig|asc)\b/],
  [/\bopenssl\s+dgst\b/, /-verify\b/],
  [/\b(?:cosign|minisign|signify|rpm)\b/, /\s(?:verify|-V|-K|--checksig)\b/],
];
/** Where a fetch writes to: `-o FILE`, `--output FILE`, `-O FILE`, `> FILE`. */
const WRITTEN = /(?:\s-\w*[oO]\s*|\s--output(?:-document)?[\s=]|>\s*)["']?([^\s"';&|<>]*[\w.])/;
const RUNS = /\b(?:chmod|dpkg|rpm|tar|unzip|install|source)\b|(?:^|[\s;&|])\.\s/;

/** Programs that a text fetches and runs, or fetches in clear text, without a digest or a signature that is checked. */
export function fetchedPrograms(text: string): readonly FetchedProgram[] {
  if (/^\s*#include(?:-once)?\b/.test(text)) return [{ command: "#include", why: "cloud-init runs whatever is there" }];
  if (!FETCH.test(text) && !REQUEST.test(text) && !CLEAR.test(text)) return [];
  const lines = linesOf(text);
  const checked = lines.findLastIndex(isCheck);
  const runners = [...lines.entries()].filter(([, line]) => isRunner(line));
  return lines.flatMap((line, at) => {
    const command = line.trim();
    if (runsAsItComes(line)) return [{ command, why: "runs what it fetches, as it comes" }];
    if (checked >= at) return [];
    if (follows(line, INSTALLER, CLEAR)) return [{ command, why: "fetches in clear text, and checks no digest" }];
    return runsLater(line, at, runners) ? [{ command, why: "is run later, and no digest is checked" }] : [];
  });
}

/** Whether something stands behind the first place of something else. */
function follows(text: string, first: RegExp, then: RegExp): boolean {
  const at = text.search(first);
  return at >= 0 && then.test(text.slice(at));
}

const runsAsItComes = (line: string): boolean =>
  line.split(/;\s|&&|\|\|/).some((each) => follows(each, FETCH, INTO_INTERPRETER)) ||
  SUBSTITUTED.test(line) ||
  follows(line, /\beval\b/, new RegExp(OUTPUT)) ||
  (INVOKE.test(line) && REQUEST.test(line));

const isCheck = (line: string): boolean => CHECKS.some(([program, told]) => follows(line, program, told));

/** Whether a line runs a file, or puts one where it is run. */
const isRunner = (line: string): boolean => RUNS.test(line) || INTERPRETER.test(line) || /^\s*[.~]?\//.test(line);

/** Whether a file that a line fetches is run by it or by later ones. */
function runsLater(line: string, from: number, runners: readonly (readonly [at: number, line: string])[]): boolean {
  const file = FETCH.test(line) ? WRITTEN.exec(line)?.[1] : undefined;
  if (file === undefined || file.startsWith("/dev/")) return false;
  const rest = line.slice(line.indexOf(file) + file.length);
  return (rest.includes(file) && isRunner(rest)) || runners.some(([at, each]) => at > from && each.includes(file));
}

/** Lines without remarks, those joined that go on, with the values of variables in place of their names. */
function linesOf(text: string): readonly string[] {
  const joined = text.replaceAll(/\\\r?\n[ \t]*/g, " ").replaceAll(/\|[ \t]*\r?\n\s*/g, "| ");
  const values = new Map<string, string>();
  return joined.split(/\r?\n/).flatMap((line) => {
    if (/^\s*#/.test(line)) return [];
    const full = line.replaceAll(/\$\{?(\w+)\}?/g, (all, name: string) => values.get(name) ?? all);
    const [, name, value] = /^\s*(?:export\s+|readonly\s+|local\s+)?(\w+)=["']?([^"'\s;]+)/.exec(full) ?? [];
    if (name !== undefined && value !== undefined && value.length < LONGEST) values.set(name, value);
    return [full];
  });
}

/** An address: values grow where each repeats the one before. */
const LONGEST = 2048;
