import type { Estate } from "../services/resolve.ts";
import type { Alert, Condition, Watched } from "../services/schema/alert.ts";
import { figures } from "./figures.ts";

/** A rule as Prometheus reads it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** `600s` */
  readonly for: string;
  readonly labels: Readonly<Record<"service" | "component" | "severity", string>>;
  readonly annotations: Readonly<Record<"summary" | "source", string>>;
}

/** A file of rules: a group for each service that has any. */
export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertingRule[] }[];
}

const SIGNS = { above: ">", below: "<" } as const;

/** Hosts that carry what is watched; undefined for what is on none. */
function groupOf(on: Watched): string | undefined {
  const at = on.kind === "job" ? on.on : on;
  const hosted = at.kind === "hosts" || at.kind === "patroni" || at.kind === "redis-sentinel" || at.kind === "mongo";
  return hosted ? at.name : undefined;
}

/** PromQL that has a sample for each host on the wrong side of the threshold; undefined where hosts do not measure the signal. */
function expressionOf({ signal, is, threshold }: Condition, service: string, component: string): string | undefined {
  const figure = figures[signal];
  if (figure === undefined) return undefined;
  const words = `service="${service}",component="${component}"`;
  const beyond = `${figure.seconds(`{${words}}`)} ${SIGNS[is]} ${threshold}`;
  if (!figure.everyHost) return beyond;
  return `${beyond} or up{job="node",${words}} == 1 unless on (instance) ${figure.metric}{${words}}`;
}

function ruleOf(alert: Alert, service: string): readonly AlertingRule[] {
  const { condition } = alert;
  const component = groupOf(condition.on);
  const expr = component === undefined ? undefined : expressionOf(condition, service, component);
  if (component === undefined || expr === undefined) return [];
  return [
    {
      alert: alert.name,
      expr,
      for: `${alert.for}s`,
      labels: { service, component, severity: alert.severity },
      annotations: {
        summary: `${condition.signal} of {{ $labels.host }} is ${condition.is} {{ humanizeDuration ${condition.threshold} }}, or unknown`,
        source: alert.source,
      },
    },
  ];
}

/** Rules of every alert of an environment whose signal hosts measure of themselves (BRK-31.16, NOD-5.6). */
export const alertsOf = ({ services }: Estate): RuleFile => ({
  groups: services
    .map(({ service }) => ({
      name: service.name,
      rules: service.alerts.flatMap((alert) => ruleOf(alert, service.name)),
    }))
    .filter(({ rules }) => rules.length > 0),
});
