import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { AlertingRule, RuleFile } from "../../monitoring/alerts.ts";

/** Rules as Prometheus' own tester runs them; its clock begins at 0. */

/** How to get promtool, for `requireProgram`. */
export const promtoolHint = 'PATH="$(.ci/host-programs):$PATH"';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The committed rules of an environment. */
export const rulesPath = (environment: string) =>
  join(import.meta.dirname, `../../monitoring/generated/${environment}/alerts.yaml`);
export const rulesOf = (environment: string): readonly AlertingRule[] =>
  (parse(readFileSync(rulesPath(environment), "utf8")) as RuleFile).groups.flatMap(({ rules }) => rules);

/** What a host says, as promtool reads it. */
export interface Sample {
  readonly series: string;
  readonly values: string;
}

/** Labels that every sample of a host has. */
export const hostLabels = (host = "a") => ({ job: "node", instance: `${host}:9100`, host });

/** A host's sample, the same at every minute for two hours, or for the first five when it goes `away` then. */
export function sample(
  { labels: { service, component } }: AlertingRule,
  metric: string,
  value: number,
  {
    host = "a",
    more = {},
    away = false,
  }: { host?: string; more?: Readonly<Record<string, string>>; away?: boolean } = {},
): Sample {
  const labels = Object.entries({ ...hostLabels(host), service, component, ...more });
  return {
    series: `${metric}{${labels.map(([name, text]) => `${name}="${text}"`).join(",")}}`,
    values: away ? `${value}+0x4 stale` : `${value}+0x120`,
  };
}

/** What happens to each of some rules of one alert. */
export interface Case {
  readonly is: string;
  readonly rules: readonly AlertingRule[];
  samples(rule: AlertingRule): readonly Sample[];
  /** Seconds at which it is asked; default: when it has held for long enough since the first minute. */
  readonly at?: number;
  /** What the alert has besides the rule's own labels; undefined: it does not fire. */
  fires?(rule: AlertingRule): { readonly labels: Readonly<Record<string, string>>; readonly summary: string };
}

function written({ is, rules, samples, at, fires }: Case) {
  const [first] = rules;
  if (first === undefined) throw new Error(`${is}: has no rule`);
  return {
    name: `${first.alert}: ${is}`,
    interval: "1m",
    input_series: rules.flatMap(samples),
    alert_rule_test: [
      {
        alertname: first.alert,
        eval_time: `${at ?? MINUTE + Number.parseInt(first.for, 10)}s`,
        exp_alerts:
          fires &&
          rules.map((rule) => ({
            exp_labels: { ...rule.labels, ...fires(rule).labels },
            exp_annotations: { summary: fires(rule).summary, source: rule.annotations.source },
          })),
      },
    ],
  };
}

/** What promtool has against cases; "" when all are so. Those of the same rules are asked with these alone: other rules take time, too. */
export function complaints(folder: string, cases: readonly Case[]): string {
  const paths = [...Map.groupBy(cases, ({ rules }) => rules)].map(([rules, of], index) => {
    const [file, path] = [join(folder, `${index}-rules.yaml`), join(folder, `${index}-cases.yaml`)];
    writeFileSync(file, stringify({ groups: [{ name: "rules", rules }] }, { lineWidth: 0 }));
    writeFileSync(path, stringify({ rule_files: [file], evaluation_interval: "1m", tests: of.map(written) }));
    return path;
  });
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", ...paths], { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}
