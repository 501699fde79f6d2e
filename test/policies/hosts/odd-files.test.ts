import fc from "fast-check";
import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { judge } from "../../../policies/engine/judge.ts";
import { rules } from "../../../policies/generated/rules.ts";

/** Whatever stands in a file of a host, rules find something or nothing: none of them breaks. */

const ofHosts = rules.filter(({ id }) => id.startsWith("HOST-"));
const paths = [
  ...[
    "/etc/nginx/nginx.conf",
    "/etc/nginx/conf.d/a.conf",
    "/etc/redis/redis.conf",
    "/etc/redis/sentinel.conf",
    "/etc/redis/users.acl",
  ],
  ...[
    "/etc/patroni/config.yml",
    "/etc/patroni/settle.json",
    "/etc/postgresql/17/main/postgresql.conf",
    "/etc/default/etcd",
  ],
  ...[
    "/etc/postgresql/17/main/pg_hba.conf",
    "/etc/etcd/etcd.yml",
    "/etc/pgbackrest.conf",
    "/etc/mongod.conf",
    "/etc/mysql/my.cnf",
  ],
  ...["/etc/mysql/accounts.json", "/etc/prometheus/prometheus.yml", "/etc/prometheus/web.yml", "/etc/loki/loki.yaml"],
  ...[
    "/etc/grafana/grafana.ini",
    "/etc/alertmanager/alertmanager.yml",
    "/etc/platform/tasks.json",
    "/etc/platform/certificates.json",
  ],
  ...["/etc/systemd/system/a.service", "/etc/systemd/system/a.timer", "/etc/systemd/system/b.service.d/c.conf"],
  ...["/etc/sysctl.conf", "/etc/audit/rules.d/a.rules", "/etc/apt/sources.list", "/etc/apt/sources.list.d/a.sources"],
  ...[
    "/etc/apt/apt.conf.d/a",
    "/etc/chrony/chrony.conf",
    "/etc/resolv.conf",
    "/etc/syslog-ng/syslog-ng.conf",
    "/etc/rsyslog.conf",
  ],
];
const words = fc.constantFrom(
  ...[
    "{",
    "}",
    "[",
    "]",
    ";",
    ":",
    "=",
    "-",
    "\n",
    "  ",
    '"',
    "'",
    "#",
    "null",
    "1e999",
    "%%",
    "${a}",
    "\\",
    "\u0000",
    "é",
  ],
  ...[
    "server",
    "http",
    "listen",
    "listen 443 ssl",
    "ssl_verify_client",
    "proxy_pass $a",
    "include *",
    "map $a $a",
    "user",
    "bind",
  ],
  ...[
    "[Service]",
    "[Timer]",
    "OnCalendar=",
    "ExecStart=",
    "postgresql:",
    "pg_hba:",
    "- host",
    "restapi: []",
    "dynamic",
    "etcd3: 1",
  ],
  ...[
    '{"tasks":[null,{}]}',
    '{"certificates":[1,{"days":"x"}]}',
    '{"accounts":[{"grants":[null]}]}',
    "scrape_configs: {a: 1}",
  ],
  ...[
    "server: x",
    "memberlist: 1",
    "tls_server_config: []",
    "[server]",
    "repo1-type",
    "net: {tls: 1}",
    "hostssl a b c",
    "deb [",
    "-w",
  ],
);
const text = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(" "));
const service = {
  name: "a",
  components: [],
  stores: [],
  entrypoints: [],
  flows: [],
  egress: [],
  secrets: [],
  backups: [],
};

test("rules of hosts are there", () => {
  expect(ofHosts.length).toBeGreaterThanOrEqual(42);
});

test("no rule breaks on any text", () => {
  fc.assert(
    fc.property(fc.record(Object.fromEntries(paths.map((path) => [path, text]))), (files) => {
      const estate = estateOf({ title: "", hosts: { web: files }, declaration: { services: [service] } });
      const broken = judge(estate, ofHosts).findings.filter(({ attribute }) => attribute === "the rule itself");
      expect(broken).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
