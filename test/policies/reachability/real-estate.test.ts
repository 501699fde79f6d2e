import { beforeAll, describe, expect, test } from "vitest";
import { onObject } from "../../../policies/engine/mutation.ts";
import type { Estate } from "../../../policies/model/estate.ts";
import { reachability } from "../../../policies/reachability/judge.ts";
import { mutations } from "../../../policies/reachability/mutations.ts";
import { type MadeOutputs, madeOutputs } from "../support/made-outputs.ts";

/** The estate as it is made: what is possible is what is declared, and every way to break that is found. */

let outputs: MadeOutputs;
let production: Estate;
beforeAll(async () => {
  outputs = await madeOutputs();
  production = outputs.estate("production");
});

test.each(["dev", "staging", "production"])("in %s declared flows are exactly the possible ones", (environment) => {
  const { findings, runs } = reachability(outputs.estate(environment));
  // When: every rule had something to judge.
  expect(runs.filter(({ subjects }) => subjects === 0)).toEqual([]);
  expect(findings).toEqual([]);
});

describe("fails when somebody breaks the estate", () => {
  test.each(mutations.map(([rule, mutation]) => [rule, mutation.title, mutation] as const))(
    "%s: %s",
    (rule, _, mutation) => {
      const mutated = mutation.apply(production);
      expect(mutated).toBeDefined();
      const { findings } = reachability(mutated?.estate ?? production);
      expect(findings.map((each) => each.rule)).toContain(rule);
    },
  );
});

test("fails when a pod is opened both ways: the packet and the rules that let it through are named", () => {
  const opened = onObject("NetworkPolicy", "open", (object) =>
    object.metadata.name === "api" ? { ...object, spec: { ...object.spec, egress: [{}] } } : object,
  ).apply(production);
  const [first] = reachability(opened?.estate ?? production).findings.filter(({ rule }) => rule === "REACH-001");
  expect(first).toMatchObject({ severity: "critical", outcome: "fail", environment: "production" });
  expect(first?.got).toMatch(
    /^tcp [\d, tcp]+ is possible, such as tcp 10\.30\.\d+\.\d+ -> [\d.]+:\d+: passes NetworkPolicies of Deployment\/api-blue/,
  );
});
