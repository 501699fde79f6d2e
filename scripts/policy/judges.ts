import { readOneByOne } from "../../policies/artefacts/read.ts";
import { judge } from "../../policies/engine/judge.ts";
import type { AnyRule, Area } from "../../policies/engine/rule.ts";
import { type Judge, type JudgeName, judgeNames, type Verdict, verdictOf } from "../../policies/report/verdict.ts";

/** What is to be judged. */
export interface Outputs {
  readonly path: string;
  /** None: all that are there. */
  readonly environments: readonly string[];
}

/** Judges, loaded or on their way: they read outputs and judge them. Throws ArtefactError. */
export type Judges = (outputs: Outputs, progress?: (done: string) => void) => Promise<Verdict>;

/** Begins to load all judges. */
export function callJudges(): Judges {
  const loading = loadJudges();
  // Whoever asks hears of it.
  loading.catch(() => undefined);
  return async ({ path, environments }, progress) =>
    verdictOf(readOneByOne(path, environments), await loading, progress);
}

/** Loads judges, all by default, and no more than they need. */
export const loadJudges = (names: readonly JudgeName[] = judgeNames): Promise<readonly Judge[]> =>
  Promise.all(names.map((name) => (name === "reachability" ? loadReachability() : loadArea(name))));

/** Each loaded when it is asked for. */
const lists: Readonly<Record<Area, () => Promise<{ readonly rules: readonly AnyRule[] }>>> = {
  firewall: () => import("../../policies/generated/rules/firewall.ts"),
  tls: () => import("../../policies/generated/rules/tls.ts"),
  data: () => import("../../policies/generated/rules/data.ts"),
  identity: () => import("../../policies/generated/rules/identity.ts"),
  cluster: () => import("../../policies/generated/rules/cluster.ts"),
  hosts: () => import("../../policies/generated/rules/hosts.ts"),
  governance: () => import("../../policies/generated/rules/governance.ts"),
  contract: () => import("../../policies/generated/rules/contract.ts"),
};

async function loadArea(name: Area): Promise<Judge> {
  const { rules } = await lists[name]();
  return { name, rules, judge: (estate) => judge(estate, rules) };
}

async function loadReachability(): Promise<Judge> {
  const [{ reachability }, { reachRules }] = await Promise.all([
    import("../../policies/reachability/judge.ts"),
    import("../../policies/reachability/rules.ts"),
  ]);
  return { name: "reachability", rules: reachRules, judge: reachability };
}
