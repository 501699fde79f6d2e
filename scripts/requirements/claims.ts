import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Which tests name which requirement: `[TKT-7.3]` or `[TKT-7.3, TKT-7.4]` in a title. */

/** Ids in square brackets, as written; whether the table knows them is another question. */
const CLAIM = /\[((?:TKT|NOD|MUN|BRK|ALC)-[^[\]]+)\]/g;
/** Of a line that is no code. */
const COMMENT = /^\s*(\/\/|\/?\*)/;

/** Requirement to what names it, both in order. */
export type Claims = ReadonlyMap<string, readonly string[]>;

/** Ids that a title names. */
export const idsIn = (title: string): readonly string[] =>
  [...title.matchAll(CLAIM)].flatMap(([, ids = ""]) => ids.split(/,\s*/));

/** Test files below `root`, as paths from there. */
export const testFiles = (root: string): readonly string[] =>
  readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .sort();

/**
 * Requirement to the test files that name it, read from their text: titles of tests, and rows of tables that become
 * titles. What passes is not known here.
 */
export const claimsOf = (root: string): Claims =>
  grouped(
    testFiles(root).flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .filter((line) => !COMMENT.test(line))
        .flatMap(idsIn)
        .map((id) => [id, file] as const),
    ),
  );

/** Pairs of id and name as a map; each name once. */
export const grouped = (pairs: readonly (readonly [id: string, name: string])[]): Claims =>
  new Map(
    [...Map.groupBy(pairs, ([id]) => id)].map(([id, of]) => [id, [...new Set(of.map(([, name]) => name))].sort()]),
  );
