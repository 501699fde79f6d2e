import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimOf, claimsOf, grouped, idsIn } from "../../scripts/requirements/claims.ts";
import { page } from "../../scripts/requirements/page.ts";
import { closing, counts, judged, list } from "../../scripts/requirements/report.ts";
import { checked } from "../../scripts/requirements/requirement.ts";
import { readResults } from "../../scripts/requirements/results.ts";

const entry = { section: "one", kind: "must", layer: ["edge"], owner: "infra", decision: "The load balancer does it." };
const requirements = checked([
  { ...entry, id: "TKT-1.1", text: "Limit requests." },
  {
    ...entry,
    id: "TKT-1.2",
    text: "Log | refusals.",
    layer: ["edge", "observability"],
    planned: ["ansible"],
    adr: [14],
  },
  { ...entry, id: "NOD-1.1", text: "Redirect.", planned: ["helm"] },
  { ...entry, id: "NOD-1.2", text: `Say it ${"again and ".repeat(20)}stop.` },
  { ...entry, id: "ALC-1.1", text: "Draw a page.", owner: "app", decision: "Not ours: a page." },
]);

/** As titles name it; written out here it would be a claim of this file. */
const named = (id: string) => `[${id}]`;

let root = "";
const put = (path: string, text: string, time = 1_000) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  utimesSync(join(root, path), time, time);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "requirements-"));
  for (const folder of ["services", "constructs", "stacks", "helm", "ansible", "monitoring", "policies", "scripts"])
    mkdirSync(join(root, folder));
  const [first, second, third] = ["TKT-1.1", "TKT-1.2", "NOD-1.1"].map(named);
  put("test/edge.test.ts", `test("limits ${first} ${second}", () => {});\n// once ${third}\n["rows ${first}"],\n`);
});
afterEach(() => rmSync(root, { recursive: true }));

/** A report of vitest, of tests by file. */
const report = (tests: Readonly<Record<string, readonly (readonly [title: string, status: string])[]>>) =>
  put(
    "results.json",
    JSON.stringify({
      startTime: 2_000_000,
      testResults: Object.entries(tests).map(([file, results]) => ({
        name: join(root, file),
        assertionResults: results.map(([fullName, status]) => ({ fullName, status })),
      })),
    }),
  );
const results = () => readResults(root, join(root, "results.json"));

describe("which test names which requirement", () => {
  test("is read from titles and rows, not from comments", () => {
    expect(Object.fromEntries(claimsOf(root))).toEqual({
      "TKT-1.1": ["test/edge.test.ts"],
      "TKT-1.2": ["test/edge.test.ts"],
    });
  });

  test("is read as written, so that a wrong id is seen", () => {
    expect(idsIn(`fails when it rains ${named("TKT-7")} ${named("BRK-SEC.4, ALC-1.1")} [not-this] [TKT 1]`)).toEqual([
      "TKT-7",
      "BRK-SEC.4",
      "ALC-1.1",
    ]);
  });
});

describe("which rule names which requirement", () => {
  const rules = [{ requirements: ["NOD-1.1", "CIS 5.2.1", "TKT-1.1"] }, { requirements: ["CIS 5.2.2"] }];

  test("is read by the one test that tries rules on the real outputs, of rules themselves", () => {
    expect(claimsOf(root, rules).get("NOD-1.1")).toBeUndefined();
    put("test/policies/estate.test.ts", "");

    expect(Object.fromEntries(claimsOf(root, rules))).toEqual({
      "TKT-1.1": ["test/edge.test.ts", "test/policies/estate.test.ts"],
      "TKT-1.2": ["test/edge.test.ts"],
      "NOD-1.1": ["test/policies/estate.test.ts"],
    });
  });

  test("ends the title of its test, beside public sources that are no ids", () => {
    expect(rules.map(claimOf)).toEqual([` ${named("NOD-1.1, TKT-1.1")}`, ""]);
  });
});

describe("what the last run proved", () => {
  test("is what passed; failures and tests that did not run are told apart", () => {
    report({
      "test/edge.test.ts": [
        [`limits ${named("TKT-1.1")}`, "passed"],
        [`logs ${named("TKT-1.2")}`, "failed"],
        [`redirects ${named("NOD-1.1")}`, "skipped"],
      ],
    });

    const { passed, failed, skipped } = results();

    expect(Object.fromEntries(passed)).toEqual({ "TKT-1.1": ["test/edge.test.ts"] });
    expect(Object.fromEntries(failed)).toEqual({ "TKT-1.2": [`logs ${named("TKT-1.2")}`] });
    expect(skipped).toBe(1);
  });

  test("fails when there was no run", () => {
    expect(results).toThrow("results.json is missing: run npm test first");
  });

  test("fails when a part of the suite ran", () => {
    put("test/a.test.ts", "");
    put("test/b.test.ts", "");
    report({ "test/edge.test.ts": [] });

    expect(results).toThrow("results.json is of a part of the suite, without test/a.test.ts and 1 more: run npm test");
  });

  test.each([
    "services/shop.ts",
    "helm/service/templates/_pod.tpl",
    "ansible/roles/web/templates/unit.j2",
    "policies/rules/data/bucket-is-versioned.ts",
    "policies/waivers.yaml",
  ])("fails when %s changed since", (source) => {
    report({ "test/edge.test.ts": [] });
    put(source, "", 3_000);

    expect(results).toThrow(`results.json is older than ${source}: run npm test`);
  });

  test("fails when the file is no report", () => {
    put("results.json", "{}");

    expect(results).toThrow("must be a report of vitest's JSON reporter");
  });
});

describe("the report", () => {
  const passed = grouped([
    ["TKT-1.1", "test/edge.test.ts"],
    ["TKT-1.2", "test/edge.test.ts"],
  ]);
  const all = judged(requirements, passed);
  const rows = (text: string) =>
    text
      .split("\n")
      .filter((line) => line.startsWith("│"))
      .map((line) =>
        line
          .split("│")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );

  test("counts by system and by layer, those proven in part among the proven", () => {
    expect(rows(counts(all))).toEqual([
      ["system", "proven", "in part", "planned", "open", "application", "all"],
      ["TKT", "2", "1", "0", "0", "0", "2"],
      ["NOD", "0", "0", "1", "1", "0", "2"],
      ["ALC", "0", "0", "0", "0", "1", "1"],
      ["all", "2", "1", "1", "1", "1", "5"],
      ["layer", "proven", "in part", "planned", "open", "application", "all"],
      ["edge", "2", "1", "1", "1", "1", "5"],
      ["observability", "1", "1", "0", "0", "0", "1"],
    ]);
  });

  test("lists what is asked for, with the part that will do it or the test that proves it", () => {
    expect(rows(list(all, ["planned", "open"]))).toEqual([
      ["id", "status", "by", "decision"],
      ["NOD-1.1", "planned", "helm", "The load balancer does it."],
      ["NOD-1.2", "open", "", "The load balancer does it."],
    ]);
    expect(rows(list(all, ["proven"]))[1]).toEqual(["TKT-1.1", "proven", "edge.test.ts", "The load balancer does it."]);
  });

  test("ends with one line, and says when tests did not run", () => {
    expect(closing(all, 0)).toBe("2 of 4 proven (1 of them in part), 1 planned, 1 open");
    expect(closing(all, 2)).toBe("2 of 4 proven (1 of them in part), 1 planned, 1 open; 2 tests did not run");
  });
});

describe("the page", () => {
  const lines = page(requirements, grouped([["TKT-1.2", "test/edge.test.ts"]])).split("\n");

  test("says in its first line what makes it", () => {
    expect(lines[0]).toBe(
      "<!-- Generated from docs/requirements.yaml and the titles of tests. Do not edit; run npm run requirements -- --write. -->",
    );
  });

  test("has a row for each requirement, which no text can break", () => {
    expect(lines).toContain(
      "| TKT-1.2 | Log \\| refusals. | The load balancer does it. ADR 14. | [edge.test.ts](../../test/edge.test.ts)<br>in part; planned: ansible |",
    );
    expect(lines).toContain("| NOD-1.1 | Redirect. | The load balancer does it. | planned: helm |");
    expect(lines).toContain("| ALC-1.1 | Draw a page. | Not ours: a page. | application |");
    expect(lines).toContain("| NOD | 0 | 0 | 1 | 1 | 0 | 2 |");
  });

  test("shortens long texts at a word", () => {
    const row = lines.find((line) => line.startsWith("| NOD-1.2 |")) ?? "";

    expect(row).toMatch(/^\| NOD-1\.2 \| Say it (again and )+(again )?\.\.\. \|/);
    expect(row.length).toBeLessThan(200);
  });
});
