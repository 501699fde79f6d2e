import { type Estate, hostGroups, type ResolvedService } from "../services/resolve.ts";
import type { Alert, Condition } from "../services/schema/alert.ts";
import { type Figure, figureOf, type Watch } from "./figures.ts";

/** A rule as Prometheus reads it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** `600s` */
  readonly for: string;
  /** `task` where the alert is of one. */
  readonly labels: Readonly<Record<"service" | "component" | "severity", string>> & { readonly task?: string };
  readonly annotations: Readonly<Record<"summary" | "source", string>>;
}

/** A file of rules: a group for each service that has any. */
export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertingRule[] }[];
}

const SIGNS = { above: ">", below: "<" } as const;

/** Hosts that measure what is watched; undefined for what is on none. */
function watchOf({ service, backups }: ResolvedService, { on }: Condition): Watch | undefined {
  const at = (component: string, task?: Watch["task"]): Watch | undefined =>
    hostGroups(service).some(({ name }) => name === component)
      ? { service: service.name, component, ...(task && { task }) }
      : undefined;
  switch (on.kind) {
    case "hosts":
    case "patroni":
    case "redis-sentinel":
    case "mongo":
      return at(on.name);
    case "job":
      return at(on.on.name, { name: on.name, eachHost: on.everyHost === true });
    case "backup": {
      const runner = backups.find(({ name }) => name === on.name)?.runner ?? "";
      // Each host has paths of its own; of a store any host's copy is as good.
      return at(runner.slice(runner.indexOf("/") + 1), { name: on.job?.name ?? on.name, eachHost: !("kind" in on.of) });
    }
    default:
      return undefined;
  }
}

/** What somebody reads who is woken. */
function summaryOf({ signal, is, threshold, unit }: Condition, { task, unknown }: Figure): string {
  const what = task === undefined ? "{{ $labels.host }}" : `${task}{{ with $labels.host }} on {{ . }}{{ end }}`;
  const limit = unit === "seconds" ? `{{ humanizeDuration ${threshold} }}` : threshold;
  return `${signal} of ${what} is ${is} ${limit}${unknown === undefined ? "" : ", or unknown"}`;
}

function ruleOf(alert: Alert, resolved: ResolvedService): readonly AlertingRule[] {
  const { condition } = alert;
  const watch = watchOf(resolved, condition);
  const figure = watch && figureOf(condition, watch);
  if (watch === undefined || figure === undefined) return [];
  const beyond = `${figure.value} ${SIGNS[condition.is]} ${condition.threshold}`;
  return [
    {
      alert: alert.name,
      expr: figure.unknown === undefined ? beyond : `${beyond} or ${figure.unknown}`,
      for: `${alert.for}s`,
      labels: {
        service: watch.service,
        component: watch.component,
        ...(figure.task === undefined ? {} : { task: figure.task }),
        severity: alert.severity,
      },
      annotations: { summary: summaryOf(condition, figure), source: alert.source },
    },
  ];
}

/** Rules of every alert of an environment whose signal hosts measure of themselves (BRK-31.16, NOD-5.6, TKT-7.12). */
export const alertsOf = ({ services }: Estate): RuleFile => ({
  groups: services
    .map((resolved) => ({
      name: resolved.service.name,
      rules: resolved.service.alerts.flatMap((alert) => ruleOf(alert, resolved)),
    }))
    .filter(({ rules }) => rules.length > 0),
});
