import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/mysql/mariadb.conf.d/99-platform.cnf";
const cnf = (...lines: readonly string[]) => ({ db: { [PATH]: ["[mariadbd]", ...lines].join("\n") } });
const safe = ["local-infile=0", "log_bin = /srv/binlog", "sync-binlog = 1"];

export const examples: Examples = {
  good: [
    { title: "on loopback", hosts: cnf("bind-address = 127.0.0.1", ...safe) },
    {
      title: "TLS only, in the network",
      hosts: cnf("bind_address = 10.0.0.4", "require_secure_transport = ON", ...safe),
    },
    { title: "on its socket alone", hosts: cnf("skip-networking", ...safe) },
    {
      title: "the package's own folder of libraries",
      hosts: cnf("skip-networking", ...safe, "plugin_dir = /usr/lib/mysql/plugin", "init_file ="),
    },
  ],
  bad: [
    {
      title: "nothing is said to the server, only to clients",
      hosts: { db: { [PATH]: "[client]\nbind_address = 127.0.0.1\n[mysqld]\nport = 3306" } },
      finds: ["bind_address", "local_infile", "log_bin", "sync_binlog"].map((name) => `db:${PATH} ${name}`),
    },
    {
      title: "no way back from a mistake, by a later line",
      hosts: cnf("skip-networking", ...safe, "skip-log-bin"),
      finds: [`db:${PATH} skip_log_bin`],
    },
    {
      title: "a later file opens it",
      hosts: {
        db: {
          ...cnf("bind_address = 127.0.0.1", ...safe).db,
          "/etc/mysql/mariadb.conf.d/99-z.cnf":
            "[mysqld]\nbind-address=0.0.0.0\nskip-grant-tables\ntls_version = TLSv1.1\ninnodb_flush_log_at_trx_commit=2",
        },
      },
      finds: ["bind_address", "tls_version", "skip_grant_tables", "innodb_flush_log_at_trx_commit"].map(
        (name) => `db:/etc/mysql/mariadb.conf.d/99-z.cnf ${name}`,
      ),
    },
    {
      title: "SQL of somebody at each start, and libraries of somebody",
      hosts: cnf("bind_address = 127.0.0.1", ...safe, "init-file=/tmp/x.sql", "loose-plugin_dir = /tmp"),
      finds: ["init_file", "plugin_dir"].map((name) => `db:${PATH} ${name}`),
    },
  ],
  unknown: [],
};

const CONF = /99-platform\.cnf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "listen everywhere", "bind_address = 127.0.0.1", "bind_address = 0.0.0.0"),
  inFile(CONF, "leave where to the default", "bind_address = 127.0.0.1", ""),
  inFile(CONF, "let clients send files", "local_infile = OFF", "local_infile = ON"),
  inFile(CONF, "ask for no passwords", "[mariadbd]", "[mariadbd]\nskip-grant-tables"),
  inFile(CONF, "run SQL at each start", "[mariadbd]", "[mariadbd]\ninit-file = /tmp/x.sql"),
  inFile(CONF, "load libraries of somebody", "[mariadbd]", "[mariadbd]\nplugin-dir = /tmp"),
  inFile(CONF, "speak old versions", "TLSv1.2,TLSv1.3", "TLSv1.0,TLSv1.2"),
  inFile(CONF, "keep no log of changes", /^log_bin = .*$/m, ""),
  inFile(CONF, "write a second later", "innodb_flush_log_at_trx_commit = 1", "innodb_flush_log_at_trx_commit = 2"),
];
