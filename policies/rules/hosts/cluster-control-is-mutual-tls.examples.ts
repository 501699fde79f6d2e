import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATRONI = "/etc/patroni/config.yml";
const ETCD = "/etc/default/etcd";
const api = "restapi: {certfile: /c, keyfile: /k, cafile: /a, verify_client: required}";
const store = "etcd3: {protocol: https, cacert: /a, cert: /c, key: /k}";
const patroni = (...lines: readonly string[]) => ({ db: { [PATRONI]: [...lines, "postgresql: {}"].join("\n") } });
const strict = [
  ...[
    "ETCD_LISTEN_CLIENT_URLS=https://10.0.0.4:2379,http://127.0.0.1:2379",
    "ETCD_LISTEN_PEER_URLS=https://10.0.0.4:2380",
  ],
  ...["ETCD_CERT_FILE=/c", "ETCD_KEY_FILE=/k", "ETCD_TRUSTED_CA_FILE=/a", "ETCD_CLIENT_CERT_AUTH=true"],
  ...[
    "ETCD_PEER_CERT_FILE=/c",
    "ETCD_PEER_KEY_FILE=/k",
    "ETCD_PEER_TRUSTED_CA_FILE=/a",
    "ETCD_PEER_CLIENT_CERT_AUTH=true",
  ],
];
const etcd = (lines: readonly string[]) => ({ db: { [ETCD]: lines.join("\n") } });

export const examples: Examples = {
  good: [
    { title: "both ask for certificates", hosts: { db: { ...patroni(api, store).db, ...etcd(strict).db } } },
    {
      title: "etcd by a file of its own",
      hosts: {
        db: {
          "/etc/etcd/etcd.yml":
            "listen-client-urls: https://10.0.0.4:2379\nlisten-peer-urls: https://10.0.0.4:2380\nclient-transport-security: {cert-file: /c, key-file: /k, trusted-ca-file: /a, client-cert-auth: true}\npeer-transport-security: {cert-file: /c, key-file: /k, trusted-ca-file: /a, client-cert-auth: true}",
        },
      },
    },
  ],
  bad: [
    {
      title: "an interface for everybody, a store in clear text",
      hosts: patroni("restapi: {certfile: /c, keyfile: /k, cafile: /a}", "etcd3: {cacert: /a, cert: /c, key: /k}"),
      finds: [`db:${PATRONI} restapi.verify_client`, `db:${PATRONI} etcd3.protocol`],
    },
    {
      title: "an etcd that throws members and writes away",
      hosts: etcd([...strict, "ETCD_FORCE_NEW_CLUSTER=true", "ETCD_UNSAFE_NO_FSYNC=true"]),
      finds: [`db:${ETCD} force-new-cluster`, `db:${ETCD} unsafe-no-fsync`],
    },
    {
      title: "an etcd that asks nobody, speaks clear text and makes its own certificates",
      hosts: etcd([
        ...strict.filter((line) => !line.includes("CERT_AUTH") && !line.includes("CLIENT_URLS")),
        ...["ETCD_LISTEN_CLIENT_URLS=http://0.0.0.0:2379", "ETCD_PEER_AUTO_TLS=true", "ETCD_TLS_MIN_VERSION=TLS1.1"],
      ]),
      finds: [
        "listen-client-urls",
        "client-cert-auth",
        "peer-client-cert-auth",
        "tls-min-version",
        "peer-auto-tls",
      ].map((name) => `db:${ETCD} ${name}`),
    },
  ],
  unknown: [],
};

const CONF = /patroni\/config\.yml$/;
const ENV = /\/default\/etcd$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "let anybody call Patroni", "verify_client: required", "verify_client: none"),
  inFile(CONF, "let anybody read Patroni", "verify_client: required", "verify_client: optional"),
  inFile(CONF, "reach etcd in clear text", "protocol: https", "protocol: http"),
  inFile(ENV, "let anybody write to etcd", "ETCD_CLIENT_CERT_AUTH=true", "ETCD_CLIENT_CERT_AUTH=false"),
  inFile(ENV, "let anybody join etcd", /^ETCD_PEER_CLIENT_CERT_AUTH=true$/m, ""),
  inFile(ENV, "speak clear text", "ETCD_LISTEN_CLIENT_URLS=https:", "ETCD_LISTEN_CLIENT_URLS=http:"),
];
