import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Outcome, Tried } from "../../../policies/engine/mutation-run.ts";
import { failures, textOf } from "../../../scripts/mutate/report.ts";
import { run } from "../../../scripts/mutate/run.ts";

const one = (environment: string | undefined, outcome: Outcome): Tried => ({
  slug: "example-rule",
  title: "shrink it",
  environment,
  outcome,
  told: "aws_x.a",
});
const text = (...tried: readonly Tried[]) => textOf({ tried, milliseconds: 1_234 });

test("plans are refused: what is broken is what they are made from", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  mkdirSync(join(folder, "plans/dev"), { recursive: true });
  const plan = { format_version: "1.2", planned_values: { root_module: {} } };
  writeFileSync(join(folder, "plans/dev/network.json"), JSON.stringify(plan));
  try {
    await expect(
      run(
        ["--artefacts", folder, "--environment", "dev"],
        folder,
        async () => [],
        () => undefined,
      ),
    ).rejects.toThrow(
      `${folder}/plans/dev/network.json: got a plan, allowed are configurations: remove ${folder}/plans, which npm run validate makes again`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("a run of mutations", () => {
  test.each([
    ["survived", "production", 1],
    ["idle", "production", 1],
    ["broken", "production", 1],
    ["killed", "production", 0],
    ["survived", undefined, 1],
    ["survived", "dev", 0],
    ["idle", "staging", 0],
    ["broken", "staging", 1],
  ] as const)("in which one %s in %s has %i failures", (outcome, environment, count) => {
    expect(failures([one(environment, outcome)])).toHaveLength(count);
  });

  test("says of one environment what was not noticed", () => {
    expect(text(one("production", "killed"), one("production", "survived"))).toBe(
      [
        'example-rule: "shrink it" in production was not noticed: aws_x.a',
        "mutations 2 of 1 rule, noticed 1 (50 %), survived 1, without effect 0, broken 0; 1.2 s\n",
      ].join("\n"),
    );
  });

  test("says of several environments which of them decides", () => {
    expect(text(one("dev", "idle"), one("dev", "killed"), one("production", "killed"))).toBe(
      [
        'example-rule: "shrink it" in dev proves nothing: aws_x.a',
        "dev: noticed 1 (50 %) of 2; 1 told only: production decides",
        "production: noticed 1 (100 %) of 1",
        "mutations 3 of 1 rule, noticed 2 (66.6 %), survived 0, without effect 1, broken 0; 1.2 s\n",
      ].join("\n"),
    );
  });
});
