import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Example, type Examples, estateOf } from "../../policies/engine/example.ts";
import { judge } from "../../policies/engine/judge.ts";
import type { Mutation } from "../../policies/engine/mutation.ts";
import { type AnyRule, areas, prefixes } from "../../policies/engine/rule.ts";
import { rules } from "../../policies/generated/rules.ts";
import { ruleFiles } from "../../scripts/generate/policies.ts";

/** Every rule is tried on its own examples: what is good passes, what is bad or unknown is found just where it says. */

const folder = join(import.meta.dirname, "../../policies/rules");

interface Beside {
  readonly examples: Examples;
  readonly mutations: readonly Mutation[];
}

const files = ruleFiles();
const beside = new Map<string, Beside>();
for (const { area, slug } of files) {
  const path = join(folder, area, `${slug}.examples.ts`);
  if (existsSync(path)) beside.set(slug, (await import(path)) as Beside);
}

/** What one rule says of an example: `resource attribute` of each finding, and whether it ran at all. */
function said(rule: AnyRule, example: Example, outcome: "fail" | "unknown") {
  const { findings, runs } = judge(estateOf(example), [rule]);
  return {
    ran: (runs[0]?.subjects ?? 0) > 0,
    found: findings.map(({ resource, attribute }) => `${resource} ${attribute}`),
    outcomes: [...new Set(findings.map((each) => each.outcome))].filter((each) => each !== outcome),
  };
}

test("there are rules, each with examples and mutations beside it", () => {
  expect(rules.length).toBeGreaterThan(0);
  expect(files.map(({ slug }) => slug).filter((slug) => !beside.has(slug))).toEqual([]);
});

test("ids and names of rules are their own, and those of their area and file", () => {
  expect(rules.map(({ slug }) => slug)).toEqual(files.map(({ slug }) => slug));
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const [index, { id }] of rules.entries()) {
    const area = areas.find((each) => each === files[index]?.area);
    expect(id).toMatch(new RegExp(`^${area === undefined ? "" : prefixes[area]}-\\d{3}$`));
  }
});

describe.each(rules.map((rule) => [rule.slug, rule] as const))("%s", (slug, rule) => {
  const { examples, mutations } = beside.get(slug) ?? { examples: { good: [], bad: [], unknown: [] }, mutations: [] };

  test("is tried on good and bad examples, and has ways to break the real estate", () => {
    expect(examples.good).not.toEqual([]);
    expect(examples.bad).not.toEqual([]);
    expect(mutations).not.toEqual([]);
  });

  test.each(examples.good)("passes $title", (example) => {
    expect(said(rule, example, "fail")).toEqual({ ran: true, found: [], outcomes: [] });
  });

  test.each(examples.bad)("fails when there is $title", (example) => {
    expect(example.finds).not.toEqual([]);
    expect(said(rule, example, "fail")).toEqual({ ran: true, found: example.finds, outcomes: [] });
  });

  test.each(examples.unknown)("does not know and fails when $title", (example) => {
    expect(example.finds).not.toEqual([]);
    expect(said(rule, example, "unknown")).toEqual({ ran: true, found: example.finds, outcomes: [] });
  });
});
