import type { Judgement } from "../engine/judge.ts";
import type { Estate } from "../model/estate.ts";
import { judgeGroups } from "./alone/groups.ts";
import { judgeHosts } from "./alone/hosts.ts";
import { judgePolicies } from "./alone/policies.ts";
import { judgeRoutes } from "./alone/routes.ts";
import { judgeTiers } from "./alone/tiers.ts";
import { type Found, findingsOf, runOf } from "./findings.ts";
import { judgeFlows } from "./flows/judge-flows.ts";
import { reachRules } from "./rules.ts";
import { judgeTransport } from "./transport/judge-transport.ts";

/**
 * Judges who can talk to whom in an environment: all layers together, and each alone. Without a declaration there is
 * nothing to compare with, and nothing is applicable.
 */
export function reachability(estate: Estate): Judgement {
  const found = judged(estate);
  return {
    findings: found.flatMap((each) => findingsOf(estate, each)),
    runs: found.map((each) => runOf(estate, each)),
  };
}

function judged(estate: Estate): readonly Found[] {
  const { declaration } = estate;
  if (declaration === undefined) return reachRules.map((rule) => ({ rule, subjects: 0, said: [] }));
  return [
    ...judgeFlows(estate, declaration),
    judgeGroups(estate, declaration),
    judgePolicies(estate, declaration),
    judgeHosts(estate, declaration),
    judgeTiers(estate, declaration),
    judgeRoutes(estate, declaration),
    judgeTransport(estate, declaration),
  ];
}
