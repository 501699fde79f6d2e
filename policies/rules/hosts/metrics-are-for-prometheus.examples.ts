import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/metrics-exporters/web.yml";
const web = (text: string) => ({ web: { [PATH]: text } });
const strict =
  "tls_server_config:\n  cert_file: /c\n  key_file: /k\n  client_ca_file: /a\n  client_auth_type: RequireAndVerifyClientCert\n  client_allowed_sans: [prometheus-a.example.org]\n";

export const examples: Examples = {
  good: [{ title: "one named caller", hosts: web(strict) }],
  bad: [
    {
      title: "a password instead of TLS",
      hosts: web("basic_auth_users:\n  prometheus: $2y$10$x\n"),
      finds: ["cert_file", "key_file", "client_ca_file", "client_auth_type", "client_allowed_sans"].map(
        (name) => `web:${PATH} ${name}`,
      ),
    },
    {
      title: "any certificate of the authority, any name, TLS 1.0",
      hosts: web(
        strict
          .replace("RequireAndVerifyClientCert", "RequireAnyClientCert")
          .replace("prometheus-a", "'*.example.org'")
          .replace("'.example.org", "'")
          .concat("  min_version: TLS10\n"),
      ),
      finds: ["client_auth_type", "client_allowed_sans", "min_version"].map((name) => `web:${PATH} ${name}`),
    },
  ],
  unknown: [{ title: "no YAML", hosts: web("tls_server_config: [\n"), finds: [`web:${PATH} tls_server_config`] }],
};

const CONF = /\/web\.yml$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "ask nobody", /client_auth_type: .*/, "client_auth_type: NoClientCert"),
  inFile(CONF, "take whatever certificate", /client_auth_type: .*/, "client_auth_type: VerifyClientCertIfGiven"),
  inFile(CONF, "serve every host", /client_allowed_sans:\n(?: +- .*\n)+/, ""),
  inFile(CONF, "speak TLS 1.0", "min_version: TLS12", "min_version: TLS10"),
  inFile(/gossip\.yml$/, "let anybody gossip", /client_auth_type: .*/, "client_auth_type: RequestClientCert"),
];
