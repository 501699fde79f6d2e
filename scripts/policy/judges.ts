import { judge } from "../../policies/engine/judge.ts";
import { rules } from "../../policies/generated/rules.ts";
import { reachability } from "../../policies/reachability/judge.ts";
import { reachRules } from "../../policies/reachability/rules.ts";
import type { Judge } from "../../policies/report/report.ts";

/** All that judges an estate. */
export const judges: readonly Judge[] = [
  { name: "rules", rules, judge: (estate) => judge(estate, rules) },
  { name: "reachability", rules: reachRules, judge: reachability },
];
