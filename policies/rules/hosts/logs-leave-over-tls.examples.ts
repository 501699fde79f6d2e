import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/syslog-ng/syslog-ng.conf";
const destination = (body: string) => ({ web: { [PATH]: `destination d_out {\n    ${body}\n};\n` } });

export const examples: Examples = {
  good: [
    {
      title: "HTTPS and the authority's file",
      hosts: destination('http(url("https://loki:3100/push") tls(ca-file("/ca") peer-verify(yes)))'),
    },
    { title: "syslog over TLS", hosts: destination('network("loki" port(6514) transport("tls") tls(ca-file("/ca")))') },
  ],
  bad: [
    { title: "clear text", hosts: destination('http(url("http://loki:3100/push"))'), finds: [`web:${PATH} d_out`] },
    { title: "syslog as it was", hosts: destination('network("loki" port(514))'), finds: [`web:${PATH} d_out`] },
    {
      title: "whoever answers",
      hosts: destination('http(url("https://loki/push") tls(ca-file("/ca") peer-verify(optional-untrusted)))'),
      finds: [`web:${PATH} d_out`],
    },
    { title: "no authority", hosts: destination('http(url("https://loki/push"))'), finds: [`web:${PATH} d_out`] },
    {
      title: "rsyslog in its short form",
      hosts: { web: { "/etc/rsyslog.d/50-remote.conf": "*.* @@loki:514" } },
      finds: ["web:/etc/rsyslog.d/50-remote.conf @@loki:514"],
    },
    {
      title: "a host that keeps its logs to itself",
      hosts: { web: { "/etc/resolv.conf": "", [PATH]: "log { source(s_all); };\n" } },
      finds: ["web destination"],
    },
    {
      title: "a text that says nothing to rsyslog, and something to syslog-ng",
      hosts: {
        web: {
          "/etc/rsyslog.d/50-remote.conf": 'destination d_out {\n    tcp("10.0.0.9");\n};\n',
          [PATH]: 'destination d_out {\n    tcp("10.0.0.9");\n};\n',
        },
      },
      finds: [`web:${PATH} d_out`],
    },
    {
      title: "clear text on one line, and inside a path of logs",
      hosts: {
        web: { [PATH]: 'destination d_out { tcp("10.0.0.9"); };\nlog { destination { syslog("10.0.0.9"); }; };\n' },
      },
      finds: [`web:${PATH} d_out`, `web:${PATH} destination`],
    },
  ],
  unknown: [],
};

const CONF = /syslog-ng\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "send in clear text", 'url("https:', 'url("http:'),
  inFile(CONF, "send to whoever answers", "peer-verify(yes)", "peer-verify(optional-untrusted)"),
  inFile(CONF, "know no authority", /ca-file\([^)]*\)/, ""),
  onFile(CONF, "send nothing", () => undefined),
  inFile(CONF, "speak TLS 1.0", "ssl-version(tlsv1_2)", "ssl-version(tlsv1_0)"),
];
