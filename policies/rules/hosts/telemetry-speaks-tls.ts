import { objection, rule } from "../../engine/rule.ts";
import { telemetryHops } from "../../model/hosts/telemetry.ts";

/** Figures, logs, traces and dashboards go over TLS at every hop beyond loopback. */
export const telemetrySpeaksTls = rule({
  id: "HOST-039",
  slug: "telemetry-speaks-tls",
  severity: "high",
  title: "Prometheus, Loki, Tempo, Alertmanager and Grafana talk over TLS, to known callers",
  why: "Logs and traces hold what users did; whoever reads or forges them, or logs in to dashboards unseen, hides his own doing.",
  fix: "scheme https, *_tls_config with client certificates, memberlist.tls_enabled, protocol = https and secure cookies.",
  appliesTo: telemetryHops,
  requirements: [],
  check: ({ attribute, got, expected }) => (expected === undefined ? [] : [objection(attribute, got, expected)]),
});
