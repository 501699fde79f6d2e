import { judge } from "../../policies/engine/judge.ts";
import type { AnyRule, Area } from "../../policies/engine/rule.ts";
import { type Judge, type JudgeName, judgeNames } from "../../policies/report/verdict.ts";

/** Loads judges, all by default, and no more than they need. */
export const loadJudges = (names: readonly JudgeName[] = judgeNames): Promise<readonly Judge[]> =>
  Promise.all(names.map((name) => (name === "reachability" ? loadReachability() : loadArea(name))));

async function loadArea(name: Area): Promise<Judge> {
  const { rules } = (await import(`../../policies/generated/rules/${name}.ts`)) as { rules: readonly AnyRule[] };
  return { name, rules, judge: (estate) => judge(estate, rules) };
}

async function loadReachability(): Promise<Judge> {
  const [{ reachability }, { reachRules }] = await Promise.all([
    import("../../policies/reachability/judge.ts"),
    import("../../policies/reachability/rules.ts"),
  ]);
  return { name: "reachability", rules: reachRules, judge: reachability };
}
