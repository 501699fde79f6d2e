import { hostProbes, hostTargets, platformTargets } from "../../../ansible/inventory/scrapes.ts";
import type { RuleFile } from "../../../monitoring/alerts.ts";
import { prometheus } from "../../../services/observability.ts";
import type { LabPlan } from "../plan.ts";

/** What the API of Prometheus says, held against the catalogue. */

/** What the API of Prometheus says of one of its rules, targets and groups of rules. */
interface Rule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}
export interface Group {
  readonly name: string;
  readonly rules: readonly Rule[];
}
export interface ActiveTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}

const sorted = (words: readonly string[]): readonly string[] => [...new Set(words)].toSorted();
/** What one list of names has and the other has not. */
export function differences(what: string, wanted: readonly string[], got: readonly string[]): readonly string[] {
  return [
    ...wanted.filter((each) => !got.includes(each)).map((each) => `${what} ${each}: is not there`),
    ...got.filter((each) => !wanted.includes(each)).map((each) => `${what} ${each}: is no such of the catalogue`),
  ];
}

/** What does not hold of the rules: each of the catalogue is loaded, and was judged without an error. */
export const wrongRules = ({ groups }: RuleFile, got: readonly Group[]): readonly string[] => [
  ...differences(
    "rule",
    sorted(groups.flatMap(({ name, rules }) => rules.map(({ alert }) => `${name}/${alert}`))),
    sorted(got.flatMap(({ name, rules }) => rules.map((rule) => `${name}/${rule.name}`))),
  ),
  ...groups.flatMap(({ name, rules }) => {
    const count = got.find((each) => each.name === name)?.rules.length ?? 0;
    return count === rules.length ? [] : [`${name}: must have ${rules.length} rules, got ${count}`];
  }),
  ...got.flatMap(({ name, rules }) =>
    rules
      .filter(({ health }) => health !== "ok")
      .map((rule) => `${name}/${rule.name}: must be ok, is ${rule.health} ${rule.lastError ?? ""}`.trimEnd()),
  ),
];

const nameOf = (job = "", instance = "", listener = ""): string => [job, instance, listener].join(" ").trimEnd();

/** What does not hold of the targets: each of a host is asked, and those of the lab's own answer. */
export function wrongTargets(
  { estate, hosts }: Pick<LabPlan, "estate" | "hosts">,
  got: readonly ActiveTarget[],
): readonly string[] {
  const own = hosts.filter(({ group }) => group === prometheus.name).map(({ domain }) => domain);
  const wanted = [
    ...[...hostTargets(estate), ...platformTargets(estate)].map(({ labels, address }) =>
      nameOf(labels.job, address, labels.listener),
    ),
    ...hostProbes(estate).map(({ labels, target }) => nameOf(labels.job, target, labels.listener)),
  ];
  const known = ({ labels }: ActiveTarget) => nameOf(labels["job"], labels["instance"], labels["listener"]);
  return [
    ...differences("target", sorted(wanted), sorted(got.map(known))),
    ...got
      .filter(({ labels, health }) => own.some((name) => labels["instance"]?.includes(name)) && health !== "up")
      .map((each) => `target ${known(each)}: must be up, is ${each.health} ${each.lastError}`),
  ];
}
