import {
  days,
  defineService,
  egress,
  flow,
  gib,
  hosts,
  httpProbe,
  https,
  mib,
  mtls,
  perSecond,
  reissued,
  rotated,
  rotationAlerts,
  secret,
  tls,
  web,
} from "./define.ts";
import { endpoints } from "./platform.ts";
import type { Certificate } from "./schema/component.ts";

/** Observability: the platform's own service. Metrics, logs, traces and alerts of all others, on hosts in two zones (TKT-4.1). */

/** Ten days before the 90 of NOD-2.7, so that a failed rotation can be mended in time. */
const ROTATION = days(80);

const secrets = {
  pager: secret("pagerduty-key", "wakes whoever is on call (MUN-3.11)", reissued(ROTATION, "restore-pagerduty-key")),
  grafana: secret("grafana-admin", "the first login of Grafana", rotated(ROTATION)),
};

const certificates: readonly Certificate[] = [
  {
    authority: "internal",
    directory: "/etc/observability/tls",
    names: { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" },
  },
];
const unit = (name: string, values: Record<string, ReturnType<typeof secret>> = {}) => ({
  name,
  user: name,
  directory: `/var/lib/${name}`,
  exec: `/usr/bin/${name}`,
  runtime: "none",
  environment: { path: `/etc/${name}/${name}.env`, values },
});

/** Scrapes every `metrics()` port, probes entrypoints and routes alerts. */
export const prometheus = hosts("prometheus", {
  why: "metrics of all services, and the way of an alert to people",
  tier: "app",
  zones: 2,
  address: 4,
  size: "medium",
  dataVolume: gib(200),
  listens: { query: https(9090), alertmanager: https(9093), gossip: mtls(9094) },
  health: httpProbe("/-/healthy", "query"),
  units: [unit("prometheus"), unit("alertmanager", { PAGERDUTY_KEY: secrets.pager })],
  certificates,
});

/** Takes logs of hosts and nodes. */
export const loki = hosts("loki", {
  why: "logs of all services (TKT-4.14)",
  tier: "app",
  zones: 2,
  address: 8,
  size: "medium",
  dataVolume: gib(200),
  listens: { push: https(3100), ring: mtls(7946) },
  health: httpProbe("/ready", "push"),
  units: [unit("loki")],
  certificates,
});

/** Takes traces (MUN-3.6, ALC-6.10). */
export const tempo = hosts("tempo", {
  why: "traces of all services (MUN-3.6)",
  tier: "app",
  zones: 2,
  address: 12,
  size: "small",
  dataVolume: gib(100),
  listens: { otlp: tls(4317), query: https(3200), ring: mtls(7946) },
  health: httpProbe("/ready", "query"),
  units: [unit("tempo")],
  certificates,
});

const grafana = hosts("grafana", {
  why: "dashboards (MUN-3.5)",
  tier: "app",
  zones: 2,
  address: 16,
  size: "small",
  listens: { web: https(3000) },
  health: httpProbe("/api/health", "web"),
  units: [unit("grafana", { GF_SECURITY_ADMIN_PASSWORD: secrets.grafana })],
  certificates,
});

const dashboards = web("dashboards", {
  why: "dashboards for the platform team",
  host: "grafana",
  audience: "admins",
  to: grafana.listens.web,
  health: "/api/health",
  body: mib(1),
  routes: [
    { class: "login", paths: ["/login"], rate: perSecond(1), burst: 5, connections: 5 },
    { class: "other", paths: ["/*"], rate: perSecond(50), burst: 100, connections: 50 },
  ],
});

export const observability = defineService({
  name: "observability",
  code: "obs",
  owner: "platform",
  data: "confidential",
  block: 5,
  logs: { keep: days(30), audit: days(365) }, // TKT-4.15; the audit year is ours
  components: [prometheus, loki, tempo, grafana],
  entrypoints: [dashboards],
  secrets: Object.values(secrets),
  flows: [
    flow(prometheus, prometheus.listens.gossip, "alert managers agree who sends"),
    flow(prometheus, prometheus.listens.alertmanager, "each Prometheus tells both alert managers"),
    flow(prometheus, endpoints.mail, "alerts by mail (MUN-3.11)"),
    flow(loki, loki.listens.ring, "members of the ring"),
    flow(tempo, tempo.listens.ring, "members of the ring"),
    flow(grafana, prometheus.listens.query, "dashboards"),
    flow(grafana, prometheus.listens.alertmanager, "silences"),
    flow(grafana, loki.listens.push, "log search"),
    flow(grafana, tempo.listens.query, "shows traces"),
  ],
  alerts: rotationAlerts(secrets),
  egress: [egress(prometheus, "events.pagerduty.com", "pages (MUN-3.11)")],
});
