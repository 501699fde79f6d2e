import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Example, estateOf } from "../../policies/engine/example.ts";
import { judge } from "../../policies/engine/judge.ts";
import { rules } from "../../policies/generated/rules.ts";
import { compare, matches } from "../../scripts/parity/compare.ts";
import { caughtByUs, hostileChecks } from "../../scripts/parity/hostile.ts";
import { objectAddress } from "../../scripts/parity/outputs.ts";
import { countsOf } from "../../scripts/parity/report.ts";
import { entriesOf, faultsOf, readTable, type Table } from "../../scripts/parity/table.ts";
import { configurations, declaredOnly, probes } from "./support/parity/probes.ts";
import { unsaid } from "./support/parity/unsaid.ts";

/** The public scanner itself is asked by `npm run parity`; what needs no scanner is held here. */

const root = join(import.meta.dirname, "../..");
const table = readTable(root);
const slugs = new Set(rules.map(({ slug }) => slug));

/** A small table: one check with a rule, one declined, one of what is not held. */
const small: Table = {
  scanner: { name: "checkov", version: "1.0.0", listed: "2026-11-22" },
  groups: [
    {
      subject: "buckets",
      entries: [
        { rules: ["bucket-is-versioned"], checks: { CKV_AWS_21: "versioning" } },
        { rules: [], without: "declined", why: "protects nothing", checks: { CKV2_AWS_62: "events" } },
        { rules: [], without: "not-held", why: "there are none", checks: { CKV_AWS_50: "tracing" } },
      ],
    },
  ],
  disagreements: [{ check: "CKV_AWS_21", resources: "data/*.logs*", why: "logs are written once" }],
};

describe("the table of the public scanner's checks", () => {
  test("names rules that there are, each check once, and nothing that can never be needed", () => {
    expect(faultsOf(table, slugs)).toEqual([]);
  });

  test("has every check of AWS and Kubernetes that the named version lists", () => {
    const ids = [...entriesOf(table).keys()];
    const of = (family: string): number => ids.filter((id) => id.startsWith(family)).length;
    expect({ version: table.scanner.version, aws: of("CKV_AWS_"), kubernetes: of("CKV_K8S_") }).toEqual({
      ...{ version: "3.3.30", aws: 384, kubernetes: 113 },
    });
    expect({ aws: of("CKV2_AWS_"), kubernetes: of("CKV2_K8S_") }).toEqual({ aws: 72, kubernetes: 6 });
  });

  test("gives most of them to rules", () => {
    const { checks = 0, rules: judged = 0 } = countsOf(table);
    expect(judged / checks).toBeGreaterThan(0.65);
  });

  test("fails when a rule is not there, a check stands twice, or an explanation has nothing to explain", () => {
    const [group] = small.groups;
    const broken: Table = {
      ...small,
      groups: group === undefined ? [] : [group, { ...group, entries: group.entries.slice(0, 1) }],
      disagreements: [{ check: "CKV2_AWS_62", resources: "*/*", why: "see no-such-rule" }],
    };
    expect(faultsOf(broken, new Set())).toEqual([
      "CKV_AWS_21 stands twice",
      "there is no rule bucket-is-versioned",
      "there is no rule no-such-rule",
      "CKV2_AWS_62 is explained for resources, but has no rule that it could disagree with",
    ]);
  });
});

describe("a fault that a check of AWS is after", () => {
  const judged = [...entriesOf(table)].filter(([id, { rules: own }]) => id.includes("_AWS_") && own.length > 0);
  const tried = new Map<string, Pick<Example, "resources" | "configuration">>([
    ...Object.entries(probes).map(([id, resources]) => [id, { resources }] as const),
    ...Object.entries(configurations).map(([id, configuration]) => [id, { configuration }] as const),
    ...Object.entries(unsaid).flatMap(([type, ids]) =>
      ids.split(" ").map((id) => [id, { resources: { [type]: { one: {} } } }] as const),
    ),
  ]);

  test("is tried for each check that has rules, and for no other", () => {
    const all = judged.map(([id]) => id).filter((id) => !declaredOnly.has(id));
    expect([...tried.keys()].sort()).toEqual(all.sort());
  });

  test("is found by the rules that the table names", () => {
    const missed = judged.filter(([id, entry]) => {
      const own = rules.filter(({ slug }) => entry.rules.includes(slug));
      // Some rules need a declaration; one that declares nothing will do.
      return ![{}, { declaration: {} }].some(
        (more) => judge(estateOf({ title: id, ...tried.get(id), ...more }), own).findings.length > 0,
      );
    });
    expect(missed.map(([id]) => id)).toEqual([...declaredOnly].filter((id) => missed.some(([each]) => each === id)));
  });
});

describe("the comparison", () => {
  test("tells agreement, explained and unexplained disagreement, and explanations that are not needed", () => {
    // given
    const failed = [
      { by: "CKV_AWS_21", resource: "data/aws_s3_bucket.dumps" },
      { by: "CKV_AWS_21", resource: "data/aws_s3_bucket.files" },
      { by: "CKV2_AWS_62", resource: "data/aws_s3_bucket.dumps" },
      { by: "CKV_AWS_50", resource: "data/aws_lambda_function.work" },
      { by: "CKV_AZURE_1", resource: "data/azurerm_disk.one" },
    ];
    const found = [
      { by: "bucket-is-versioned", resource: "data/aws_s3_bucket.dumps" },
      { by: "bucket-is-versioned", resource: "data/aws_s3_bucket.more" },
    ];
    // when
    const comparison = compare(small, failed, found);
    // then
    expect(comparison).toEqual({
      agreed: failed.slice(0, 1),
      explained: [{ check: "CKV2_AWS_62", resources: 1, why: "declined: protects nothing" }],
      unexplained: [
        { ...failed[1], because: "bucket-is-versioned: nothing found" },
        { ...failed[3], because: "the table says that no output holds such a resource" },
        { ...failed[4], because: "the table does not have the check" },
      ],
      unused: small.disagreements,
      oursAlone: found.slice(1),
    });
  });

  test("takes an explanation for the resources that it names", () => {
    const failed = [1, 2].map((number) => ({ by: "CKV_AWS_21", resource: `data/aws_s3_bucket.logs-${number}` }));
    expect(compare(small, failed, [])).toEqual({
      ...{ agreed: [], unexplained: [], unused: [], oursAlone: [] },
      explained: [{ check: "CKV_AWS_21", resources: 2, why: "logs are written once" }],
    });
  });

  test.each([
    ["*/aws_lb.*", "shop/aws_lb.web", true],
    ["shop/aws_lb.web", "shop/aws_lb.web", true],
    ["shop/aws_lb.web", "shop/aws_lb.web2", false],
    ["*/a*a", "x/a", false],
    ["*/aws_s3_bucket.*logs_bucket", "audit/aws_s3_bucket.access-logs_bucket", true],
    ["*/aws_s3_bucket.*logs_bucket", "audit/aws_s3_bucket.logs_bucket_two", false],
  ])("reads %s against %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test("calls objects of Kubernetes as reports do, with a namespace or without", () => {
    const known = new Set(["ClusterRole/system.reader"]);
    expect(objectAddress("Deployment.shop.api", known)).toBe("Deployment/shop/api");
    expect(objectAddress("ClusterRole.default.system.reader", known)).toBe("ClusterRole/system.reader");
  });
});

describe("hostile firewalls", () => {
  const caught = caughtByUs(root, rules);

  test("are fifteen, in spellings of their own, and the scanner has checks that are after the same", () => {
    expect(caught).toHaveLength(15);
    expect([...hostileChecks(table)]).toEqual(expect.arrayContaining(["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_232"]));
  });

  test.each(caught)("our rules catch $file", ({ found }) => {
    expect(found).not.toEqual([]);
  });

  test("fails when no rule is there to catch them", () => {
    expect(caughtByUs(root, []).flatMap(({ found }) => found)).toEqual([]);
  });
});
