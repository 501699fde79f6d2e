import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/mongod.conf";
const conf = (text: string) => ({ db: { [PATH]: text } });
const tls =
  "net: {bindIp: '127.0.0.1,10.0.0.4', tls: {mode: requireTLS, CAFile: /a, disabledProtocols: 'TLS1_0,TLS1_1'}}";
const rest = "setParameter: {enableLocalhostAuthBypass: false}";

export const examples: Examples = {
  good: [
    {
      title: "certificates among members",
      hosts: conf(
        `${tls}\nsecurity: {authorization: enabled, clusterAuthMode: x509, javascriptEnabled: false}\n${rest}`,
      ),
    },
    {
      title: "a key file, names written as one",
      hosts: conf(
        `${tls}\nsecurity.authorization: enabled\nsecurity.keyFile: /k\nsecurity.javascriptEnabled: false\n${rest}`,
      ),
    },
    {
      title: "members by their unit",
      hosts: conf(
        `${tls.replace("/a,", "/a, clusterAuthX509: {attributes: 'O=Example,OU=shop/database'},")}\nsecurity: {authorization: enabled, clusterAuthMode: x509, javascriptEnabled: false}\n${rest}`,
      ),
    },
  ],
  bad: [
    {
      title: "nothing is said",
      hosts: conf("storage: {dbPath: /srv}"),
      finds: [
        ...["net.tls.mode", "net.tls.CAFile", "net.tls.disabledProtocols", "security.authorization"],
        ...["security.clusterAuthMode", "security.javascriptEnabled", "setParameter.enableLocalhostAuthBypass"],
      ].map((name) => `db:${PATH} ${name}`),
    },
    {
      title: "TLS for those who like it, on all addresses, any certificate",
      hosts: conf(
        `net: {bindIpAll: true, tls: {mode: preferTLS, CAFile: /a, allowInvalidCertificates: true, disabledProtocols: 'TLS1_0,TLS1_1'}}\nsecurity: {authorization: enabled, keyFile: /k, javascriptEnabled: false}\n${rest}`,
      ),
      finds: ["net.tls.mode", "net.tls.allowInvalidCertificates", "net.bindIp"].map((name) => `db:${PATH} ${name}`),
    },
    {
      title: "authorities of the system, and every machine of the organisation as a member",
      hosts: conf(
        `${tls.replace("/a,", "/etc/ssl/certs/ca-certificates.crt, clusterAuthX509: {attributes: 'O=Example, DC=org'},")}\nsecurity: {authorization: enabled, clusterAuthMode: x509, javascriptEnabled: false}\nsetParameter: {enableLocalhostAuthBypass: false, tlsUseSystemCA: true}`,
      ),
      finds: ["net.tls.CAFile", "setParameter.tlsUseSystemCA", "net.tls.clusterAuthX509.attributes"].map(
        (name) => `db:${PATH} ${name}`,
      ),
    },
  ],
  unknown: [
    {
      title: "a file that is no YAML",
      hosts: conf("net: [\n  {"),
      finds: [
        ...["net.tls.mode", "net.tls.CAFile", "net.tls.disabledProtocols", "net.tls.allowInvalidCertificates"],
        ...["net.tls.allowInvalidHostnames", "security.authorization", "security.transitionToAuth"],
        ...["security.clusterAuthMode", "security.javascriptEnabled"],
        ...["setParameter.enableLocalhostAuthBypass", "setParameter.tlsUseSystemCA"],
        ...["net.tls.clusterAuthX509.attributes", "net.bindIp"],
      ].map((name) => `db:${PATH} ${name}`),
    },
  ],
};

const CONF = /mongod\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "take clear text too", "mode: requireTLS", "mode: preferTLS"),
  inFile(CONF, "ask nobody", "authorization: enabled", "authorization: disabled"),
  inFile(
    CONF,
    "let those in who have not logged in",
    "authorization: enabled",
    "authorization: enabled\n  transitionToAuth: true",
  ),
  inFile(CONF, "leave logins to the default", "authorization: enabled", ""),
  inFile(CONF, "listen everywhere", /bindIp: .*/, "bindIp: 0.0.0.0"),
  inFile(CONF, "listen everywhere by another word", /bindIp: .*/, "bindIpAll: true"),
  inFile(CONF, "run code of callers", "javascriptEnabled: false", "javascriptEnabled: true"),
  inFile(CONF, "believe authorities of the system", "setParameter:", "setParameter:\n  tlsUseSystemCA: true"),
  inFile(CONF, "take every machine for a member", /attributes: OU=.*/, "attributes: O=Example"),
  inFile(CONF, "speak old versions", "TLS1_0,TLS1_1", "TLS1_0"),
  inFile(CONF, "take any certificate", "CAFile:", "allowInvalidCertificates: true\n    CAFile:"),
];
