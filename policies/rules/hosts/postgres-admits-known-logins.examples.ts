import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/postgresql/17/main/postgresql.conf";
const HBA = "/etc/postgresql/17/main/pg_hba.conf";
const PATRONI = "/etc/patroni/config.yml";
const own = (conf: string, hba: string) => ({ db: { [PATH]: conf, [HBA]: hba } });
const patroni = (hba: readonly string[], parameters = "ssl: on") => ({
  db: {
    [PATRONI]: `bootstrap:\n  dcs: {"postgresql": {"parameters": {"ssl": "on"}}}\npostgresql:\n  parameters:\n    ${parameters}\n  pg_hba:\n${hba.map((line) => `    - "${line}"\n`).join("")}`,
  },
});

export const examples: Examples = {
  good: [
    {
      title: "addresses with SCRAM and certificates, others refused",
      hosts: own(
        "ssl = 'on' # always\n#ssl = off",
        "# all all trust\nlocal all all peer\nhostssl a b 10.0.0.4 255.255.255.255 scram-sha-256\nhostssl a b fd00::4/128 cert\nhost all all all reject",
      ),
    },
    { title: "by Patroni", hosts: patroni(["hostssl all app 10.0.0.0/24 scram-sha-256"]) },
  ],
  bad: [
    {
      title: "clear text, old methods and everybody",
      hosts: own(
        "listen_addresses '*'\nssl_min_protocol_version = TLSv1",
        "host all all 10.0.0.4/32 scram-sha-256\nhostssl all all 0.0.0.0/0 md5\nlocal all all trust\nhostssl all all all cert",
      ),
      finds: [
        ...[`db:${PATH} pg_hba`, `db:${PATH} pg_hba`, `db:${PATH} pg_hba`, `db:${PATH} pg_hba`, `db:${PATH} pg_hba`],
        ...[`db:${PATH} ssl`, `db:${PATH} ssl_min_protocol_version`, `db:${PATH} listen_addresses`],
      ],
    },
    {
      title: "Patroni turns off what the cluster has",
      hosts: patroni(["hostssl all app 10.0.0.4/32 password"], "ssl: off\n    password_encryption: md5"),
      finds: [`db:${PATRONI} pg_hba`, `db:${PATRONI} ssl`, `db:${PATRONI} password_encryption`],
    },
  ],
  unknown: [
    {
      title: "initdb has decided who may log in",
      hosts: { db: { [PATH]: "ssl = on" } },
      finds: [`db:${PATH} pg_hba`],
    },
  ],
};

const CONF = /patroni\/config\.yml$/;

export const mutations: readonly Mutation[] = [
  inFile(
    CONF,
    "ask nobody for a password",
    "hostssl ticketing app,migrate",
    'hostssl all all 10.0.0.1/32 trust"\n    - "hostssl ticketing app,migrate',
  ),
  inFile(CONF, "take clear text", '"hostssl ', '"host '),
  inFile(CONF, "take old passwords", /(hostssl .*) scram-sha-256/, "$1 md5"),
  inFile(CONF, "take logins from everywhere", /(hostssl ticketing app,migrate) \S+/, "$1 0.0.0.0/0"),
  inFile(CONF, "take logins from everywhere by a word", /(hostssl ticketing app,migrate) \S+/, "$1 all"),
  inFile(
    CONF,
    "turn TLS off on one member",
    /^ {4}unix_socket_directories/m,
    "    ssl: off\n    unix_socket_directories",
  ),
  inFile(/settle\.json$/, "turn TLS off for the cluster", '"ssl": "on"', '"ssl": "off"'),
  inFile(
    /settle\.json$/,
    "let old versions in",
    '"ssl_min_protocol_version": "TLSv1.3"',
    '"ssl_min_protocol_version": "TLSv1.1"',
  ),
];
