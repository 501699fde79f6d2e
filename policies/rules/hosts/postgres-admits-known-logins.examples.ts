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

const IDENT = "/etc/postgresql/17/main/pg_ident.conf";
const maps = (...lines: readonly string[]) => ({
  db: { ...own("ssl = on", "local all backup peer map=m").db, [IDENT]: lines.join("\n") },
});
const host = (name: string, address: string) => ({
  ...{ name, address, zone: "a", subnet: "s", domain: `${name}.example.org`, machine: "m" },
});
const part = (name: string, ...hosts: readonly ReturnType<typeof host>[]) => ({
  name,
  kind: "hosts",
  why: "",
  ports: [],
  hosts,
});
const flow = (from: string) => ({
  ...{ id: from, from: `shop/${from}`, to: "shop/database", protocol: "tcp" as const, transport: "tls" as const },
  ...{ why: "", origin: "service" as const, ports: [5432] },
});
const app = (service: string, cidr: string) => ({ name: `app-${service}`, tier: "app", zone: "a", cidr, service });
const declares = (...callers: readonly string[]) => ({
  services: [
    {
      ...{ name: "shop", entrypoints: [], egress: [], secrets: [], backups: [], flows: callers.map(flow) },
      components: [part("api", host("api-a", "10.0.0.8"), host("api-b", "10.0.0.9")), part("web")],
      stores: [part("database", host("db", "10.0.1.4"))],
    },
  ],
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
    {
      title: "the rest in files that it includes",
      hosts: {
        db: {
          ...own("ssl = off\ninclude_dir = 'conf.d'\n", "local all all peer").db,
          "/etc/postgresql/17/main/conf.d/tls.conf": "ssl = on",
        },
      },
    },
    { title: "by Patroni", hosts: patroni(["hostssl all app 10.0.0.0/24 scram-sha-256"]) },
    {
      title: "addresses of those who are declared to call, of its own, and of this host",
      hosts: own(
        "ssl = on",
        "hostssl a b 10.0.0.8/31 scram-sha-256\nhostssl a b 10.0.1.4/32 cert\nhostssl a b 127.0.0.1/32 cert\nhost all all all reject",
      ),
      declaration: declares("api"),
    },
    {
      title: "a caller on pods, which have no addresses of their own",
      hosts: own("ssl = on", "hostssl a b 10.0.4.0/22 scram-sha-256"),
      declaration: declares("api", "web"),
    },
    {
      title: "a caller on pods, from the subnets of its service",
      hosts: own(
        "ssl = on",
        "hostssl a b 10.0.4.0/22 cert\nhostssl a b 10.0.5.0/24 cert\nhostssl a b 10.0.0.8/32 cert",
      ),
      declaration: { ...declares("api", "web"), subnets: [app("shop", "10.0.4.0/22"), app("mail", "10.0.8.0/22")] },
    },
    {
      title: "one account that comes as one login",
      hosts: maps("# m /.* postgres", "m postgres postgres", "m ops backup"),
    },
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
    {
      title: "accounts that come as a login by a pattern, as any login, or as the one that may do everything",
      hosts: maps("m /^.*$ backup", "m ops all", "m ops /^b", "m ops +staff", 'm "ops" postgres', "m root backup"),
      finds: Array.from({ length: 5 }, () => `db:${PATH} pg_ident`),
    },
    {
      title: "the same by Patroni, which names its superuser",
      hosts: {
        db: {
          [PATRONI]: `${patroni(["local all all peer map=m"]).db[PATRONI]}  pg_ident:\n    - "m ops admin"\n    - "m /. backup"\n  authentication: {superuser: {username: admin}}\n`,
        },
      },
      finds: [`db:${PATRONI} pg_ident`, `db:${PATRONI} pg_ident`],
    },
    {
      title: "more addresses than those who are declared to call have",
      hosts: own("ssl = on", "hostssl a b 10.0.0.8/29 scram-sha-256\nhostssl a b 10.0.1.5/32 cert"),
      declaration: declares("api"),
      finds: [`db:${PATH} pg_hba`, `db:${PATH} pg_hba`],
    },
    {
      title: "more addresses than the subnets of those on pods, and those of another service's pods",
      hosts: own(
        "ssl = on",
        "hostssl a b 10.0.0.0/20 cert\nhostssl a b 10.0.8.0/22 cert\nhostssl a b 10.0.4.0/21 cert",
      ),
      declaration: { ...declares("web"), subnets: [app("shop", "10.0.4.0/22"), app("mail", "10.0.8.0/22")] },
      finds: [`db:${PATH} pg_hba`, `db:${PATH} pg_hba`, `db:${PATH} pg_hba`],
    },
    {
      title: "the same by Patroni",
      hosts: patroni(["hostssl a b 10.0.0.0/20 cert", "hostssl a b 10.0.4.0/22 cert"]),
      declaration: { ...declares("web"), subnets: [app("shop", "10.0.4.0/22"), app("mail", "10.0.8.0/22")] },
      finds: [`db:${PATRONI} pg_hba`],
    },
  ],
  unknown: [
    {
      title: "files that nobody shows come last",
      hosts: own("ssl = on\ninclude_dir 'conf.d'\ninclude_if_exists = '/tmp/x.conf'\n", "local all all peer"),
      finds: [`db:${PATH} include`, `db:${PATH} include`],
    },
    {
      title: "Patroni begins with a file that nobody shows",
      hosts: patroni(["local all all peer"], "ssl: on\n  custom_conf: /tmp/x.conf"),
      finds: [`db:${PATRONI} include`],
    },
    {
      title: "initdb has decided who may log in",
      hosts: { db: { [PATH]: "ssl = on" } },
      finds: [`db:${PATH} pg_hba`],
    },
    {
      title: "maps, and lines of logins, in files that nobody shows",
      hosts: {
        db: {
          ...own("ssl = on", "local all backup peer map=m").db,
          [IDENT]: "include /tmp/maps",
        },
        other: own("ssl = on\nhba_file = '/tmp/hba'", "").db,
        third: own("ssl = on", "local all backup peer map=m").db,
      },
      finds: [`db:${PATH} pg_ident`, `other:${PATH} pg_hba`, `third:${PATH} pg_ident`],
    },
    {
      title: "Patroni is told to let them be",
      hosts: patroni(["local all all peer map=m"], "ssl: on\n    hba_file: /tmp/hba"),
      finds: [`db:${PATRONI} pg_hba`],
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
  inFile(CONF, "begin with what nobody sees", /^( *)parameters:$/m, "$1custom_conf: /tmp/x.conf\n$&"),
  inFile(CONF, "take logins from a neighbour", /(hostssl ticketing app,migrate 10\.\d+\.\d+)\.\d+\/32/, "$1.9/32"),
  inFile(CONF, "take logins from a subnet", /(hostssl ticketing app,migrate 10\.\d+\.\d+)\.\d+\/32/, "$1.0/24"),
  inFile(CONF, "let every account come as the backup", '"backup postgres backup"', '"backup /^.*$ backup"'),
  inFile(CONF, "let another account come as the superuser", '"backup postgres backup"', '"backup prometheus postgres"'),
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
