import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { rules } from "../../../policies/generated/rules.ts";
import { GONE, recordOf } from "../../../scripts/generate/rule-ids.ts";

const committed = join(import.meta.dirname, "../../../policies/generated/rule-ids.yaml");
const record = (text: string | undefined, ...pairs: readonly string[]) =>
  parse(
    recordOf(
      "ids.yaml",
      text,
      pairs.map((pair) => ({ id: pair.split(" ")[0] ?? "", slug: pair.split(" ")[1] ?? "" })),
    ).text,
  );

describe("the record of ids", () => {
  const ids = parse(readFileSync(committed, "utf8")) as Readonly<Record<string, string>>;

  test("has every rule under its id, and none that has gone without saying so", () => {
    const there = Object.entries(ids).filter(([, slug]) => !slug.endsWith(GONE));

    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(rules.map(({ id, slug }) => [id, slug])));
  });

  test("fails when a line is taken out: then a number is missing before the last", () => {
    for (const [prefix, of] of Map.groupBy(Object.keys(ids), (id) => id.split("-")[0])) {
      expect(of).toEqual(of.map((_, at) => `${prefix}-${String(at + 1).padStart(3, "0")}`));
    }
  });

  test("gets new rules, and keeps those that have gone", () => {
    expect(record("DATA-001: a\n", "DATA-002 b")).toEqual({ "DATA-001": `a${GONE}`, "DATA-002": "b" });
    expect(record(`DATA-001: a${GONE}\n`)).toEqual({ "DATA-001": `a${GONE}` });
    expect(record(undefined, "DATA-001 a")).toEqual({ "DATA-001": "a" });
  });

  test.each([
    ["that is there", "DATA-001: a\n", "a"],
    ["that has gone", `DATA-001: a${GONE}\n`, `a${GONE}`],
  ])("fails when an id of a rule %s becomes another's", (_, text, was) => {
    expect(() => record(text, "DATA-001 b")).toThrow(
      `ids.yaml: DATA-001 is ${was} there, and now b: give the rule an id that no rule had; if it is the same rule under another name, change the name there`,
    );
  });
});
