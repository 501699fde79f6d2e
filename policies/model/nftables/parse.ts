import { readElements } from "./elements.ts";
import type { Sets } from "./matches.ts";
import { type Rules, readRule, type Statement } from "./rules.ts";
import type { Chain, Hook, Rule, Ruleset, Table } from "./ruleset.ts";
import { type Lines, Reader, type Token, tokensOf } from "./tokens.ts";

/** A table as it is put together; several blocks of one name add to it. */
interface Draft {
  readonly family: string;
  readonly name: string;
  readonly sets: Map<string, readonly string[] | undefined>;
  readonly chains: Map<string, { hook: Hook | undefined; readonly statements: Statement[] }>;
}

/** What was read of other texts: many hosts' rulesets are nearly the same. */
export interface Memory {
  readonly lines: Lines;
  readonly rules: Rules;
}

/**
 * Reads the text of a ruleset, in the way `nft -f` runs it from an empty one: tables are added to, deleted, flushed.
 * A statement that it does not know is never skipped: it stands in `unknown`, of the ruleset or of its rule.
 */
export function parseRuleset(text: string, memory: Memory = { lines: new Map(), rules: new Map() }): Ruleset {
  const reader = new Reader(tokensOf(text, memory.lines));
  const tables = new Map<string, Draft>();
  const unknown: string[] = [];
  for (reader.skipEnds(); !reader.done; reader.skipEnds()) {
    const problem = readCommand(reader, tables);
    if (problem !== undefined) unknown.push(`line ${reader.line}: ${problem}`);
  }
  return { tables: [...tables.values()].map((table) => finished(table, memory.rules)), unknown };
}

/** Takes one command; returns it where nobody can tell what it does. */
function readCommand(reader: Reader, tables: Map<string, Draft>): string | undefined {
  if (reader.accepts("flush")) {
    const what = words(reader.statement());
    if (what !== "ruleset") return `flush ${what}`;
    tables.clear();
    return undefined;
  }
  const deletes = reader.accepts("delete") || reader.accepts("destroy");
  if (!deletes) reader.accepts("add");
  if (!reader.accepts("table")) {
    const found = words(reader.statement());
    // A brace that closes nothing would be met for ever.
    return found === "" ? (reader.take()?.text ?? "") : found;
  }
  const [family, name] = readName(reader);
  const key = `${family} ${name}`;
  if (deletes) {
    tables.delete(key);
    return undefined;
  }
  const table: Draft = tables.get(key) ?? { family, name, sets: new Map(), chains: new Map() };
  tables.set(key, table);
  return reader.accepts("{") ? readTable(reader, table) : undefined;
}

/** `inet filter`, or `filter`, which is of IPv4. */
function readName(reader: Reader): readonly [family: string, name: string] {
  const first = reader.take()?.text ?? "";
  const second = reader.peek();
  if (second === undefined || second === "{") return ["ip", first];
  reader.take();
  return [first, second];
}

function readTable(reader: Reader, table: Draft): string | undefined {
  let unknown: string | undefined;
  for (reader.skipEnds(); !reader.accepts("}"); reader.skipEnds()) {
    if (reader.done) return "table that does not end";
    if (reader.accepts("chain")) readChain(reader, table);
    else if (reader.accepts("set")) readSet(reader, table);
    else if (reader.accepts("comment")) reader.statement();
    else unknown ??= words(reader.statement()) || (reader.take()?.text ?? "");
  }
  return unknown;
}

function readChain(reader: Reader, table: Draft): void {
  const name = reader.take()?.text ?? "";
  const chain = table.chains.get(name) ?? { hook: undefined, statements: [] };
  table.chains.set(name, chain);
  if (!reader.accepts("{")) return;
  for (reader.skipEnds(); !reader.done && !reader.accepts("}"); reader.skipEnds()) {
    const tokens = reader.statement();
    const first = tokens[0]?.text;
    if (first === "type") chain.hook = hookOf(words(tokens), chain.hook?.policy);
    else if (first === "policy") chain.hook = { type: "", hook: "", ...chain.hook, policy: policyOf(tokens[1]?.text) };
    else if (first !== "comment") chain.statements.push({ tokens, line: reader.line });
  }
}

/** Absent: accept, as nft has it. */
const policyOf = (word: string | undefined): Hook["policy"] => (word === "drop" ? "drop" : "accept");

function hookOf(text: string, policy: Hook["policy"] = "accept"): Hook {
  const [, type = ""] = /^type (\S+)/.exec(text) ?? [];
  const [, hook = ""] = / hook (\S+)/.exec(text) ?? [];
  return { type, hook, policy };
}

function readSet(reader: Reader, table: Draft): void {
  const name = reader.take()?.text ?? "";
  if (!reader.accepts("{")) return;
  let elements: readonly string[] | undefined = [];
  for (reader.skipEnds(); !reader.done && !reader.accepts("}"); reader.skipEnds()) {
    if (reader.accepts("elements")) {
      reader.accepts("=");
      const read = readElements(reader);
      elements = read !== undefined && !("set" in read) ? read : undefined;
      continue;
    }
    const about = words(reader.statement());
    // Its elements come and go while the host runs.
    if (/^(?:flags\b.*\b(?:dynamic|timeout)|timeout|typeof|gc-interval)\b/.test(about)) elements = undefined;
  }
  table.sets.set(name, table.sets.has(name) ? undefined : elements);
}

function finished({ family, name, sets, chains }: Draft, before: Rules): Table {
  const lookUp: Sets = (set) => sets.get(set);
  return {
    family,
    name,
    chains: new Map(
      [...chains].map(([chain, { hook, statements }]): [string, Chain] => [
        chain,
        { name: chain, hook, rules: statements.flatMap((each): readonly Rule[] => readRule(each, lookUp, before)) },
      ]),
    ),
  };
}

const words = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(" ");
