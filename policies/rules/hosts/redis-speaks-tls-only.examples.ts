import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/redis/redis.conf";
const conf = (...lines: readonly string[]) => ({ web: { [PATH]: lines.join("\n") } });
const tls = ["bind 10.0.0.4", "port 0", "tls-port 6379", "tls-ca-cert-file /ca.crt"];

export const examples: Examples = {
  good: [
    {
      title: "TLS on its own address",
      hosts: conf(...tls, 'tls-protocols "TLSv1.2 TLSv1.3"', "masterauth x", "tls-replication yes"),
    },
    { title: "loopback, in two families", hosts: conf("# bind *", "bind 127.0.0.1 -::1", "port 6379") },
  ],
  bad: [
    {
      title: "nothing is said",
      hosts: conf(""),
      finds: [`web:${PATH} bind`, `web:${PATH} port`, `web:${PATH} tls-port`, `web:${PATH} tls-ca-cert-file`],
    },
    { title: "clear text beside TLS, by a later line", hosts: conf(...tls, "port 6378"), finds: [`web:${PATH} port`] },
    {
      title: "replicas in clear text, old versions, anybody as a member",
      hosts: conf(...tls, "replicaof a 6379", "tls-protocols TLSv1.1", "tls-auth-clients no", "protected-mode no"),
      finds: ["protected-mode", "tls-auth-clients", "tls-protocols", "tls-replication"].map(
        (name) => `web:${PATH} ${name}`,
      ),
    },
    {
      title: "a Sentinel in clear text",
      hosts: { web: { "/etc/redis/sentinel.conf": `${tls.join("\n")}\nport 26379\ntls-replication yes` } },
      finds: ["web:/etc/redis/sentinel.conf port"],
    },
    {
      title: "authorities of the system, as a folder or as a file",
      hosts: {
        web: {
          ...conf(...tls, "tls-ca-cert-dir /etc/ssl/certs").web,
          "/etc/redis/more.conf": tls.join("\n").replace("/ca.crt", "/etc/ssl/certs/ca-certificates.crt"),
        },
      },
      finds: [`web:${PATH} tls-ca-cert-dir`, "web:/etc/redis/more.conf tls-ca-cert-file"],
    },
  ],
  unknown: [
    {
      title: "a folder of authorities, which nobody shows",
      hosts: conf(...tls.slice(0, 3), "tls-ca-cert-dir /etc/redis/authorities"),
      finds: [`web:${PATH} tls-ca-cert-dir`],
    },
  ],
};

const CONF = /\/etc\/redis\/(?:durable|redis)\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "open the port in clear text", "port 0", "port 6379"),
  inFile(CONF, "leave the port to the default", /^port 0$/m, ""),
  inFile(CONF, "listen everywhere", /^bind .*$/m, "bind 0.0.0.0"),
  inFile(CONF, "say nothing of where", /^bind .*$/m, ""),
  inFile(CONF, "replicate in clear text", "tls-replication yes", "tls-replication no"),
  inFile(CONF, "take members without certificates", "tls-auth-clients optional", "tls-auth-clients no"),
  inFile(CONF, "believe authorities of the system", /$/, "tls-ca-cert-dir /etc/ssl/certs\n"),
  inFile(CONF, "speak TLS 1.1", "TLSv1.2 TLSv1.3", "TLSv1.1 TLSv1.2"),
  inFile(/sentinel\.conf$/, "open Sentinel in clear text", "port 0", "port 26379"),
];
