import {
  access,
  bucketOf,
  countsOnly,
  days,
  defineService,
  egress,
  environmentDomain,
  environmentRegion,
  flow,
  gib,
  hostAlerts,
  hosts,
  hours,
  httpProbe,
  https,
  loopback,
  mib,
  mtls,
  objects,
  perSecond,
  reissued,
  rotated,
  rotationAlerts,
  secret,
  strictHeaders,
  text,
  tls,
  web,
} from "./define.ts";
import { endpoints } from "./platform.ts";
import type { Certificate } from "./schema/component.ts";
import type { Values } from "./schema/value.ts";

/** Observability: the platform's own service. Metrics, logs, traces and alerts of all others, on hosts in two zones (TKT-4.1). */

/** Ten days before the 90 of NOD-2.7, so that a failed rotation can be mended in time. */
const ROTATION = days(80);

const secrets = {
  pager: secret("pagerduty-key", "wakes whoever is on call (MUN-3.11)", reissued(ROTATION, "restore-pagerduty-key")),
  grafana: secret("grafana-admin", "the first login of Grafana", rotated(ROTATION)),
  smtpUser: secret("smtp-user", "user name at SES for alerts by mail", reissued(ROTATION, "restore-smtp-credentials")),
  smtpPassword: secret("smtp-password", "password at SES", reissued(ROTATION, "restore-smtp-credentials")),
};

/** What Loki keeps apart from its hosts, which hold a cache of it: a lost host loses no log line. */
const logs = objects("logs", {
  why: "logs of all services, kept at least 30 days (TKT-4.15), audit streams for a year (MUN-3.13)",
  // Loki deletes by stream, each service's `logs` says when; this is the end for what it forgot.
  expires: days(400),
  noncurrent: days(1),
  prefixes: { loki: { why: "chunks and index of Loki" } },
});
const traces = objects("traces", {
  why: "traces of all services (MUN-3.6)",
  expires: days(30),
  noncurrent: days(1),
  prefixes: { tempo: { why: "blocks of Tempo" } },
});

const certificates: readonly Certificate[] = [
  {
    authority: "internal",
    directory: "/etc/observability/tls",
    names: { certificate: "tls.crt", key: "tls.key", authority: "ca.crt" },
  },
];
const unit = (name: string, values: Values = {}) => ({
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
  listens: { query: https(9090), alertmanager: https(9093), gossip: mtls(9094), prober: loopback(9115) },
  health: httpProbe("/-/healthy", "query"),
  units: [
    unit("prometheus"),
    unit("alertmanager", {
      PAGERDUTY_KEY: secrets.pager, // MUN-3.11
      SMTP_HOST: text`email-smtp.${environmentRegion}.amazonaws.com`,
      SMTP_PORT: endpoints.mail.port,
      SMTP_USER: secrets.smtpUser,
      SMTP_PASSWORD: secrets.smtpPassword,
      SMTP_FROM: text`alerts@${environmentDomain}`,
    }),
  ],
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
  listens: { push: https(3100), api: loopback(3101), ring: mtls(7946), grpc: mtls(9095) },
  health: httpProbe("/ready", "push"),
  units: [unit("loki", { LOKI_BUCKET: bucketOf(logs) })],
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
  listens: { otlp: tls(4317), query: https(3200), ring: mtls(7946), grpc: mtls(9095) },
  health: httpProbe("/ready", "query"),
  units: [unit("tempo", { TEMPO_BUCKET: bucketOf(traces) })],
  certificates,
});

/** Shows what the others keep. */
export const grafana = hosts("grafana", {
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

/** The way in to it. */
export const dashboards = web("dashboards", {
  why: "dashboards for the platform team",
  host: "grafana",
  audience: "admins",
  to: grafana.listens.web,
  health: "/api/health",
  body: mib(1),
  // Queries and dashboards hold what rules that read bodies take for attacks; only administrators' networks reach them.
  counted: [
    ...["CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY"].map((rule) =>
      countsOnly("common", rule, "queries and dashboards", "2027-06-30"),
    ),
    countsOnly("sql", "SQLi_BODY", "queries of data sources", "2027-06-30"),
  ],
  sticky: hours(12), // Grafana keeps on each host who is signed in: when that host fails, people sign in once more.
  headers: {
    ...strictHeaders,
    contentSecurityPolicy: {
      byApplication: "Grafana's pages bring scripts inline, each answer with a nonce of its own",
    },
  },
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
  stores: [logs, traces],
  entrypoints: [dashboards],
  secrets: Object.values(secrets),
  flows: [
    flow(prometheus, prometheus.listens.gossip, "alert managers agree who sends"),
    flow(prometheus, prometheus.listens.alertmanager, "each Prometheus tells both alert managers"),
    flow(prometheus, endpoints.mail, "alerts by mail (MUN-3.11)"),
    flow(loki, loki.listens.ring, "members of the ring"),
    flow(loki, loki.listens.grpc, "each takes and searches what the ring gives the other"),
    flow(tempo, tempo.listens.ring, "members of the ring"),
    flow(tempo, tempo.listens.grpc, "each takes and searches what the ring gives the other"),
    flow(grafana, prometheus.listens.query, "dashboards"),
    flow(grafana, prometheus.listens.alertmanager, "silences"),
    flow(grafana, loki.listens.push, "log search"),
    flow(grafana, tempo.listens.query, "shows traces"),
  ],
  access: [
    access(loki, logs, "loki", ["read", "write", "delete"], "keeps logs, and ends them with their retention"),
    access(tempo, traces, "tempo", ["read", "write", "delete"], "keeps traces, and ends them with their retention"),
  ],
  alerts: [...rotationAlerts(secrets), ...hostAlerts(prometheus, loki, tempo, grafana)],
  egress: [egress(prometheus, "events.pagerduty.com", "pages (MUN-3.11)")],
});
