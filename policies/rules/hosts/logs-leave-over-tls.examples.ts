import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/syslog-ng/syslog-ng.conf";
const SOURCE = "source s_all { systemd-journal(); };\n";
const LOG = `${SOURCE}log { source(s_all); destination(d_out); flags(flow-control); };\n`;
const destination = (body: string) => ({ web: { [PATH]: `${LOG}destination d_out {\n    ${body}\n};\n` } });
const SURE = 'destination d_out { http(url("https://loki/push") tls(ca-file("/ca"))); };\n';
const paths = (text: string) => ({ web: { [PATH]: `${SURE}${text}` } });

export const examples: Examples = {
  good: [
    {
      title: "HTTPS and the authority's file",
      hosts: destination('http(url("https://loki:3100/push") tls(ca-file("/ca") peer-verify(yes)))'),
    },
    {
      title: "two sources through a junction, and filters for some lines only",
      hosts: paths(`${SOURCE}source s_file { file("/var/log/a"); };
        block parser p_json() { channel { filter { match("^{" value("MESSAGE")); }; parser { json-parser(); }; }; };
        log {
          junction { channel { source(s_all); rewrite(r_unit); }; channel { source(s_file); }; };
          if { parser(p_json); };
          if (match("a{1}" value("X"))) { filter(f_a); } else { rewrite(r_b); };
          destination(d_out); flags(flow-control);
        };
        log { source(s_all); filter(f_errors); destination { file("/var/log/errors"); }; flags(final); };`),
    },
    { title: "syslog over TLS", hosts: destination('network("loki" port(6514) transport("tls") tls(ca-file("/ca")))') },
  ],
  bad: [
    {
      title: "no path that leads out, or none from the journal",
      hosts: {
        ...{ none: { [PATH]: `${SURE}${SOURCE}log { source(s_all); destination { file("/var/log/all"); }; };` } },
        other: {
          [PATH]: `${SURE}source s_file { file("/a"); };\nlog { source(s_file); destination(d_out); flags(flow-control); };`,
        },
      },
      finds: [`none:${PATH} log`, `other:${PATH} source`],
    },
    {
      title: "a source that goes nowhere",
      hosts: paths(`${LOG}source s_audit { file("/var/log/audit/audit.log"); };`),
      finds: [`web:${PATH} s_audit`],
    },
    ...[
      ["a filter on the way", "source(s_all); filter(f_errors); destination(d_out); flags(flow-control);"],
      [
        "one that is written there",
        'source(s_all); filter { not match("sudo"); }; destination(d_out); flags(flow-control);',
      ],
      [
        "one in a channel",
        "junction { channel { source(s_all); filter(f_a); }; }; destination(d_out); flags(flow-control);",
      ],
      ["a parser on the way", "source(s_all); parser(p_json); destination(d_out); flags(flow-control);"],
      ["what nobody else took", "source(s_all); destination(d_out); flags(flow-control, fallback);"],
    ].map(([title = "", log]) => ({
      ...{ title, hosts: paths(`${SOURCE}log { ${log} };`), finds: [`web:${PATH} s_all`] },
    })),
    {
      title: "a final path before the one that leads out",
      hosts: paths(
        `${SOURCE}log { source(s_all); filter(f_sudo); flags(final); };\nlog { source(s_all); destination(d_out); flags(flow-control); };`,
      ),
      finds: [`web:${PATH} s_all`],
    },
    {
      title: "lines that are dropped while the store is away",
      hosts: paths(`${SOURCE}log { source(s_all); destination(d_out); };`),
      finds: [`web:${PATH} log`],
    },
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
          [PATH]: `${LOG}destination d_out {\n    tcp("10.0.0.9");\n};\n`,
        },
      },
      finds: [`web:${PATH} d_out`],
    },
    {
      title: "clear text on one line, and inside a path of logs",
      hosts: {
        web: {
          [PATH]: `${LOG}destination d_out { tcp("10.0.0.9"); };\nlog { destination { syslog("10.0.0.9"); }; flags(flow-control); };\n`,
        },
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
  inFile(CONF, "keep what sudo does", "if { parser(p_json); };", 'filter { not match("sudo"); };'),
  inFile(CONF, "read no journal", "source(s_journal);", ""),
  inFile(CONF, "drop lines while the store is away", "flags(flow-control);", ""),
  inFile(CONF, "speak TLS 1.0", "ssl-version(tlsv1_2)", "ssl-version(tlsv1_0)"),
];
