import { demand, objection, rule } from "../../engine/rule.ts";
import { textsOf, webConfigs } from "../../model/hosts/web-configs.ts";
import { isUnknown } from "../../model/value.ts";

/** Figures are given over TLS to callers whose certificate bears one of few names. */
export const metricsAreForPrometheus = rule({
  id: "HOST-038",
  slug: "metrics-are-for-prometheus",
  severity: "high",
  title: "Exporters, Prometheus and Alertmanager serve named callers with certificates only",
  why: "Every host has a certificate of the same authority: without names any of them reads all figures and silences alerts.",
  fix: "tls_server_config with cert_file, key_file, client_ca_file, RequireAndVerifyClientCert and client_allowed_sans.",
  appliesTo: webConfigs,
  requirements: [],
  check: ({ server }) => {
    if (isUnknown(server)) return [objection("tls_server_config", server, "YAML")];
    const names = textsOf(server["client_allowed_sans"]);
    const word = (name: string): string => String(server[name] ?? "");
    return [
      ...["cert_file", "key_file", "client_ca_file"].flatMap((name) =>
        demand(name, word(name), "a file", (it) => it !== ""),
      ),
      ...demand(
        "client_auth_type",
        word("client_auth_type"),
        "RequireAndVerifyClientCert",
        (it) => it === "RequireAndVerifyClientCert",
      ),
      ...demand(
        "client_allowed_sans",
        names,
        "names of those who may ask",
        (all) => all.length > 0 && !all.some((each) => each.includes("*")),
      ),
      ...demand("min_version", word("min_version"), "TLS12 or TLS13", (it) => ["", "TLS12", "TLS13"].includes(it)),
    ];
  },
});
