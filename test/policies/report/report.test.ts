import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../policies/engine/judge.ts";
import { jsonText } from "../../../policies/report/json.ts";
import { junitText } from "../../../policies/report/junit.ts";
import type { Report } from "../../../policies/report/report.ts";
import { reportOf } from "../../../policies/report/report.ts";
import { sarifText } from "../../../policies/report/sarif.ts";
import { type Style, textOf } from "../../../policies/report/text.ts";
import { verdictOf } from "../../../policies/report/verdict.ts";
import { fingerprintOf, type Waiver } from "../../../policies/waivers/waiver.ts";
import { estate, facts, finding, judgeThatFinds, report } from "../support/findings.ts";

const plain: Style = (_, text) => text;
const hostile = finding({
  resource: 'aws_x.b["<&\'>"]',
  attribute: "name",
  got: '\u001b[31mred\u0000\n]]> \ud800 \u202e& "',
  stack: undefined,
  environment: "production",
  source: "/tmp/a b/plan.json",
});
const waived = finding({ resource: "aws_x.c" });
const waiver: Waiver = {
  rule: facts.id,
  environment: "production",
  address: "aws_x.c",
  reason: "accepted until the new ones come",
  owner: "platform",
  until: "2026-12-31",
  fingerprint: fingerprintOf([waived]),
};
const all = report([finding(), hostile, waived, finding({ severity: "critical", rule: "DATA-901", slug: "worse" })], {
  waivers: [waiver],
  rules: [facts, { ...facts, id: "DATA-901", slug: "worse", severity: "critical", title: "Worse" }],
});
const empty = report([]);

describe("as text", () => {
  test("it names what is worst first, then every resource with what was got and expected, what is accepted, and counts", () => {
    expect(textOf(all, plain)).toBe(`critical DATA-901 Worse
  aws_x.a in data
    production: size: got 1 -> expected 2
  fix: Set it to "right".

high DATA-900 Everything <is> as it should & must be
  aws_x.a in data
    production: size: got 1 -> expected 2
  aws_x.b["<&'>"]
    production: name: got \\u001b[31mred\\u0000\\u000a]]> \ud800 \\u202e& " -> expected 2
  fix: Set it to "right".

accepted for a while
  DATA-900 production aws_x.c size: until 2026-12-31 by platform: accepted until the new ones come

read by no rule: 1 resource of 1 type: aws_x 1
judged: 1 environment, 1 state, 1 resource, 0 objects, 0 hosts
rules: 6 of 7 run on 10 subjects, 1 not applicable
3 findings (1 critical, 2 high), 1 waived
`);
  });

  test("what is the same in several environments stands there once", () => {
    const both = ["dev", "production"].map((environment) => finding({ environment }));
    const given = { waivers: [], waiversFile: "waivers.yaml", today: "2026-11-21" };

    const text = textOf(reportOf(verdictOf([estate("dev"), estate()], [judgeThatFinds(both)]), given), plain);

    expect(text).toContain("    dev, production: size: got 1 -> expected 2\n");
    expect(text.split("size:")).toHaveLength(2);
  });

  test("colours are the caller's matter, and long values are cut", () => {
    const text = textOf(report([finding({ got: "x".repeat(1000) })]), (kind, words) => `<${kind}>${words}</>`);

    expect(text).toContain("<high>high</> <title>DATA-900</>");
    expect(text).toContain(`got ${"x".repeat(240)}... (1000 characters) -> expected 2`);
    expect(textOf(empty, (kind, words) => `<${kind}>${words}</>`)).toContain("<good>0 findings</>, 0 waived\n");
  });
});

describe("as JSON", () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../policies/report/findings.schema.json"), "utf8"),
  );
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);
  const faults = (of: Report) => (validate(JSON.parse(jsonText(of))) ? [] : ajv.errorsText(validate.errors));

  test("it is what its schema says, with findings and without", () => {
    expect(faults(all)).toEqual([]);
    expect(faults(empty)).toEqual([]);
    const undefinedEnvironment = reportOf(verdictOf([estate(undefined)], [judgeThatFinds([])]), {
      ...{ waivers: [], waiversFile: "waivers.yaml", today: "2026-11-21" },
    });
    expect(faults(undefinedEnvironment)).toEqual([]);
  });

  test("fails when a finding lacks what programs read", () => {
    const json = JSON.parse(jsonText(all));
    delete json.findings[0].fix;

    expect(validate(json)).toBe(false);
  });

  test("waivers carry where they are and what came of them", () => {
    expect(JSON.parse(jsonText(all)).waivers).toEqual([
      {
        rule: "DATA-900",
        slug: "example-rule",
        severity: "high",
        environment: "production",
        stack: null,
        source: "policies/waivers.yaml",
        resource: "aws_x.c",
        attribute: null,
        reason: "accepted until the new ones come",
        owner: "platform",
        until: "2026-12-31",
        fingerprint: waiver.fingerprint,
        state: "used",
        findings: 1,
      },
    ]);
  });

  test("counts say how much was judged, by how many rules, and what came of it", () => {
    expect(JSON.parse(jsonText(all)).counts).toEqual({
      environments: 1,
      states: 1,
      resources: 1,
      objects: 0,
      hosts: 0,
      rules: 7,
      rulesRun: 6,
      rulesNotApplicable: 1,
      subjects: 10,
      findings: 4,
      waived: 1,
      unwaived: 3,
      bySeverity: { critical: 1, high: 2, medium: 0, low: 0 },
      unreadTypes: { aws_x: 1 },
    });
  });
});

describe("as SARIF", () => {
  // The schema of the standard as Microsoft ships it, of draft 4: without its own id another draft's reader takes it.
  const {
    id: _,
    $schema: __,
    ...schema
  } = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(schema);
  const faults = (text: string) => (validate(JSON.parse(text)) ? [] : (validate.errors ?? []));
  const results = (of: Report) => JSON.parse(sarifText(of)).runs[0].results;

  test("it is SARIF 2.1.0, with findings and without", () => {
    expect(faults(sarifText(all))).toEqual([]);
    expect(faults(sarifText(empty))).toEqual([]);
  });

  test("fails when a result has no message", () => {
    const log = JSON.parse(sarifText(all));
    delete log.runs[0].results[0].message;

    expect(faults(JSON.stringify(log))).not.toEqual([]);
  });

  test("it has one run, every rule with its help, and each result points at its rule", () => {
    const log = JSON.parse(sarifText(all));
    const { rules } = log.runs[0].tool.driver;

    expect(log.runs).toHaveLength(1);
    expect(rules.map(({ id }: { id: string }) => id)).toEqual([
      "DATA-900",
      "DATA-901",
      "WVR-001",
      "WVR-002",
      "WVR-003",
      "WVR-005",
      "WVR-004",
    ]);
    expect(rules[0].help.text).toBe('Because.\n\nFix: Set it to "right".\n\nHolds: TKT-1.1');
    for (const { ruleId, ruleIndex } of log.runs[0].results) expect(rules[ruleIndex].id).toBe(ruleId);
  });

  test("what is waived is suppressed, with who accepted it and until when", () => {
    expect(results(all).flatMap(({ suppressions = [] }: { suppressions?: unknown[] }) => suppressions)).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: "accepted until the new ones come (until 2026-12-31, platform)",
      },
    ]);
  });

  test("fingerprints are their own, and stay while rule, place and attribute do", () => {
    const prints = (...findings: readonly Finding[]) =>
      results(report(findings)).map(
        ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) => partialFingerprints["finding/v1"],
      );
    const [one, two] = prints(finding(), finding({ resource: "aws_x.b" }));

    expect(one).not.toBe(two);
    expect(prints(finding({ resource: "aws_x.b", got: "0" }), finding({ got: "7" }))).toEqual([two, one]);
    expect(new Set(prints(finding({ got: "0" }), finding({ got: "7" }))).size).toBe(2);
  });

  test("paths are relative where they were given so, and else are addresses of files", () => {
    const uris = results(all).map(
      (each: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        each.locations[0]?.physicalLocation.artifactLocation.uri,
    );

    expect(new Set(uris)).toEqual(
      new Set(["out/terraform/production/data/cdk.tf.json", "file:///tmp/a%20b/plan.json"]),
    );
  });
});

describe("as JUnit's XML", () => {
  const parsed = (text: string) =>
    new DOMParser({
      onError(level, message) {
        // What no XML can hold is replaced, of which it warns.
        if (level !== "warning") throw new Error(`${level}: ${message}`);
      },
    }).parseFromString(text, "text/xml");
  const cases = (of: Report) =>
    [...parsed(junitText(of)).getElementsByTagName("testcase")].map((each) => ({
      name: each.getAttribute("name"),
      inside: [...each.getElementsByTagName("*")].map((element) => `${element.tagName}: ${element.textContent}`),
    }));

  test("it is well-formed whatever outputs hold, and says what each rule found", () => {
    expect(cases(all)[0]).toEqual({
      name: "DATA-900 Everything <is> as it should & must be",
      inside: [
        'failure: production/data/aws_x.a size: got 1, expected 2\nproduction/aws_x.b["<&\'>"] name: got \ufffd[31mred\ufffd\n]]> \ufffd \u202e& ", expected 2\nfix: Set it to "right".',
        "system-out: waived until 2026-12-31: production/data/aws_x.c size: got 1, expected 2",
      ],
    });
  });

  test("a rule that had nothing to judge is skipped, and one that finds nothing passes", () => {
    expect(cases(empty)).toEqual([
      { name: "DATA-900 Everything <is> as it should & must be", inside: [] },
      ...["WVR-001", "WVR-002", "WVR-003", "WVR-005", "WVR-004"].map((id) => ({
        name: expect.stringMatching(`^${id} `),
        inside: ["skipped: "],
      })),
    ]);
  });

  test("suites are counted", () => {
    const [root] = parsed(junitText(all)).getElementsByTagName("testsuites");
    const counts = ["tests", "failures", "errors"].map((name) => root?.getAttribute(name));

    expect(counts).toEqual(["7", "2", "0"]);
  });
});
