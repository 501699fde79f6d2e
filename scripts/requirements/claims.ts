import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleFacts } from "../../policies/engine/rule.ts";
import { loadJudges } from "../policy/judges.ts";

/** Which tests name which requirement: `[TKT-7.3]` or `[TKT-7.3, TKT-7.4]` in a title. */

/** What claims are read of a rule. */
type Claiming = Pick<RuleFacts, "requirements">;
/** Tries every rule of policies on the real outputs, by a test that names what the rule says that it proves. */
const ESTATE_TEST = "test/policies/estate.test.ts";

/** Ids in square brackets, as written; whether the table knows them is another question. */
const CLAIM = /\[((?:TKT|NOD|MUN|BRK|ALC)-[^[\]]+)\]/g;
const OURS = /^(?:TKT|NOD|MUN|BRK|ALC)-/;
/** Of a line that is no code. */
const COMMENT = /^\s*(\/\/|\/?\*)/;

/** Requirement to what names it, both in order. */
export type Claims = ReadonlyMap<string, readonly string[]>;

/** Ids that a title names. */
export const idsIn = (title: string): readonly string[] =>
  [...title.matchAll(CLAIM)].flatMap(([, ids = ""]) => ids.split(/,\s*/));

/** What ends the title of a test of a rule: the ids of the table among its requirements, beside public sources. */
export const claimOf = ({ requirements }: Claiming): string => {
  const claim = `[${requirements.filter((each) => OURS.test(each)).join(", ")}]`;
  return claim === "[]" ? "" : ` ${claim}`;
};

/** All that outputs are judged by. */
export const judgingRules: readonly RuleFacts[] = (await loadJudges()).flatMap(({ rules }) => rules);

/** Test files below `root`, as paths from there. */
export const testFiles = (root: string): readonly string[] =>
  readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .sort();

/**
 * Requirement to the test files that name it, read from their text: titles of tests, and rows of tables that become
 * titles; of the test of rules from the rules. What passes is not known here.
 */
export const claimsOf = (root: string, rules: readonly Claiming[] = judgingRules): Claims =>
  grouped(
    testFiles(root).flatMap((file) =>
      [...titlesIn(join(root, file)), ...(file === ESTATE_TEST ? rules.map(claimOf) : [])]
        .flatMap(idsIn)
        .map((id) => [id, file] as const),
    ),
  );

/** Lines of code, titles among them. */
const titlesIn = (path: string): readonly string[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => !COMMENT.test(line));

/** Pairs of id and name as a map; each name once. */
export const grouped = (pairs: readonly (readonly [id: string, name: string])[]): Claims =>
  new Map(
    [...Map.groupBy(pairs, ([id]) => id)].map(([id, of]) => [id, [...new Set(of.map(([, name]) => name))].sort()]),
  );
