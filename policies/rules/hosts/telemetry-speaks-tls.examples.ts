import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PROMETHEUS = "/etc/prometheus/prometheus.yml";
const LOKI = "/etc/loki/loki.yaml";
const GRAFANA = "/etc/grafana/grafana.ini";
const file = (path: string, text: string) => ({ obs: { [path]: text } });
const mutual = "{client_ca_file: /a, client_auth_type: RequireAndVerifyClientCert}";
const safe =
  "[server]\nprotocol = https\nhttp_addr = 10.0.0.4\n[security]\ncookie_secure = true\nstrict_transport_security = true\n";

export const examples: Examples = {
  good: [
    {
      title: "scrapes over TLS, and one on loopback",
      hosts: file(
        PROMETHEUS,
        "scrape_configs:\n  - {job_name: a, scheme: https}\n  - {job_name: b, static_configs: [{targets: ['127.0.0.1:9115']}]}\n",
      ),
    },
    {
      title: "a log store for known callers",
      hosts: file(
        LOKI,
        `server: {http_listen_address: 127.0.0.1, grpc_listen_address: 10.0.0.4, grpc_tls_config: ${mutual}}\nmemberlist: {tls_enabled: true}\n`,
      ),
    },
    { title: "dashboards over TLS", hosts: file(GRAFANA, safe) },
  ],
  bad: [
    {
      title: "a scrape and alerts in clear text, by default",
      hosts: file(
        PROMETHEUS,
        "scrape_configs:\n  - job_name: a\nalerting: {alertmanagers: [{}]}\nremote_write: [{url: 'http://b'}]\n",
      ),
      finds: ["scrape_configs.a: scheme", "alertmanagers: scheme", "remote_write: url"].map(
        (name) => `obs:${PROMETHEUS} ${name}`,
      ),
    },
    {
      title: "a trace store for everybody",
      hosts: file(
        "/etc/tempo/tempo.yaml",
        "server: {grpc_listen_address: 10.0.0.4}\nmemberlist: {}\ndistributor: {receivers: {otlp: {protocols: {grpc: {endpoint: '0.0.0.0:4317'}}}}}\n",
      ),
      finds: [
        ...[
          "server.http_listen_address",
          "server.grpc_listen_address",
          "receivers.otlp.protocols.grpc",
          "memberlist.tls_enabled",
        ],
      ].map((name) => `obs:/etc/tempo/tempo.yaml ${name}`),
    },
    {
      title: "dashboards for whoever comes, mail and sources in clear text",
      hosts: {
        obs: {
          [GRAFANA]: `${safe}[auth.anonymous]\nenabled = true\n[server]\nprotocol = http`,
          "/etc/alertmanager/alertmanager.yml": "global: {smtp_require_tls: false}",
          "/etc/grafana/provisioning/datasources/a.yaml": "datasources: [{name: a, url: 'http://b:9090'}]",
        },
      },
      finds: [
        ...[`obs:${GRAFANA} server.protocol`, `obs:${GRAFANA} auth.anonymous.enabled`],
        ...["obs:/etc/alertmanager/alertmanager.yml global.smtp_require_tls"],
        ...["obs:/etc/grafana/provisioning/datasources/a.yaml datasources.a: url"],
      ],
    },
  ],
  unknown: [{ title: "no YAML", hosts: file(LOKI, "server: ["), finds: [`obs:${LOKI} file`] }],
};

export const mutations: readonly Mutation[] = [
  inFile(/prometheus\.yml$/, "scrape in clear text", "    scheme: https", "    scheme: http"),
  inFile(/prometheus\.yml$/, "scrape by the default", "    scheme: https\n", ""),
  inFile(/loki\.yaml$/, "open Loki past NGINX", "http_listen_address: 127.0.0.1", "http_listen_address: 10.0.0.4"),
  inFile(/loki\.yaml$/, "take members without certificates", "RequireAndVerifyClientCert", "NoClientCert"),
  inFile(/tempo\.yaml$/, "form the ring in clear text", "tls_enabled: true", "tls_enabled: false"),
  inFile(/tempo\.yaml$/, "take traces in clear text", /cert_file: [^\n]*\n *key_file: [^\n]*\n *min_version[^\n]*/, ""),
  inFile(/alertmanager\.yml$/, "mail in clear text", "smtp_require_tls: true", "smtp_require_tls: false"),
  inFile(
    /grafana\.ini$/,
    "let people in without a login",
    /\[auth\.anonymous\]\nenabled = false/,
    "[auth.anonymous]\nenabled = true",
  ),
  inFile(/grafana\.ini$/, "serve clear text", "protocol = https", "protocol = http"),
  inFile(/datasources\//, "ask in clear text", "url: https:", "url: http:"),
];
