import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const file = (text: string) => ({ web: { "/opt/app/.env": text } });
const finds = ["web:/opt/app/.env text"];

export const examples: Examples = {
  good: [
    {
      title: "settings that check, and comments that tell of others",
      hosts: file(
        "VERIFY_SSL='true'\nURL=postgres://a@b/c?sslmode=verify-full\n# VERIFY_SSL=false is for nobody\ntlsSkipVerify: false\npeer-verify(yes)\nssl_verify_depth 0;",
      ),
    },
  ],
  bad: [
    { title: "a flag", hosts: file("MAIN_SERVER_VERIFY_SSL=false"), finds },
    { title: "a flag in quotes", hosts: file("VERIFY_SSL='no'"), finds },
    { title: "YAML", hosts: file("tls_config:\n  insecure_skip_verify: true"), finds },
    { title: "clients that need show nothing", hosts: file("tls:\n  verify_client: false"), finds },
    { title: "a database by any certificate", hosts: file("URL=postgres://a@b/c?sslmode=require"), finds },
    { title: "syslog", hosts: file("tls(peer-verify(no))"), finds },
    { title: "Node", hosts: file("NODE_TLS_REJECT_UNAUTHORIZED=0"), finds },
    { title: "a script", hosts: file("curl -s -k https://a"), finds },
    { title: "a program", hosts: file("requests.get(url, verify=False)"), finds },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/\/proxy\/config\.yaml$/, "ask clients for nothing", "verify_client: true", "verify_client: false"),
  inFile(/message_broker_proxy\/\.env$/, "talk to any main server", "VERIFY_SSL='true'", "VERIFY_SSL='false'"),
  inFile(/ticketing\/\.env$/, "talk to any database", "sslmode=verify-full", "sslmode=require"),
  inFile(/datasources\/platform\.yaml$/, "ask any data source", "tlsSkipVerify: false", "tlsSkipVerify: true"),
  inFile(/prometheus\.yml$/, "scrape anybody", "min_version: TLS12", "insecure_skip_verify: true"),
];
