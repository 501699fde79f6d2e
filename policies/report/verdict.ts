import type { Judgement } from "../engine/judge.ts";
import { areas, type RuleFacts } from "../engine/rule.ts";
import type { DeclaredChoice } from "../model/declaration.ts";
import type { Estate, StalePlan } from "../model/estate.ts";

/** Everybody who judges, in the order of reports: areas of rules, then who can talk to whom. */
export const judgeNames = [...areas, "reachability"] as const;
export type JudgeName = (typeof judgeNames)[number];

/** A judge of estates, and all that it may find. */
export interface Judge {
  readonly name: JudgeName;
  readonly rules: readonly RuleFacts[];
  readonly judge: (estate: Estate) => Judgement;
}

/** How much was judged of an environment. */
export interface Judged {
  /** Nothing for outputs that name none. */
  readonly environment: string | undefined;
  readonly states: number;
  readonly resources: number;
  readonly objects: number;
  readonly hosts: number;
  /** Types of resources that no rule read, and how many there are of each. */
  readonly unread: ReadonlyMap<string, number>;
}

/** What one judge has to say. */
export interface Said {
  readonly judge: JudgeName;
  readonly rules: readonly RuleFacts[];
  /** One for each estate, in their order. */
  readonly judgements: readonly Judgement[];
}

/** What judges say of outputs: data alone. */
export interface Verdict {
  readonly judged: readonly Judged[];
  readonly said: readonly Said[];
  readonly stalePlans: readonly StalePlan[];
  /** What is declared weaker than the default, of all that was judged. */
  readonly choices: readonly DeclaredChoice[];
}

/** Lets every judge judge every estate, and keeps none. `progress` is told each environment that is done. */
export function verdictOf(
  estates: Iterable<Estate>,
  judges: readonly Judge[],
  progress?: (done: string) => void,
): Verdict {
  const judged: Judged[] = [];
  const stalePlans: StalePlan[] = [];
  const choices = new Map<string, DeclaredChoice>();
  const said = judges.map(({ name, rules }) => ({
    judge: name,
    rules: rules.map(factsOf),
    judgements: [] as Judgement[],
  }));
  for (const estate of estates) {
    for (const [at, { judge }] of judges.entries()) said[at]?.judgements.push(judge(estate));
    judged.push(judgedOf(estate));
    stalePlans.push(...estate.stalePlans);
    for (const each of estate.declaration?.choices ?? []) choices.set(each.path, each);
    progress?.(`${estate.environment ?? "outputs"} judged`);
  }
  return { judged, said, stalePlans, choices: [...choices.values()] };
}

const factsOf = ({ id, slug, severity, title, why, fix, requirements }: RuleFacts): RuleFacts => ({
  ...{ id, slug, severity, title, why, fix, requirements },
});

const judgedOf = ({ environment, terraform, manifests, hosts }: Estate): Judged => ({
  environment,
  states: terraform.documents.length,
  resources: terraform.resources.length,
  objects: manifests.length,
  hosts: hosts.length,
  unread: terraform.unread,
});
