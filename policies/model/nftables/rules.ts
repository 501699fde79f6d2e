import { readElements } from "./elements.ts";
import { type Field, readDemand, readField, type Sets } from "./matches.ts";
import type { Match, Rule, Verdict } from "./ruleset.ts";
import { Reader, type Token } from "./tokens.ts";

/** What a rule is read into. */
interface Draft {
  readonly matches: Match[];
  verdict?: Verdict;
  comment?: string;
  unknown?: string;
  /** Of a map to verdicts: the field, and what each element leads to. */
  branches?: readonly { readonly matches: readonly Match[]; readonly verdict: Verdict }[];
}

/** A statement of a chain and the line that it stands in. */
export interface Statement {
  readonly tokens: readonly Token[];
  readonly line: number;
}

/** Rules that were read before, by their text and that of the sets they name: hosts have most of theirs in common. */
export type Rules = Map<string, readonly Rule[]>;

/** A statement of a chain as a rule, or as several where it maps values to verdicts. */
export function readRule({ tokens, line }: Statement, sets: Sets, before: Rules): readonly Rule[] {
  const key = keyOf(tokens, sets);
  let found = before.get(key);
  if (found === undefined) {
    found = readNew(tokens, sets);
    before.set(key, found);
  }
  return found.map((rule) => ({ ...rule, line }));
}

function keyOf(tokens: readonly Token[], sets: Sets): string {
  let key = "";
  for (const { kind, text } of tokens) {
    key += kind === "text" ? `"${text}"` : ` ${text}`;
    if (text.startsWith("@")) key += `[${sets(text.slice(1))?.join() ?? "?"}]`;
  }
  return key;
}

function readNew(tokens: readonly Token[], sets: Sets): readonly Rule[] {
  const draft: Draft = { matches: [] };
  const reader = new Reader(tokens);
  while (!reader.done && draft.unknown === undefined) readPart(reader, draft, sets);
  const { comment, unknown, matches, verdict, branches } = draft;
  const text = textOf(tokens);
  const rule: Rule = { text, line: 0, comment, matches, verdict, unknown };
  if (branches === undefined) return [rule];
  return branches.map((each) => ({ ...rule, matches: [...matches, ...each.matches], verdict: each.verdict }));
}

/** As it stands, without its comment. */
function textOf(tokens: readonly Token[]): string {
  const end = tokens.findIndex(({ kind, text }) => kind === "word" && text === "comment");
  return (end < 0 ? tokens : tokens.slice(0, end))
    .map(({ kind, text }) => (kind === "text" ? `"${text}"` : text))
    .join(" ");
}

function readPart(reader: Reader, draft: Draft, sets: Sets): void {
  const verdict = readVerdict(reader);
  if (verdict !== undefined) {
    draft.verdict = verdict;
    return;
  }
  const field = readField(reader);
  if (field !== undefined) {
    readMatch(reader, field, draft, sets);
    return;
  }
  readOther(reader, draft);
}

function readMatch(reader: Reader, field: Field, draft: Draft, sets: Sets): void {
  if (reader.accepts("vmap")) {
    const branches = readMap(reader, field);
    if (branches === undefined) draft.unknown = `${field.name} vmap`;
    else draft.branches = branches;
    return;
  }
  const demanded = readDemand(reader, field, sets);
  if (demanded === undefined) draft.unknown = `${field.name} with a value that it does not say`;
  else draft.matches.push(...demanded);
}

/** `{ 22 : accept, 80 : jump web }`. */
function readMap(reader: Reader, field: Field): Draft["branches"] {
  const branches: { readonly matches: readonly Match[]; readonly verdict: Verdict }[] = [];
  if (!reader.accepts("{")) return undefined;
  while (!reader.done && !reader.accepts("}")) {
    if (reader.accepts(",")) continue;
    const key = reader.take()?.text ?? "";
    if (!key.endsWith(":") && !reader.accepts(":")) return undefined;
    const matches = field.demand([key.replace(/:$/, "")], false);
    const verdict = readVerdict(reader);
    if (matches === undefined || verdict === undefined) return undefined;
    branches.push({ matches, verdict });
  }
  return branches;
}

function readVerdict(reader: Reader): Verdict | undefined {
  const word = reader.peek();
  if (word === "accept" || word === "drop" || word === "return") {
    reader.take();
    return { kind: word };
  }
  if (word === "jump" || word === "goto") {
    reader.take();
    return { kind: word, chain: reader.take()?.text ?? "" };
  }
  if (word !== "reject") return undefined;
  reader.take();
  if (reader.accepts("with")) {
    for (let next = reader.peek(); next !== undefined && next !== "comment"; next = reader.peek()) reader.take();
  }
  return { kind: "drop" };
}

/** Statements that leave the packet as it is; whatever else there is, nobody can tell. */
function readOther(reader: Reader, draft: Draft): void {
  const word = reader.take()?.text;
  switch (word) {
    case "comment":
      draft.comment = reader.take()?.text ?? "";
      return;
    case "continue":
      return;
    case "counter":
      skipPairs(reader, ["packets", "bytes", "name"]);
      return;
    case "log":
      skipPairs(reader, ["prefix", "level", "group", "snaplen", "queue-threshold", "flags"]);
      return;
    case "limit":
      draft.matches.push({ of: "circumstance", text: `limit ${readLimit(reader)}` });
      return;
    default:
      draft.unknown = `${word ?? ""} ${reader.peek() ?? ""}`.trim();
  }
}

function skipPairs(reader: Reader, names: readonly string[]): void {
  while (names.includes(reader.peek() ?? "")) {
    reader.take();
    readElements(reader);
  }
}

/** `rate over 10/minute burst 20 packets`. */
function readLimit(reader: Reader): string {
  const words: string[] = [];
  for (const name of ["rate", "over"]) if (reader.accepts(name)) words.push(name);
  words.push(reader.take()?.text ?? "");
  // `10 mbytes/second`
  if (/^[a-z]*bytes\//.test(reader.peek() ?? "")) words.push(reader.take()?.text ?? "");
  if (reader.accepts("burst")) {
    words.push("burst", reader.take()?.text ?? "");
    if (/^(packets|[a-z]*bytes)$/.test(reader.peek() ?? "")) words.push(reader.take()?.text ?? "");
  }
  return words.join(" ");
}
