import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { BROKEN, judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";
import { run } from "../../../scripts/mutate/run.ts";
import { suites } from "../../../scripts/mutate/suites.ts";
import { type MadeOutputs, madeOutputs } from "../support/made-outputs.ts";
import { odd } from "../support/odd.ts";

/** Production as `npm start` writes it, broken in some of the ways that rules know; `npm run mutate` tries all of them. */

const root = join(import.meta.dirname, "../../..");
let outputs: MadeOutputs;
beforeAll(async () => {
  outputs = await madeOutputs();
});
const mutate = (...args: readonly string[]) =>
  run(["--artefacts", outputs.folder, ...args], root, suites, () => undefined);

describe("rules", () => {
  test.each([20, 100, 600])("read outputs in which one value of %i is something else, and none breaks", (oneIn) => {
    const estate = outputs.estate("production");
    const before = judge(estate, rules).findings.length;
    for (const seed of [1, 2, 3]) {
      const { findings } = judge(odd(estate, seed, oneIn), rules);

      expect(findings.length).toBeGreaterThan(before);
      expect(findings.filter(({ attribute }) => attribute === BROKEN)).toEqual([]);
    }
  });
});

describe("npm run mutate", () => {
  test("notices every mutation of a sample of the real estate", async () => {
    const { stdout } = await mutate("--sample", "250", "--seed", "1", "--json");

    const { tried, ...counts } = JSON.parse(stdout);
    expect(tried.filter(({ outcome }: { outcome: string }) => outcome !== "killed")).toEqual([]);
    expect(counts).toMatchObject({ mutations: 250, killed: 250, failures: 0 });
  });

  test("says of one rule how many of its mutations were noticed", async () => {
    expect(await mutate("--rule", "bucket-is-versioned")).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^mutations (\d+) of 1 rule, noticed \1 \(100 %\), survived 0, without effect 0, broken 0; \d+\.\d s\n$/,
      ),
    });
  });

  test.each([
    [["--rule", "nobody"], '--rule: got "nobody", must be the name of a rule (npm run policy -- --list)'],
    [["--seed", "1"], "--seed: needs --sample"],
    [["--sample", "0"], '--sample: got "0", must be a whole number from 1 to 1000000'],
    [["--all", "--environment", "dev"], "--all: got an --environment as well"],
  ])("fails when it is asked %j", async (args, message) => {
    await expect(mutate(...args)).rejects.toThrow(message);
  });
});
