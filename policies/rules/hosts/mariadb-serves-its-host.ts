import { demand, objection, rule } from "../../engine/rule.ts";
import { isOn, mariadbs } from "../../model/hosts/mariadb.ts";

const VERSIONS = ["tlsv1.2", "tlsv1.3"];
/** Where packages have their libraries: root's folders. */
const PLUGINS = /^\/usr\/(?:local\/)?lib(?:64)?\/(?:[\w.-]+\/)*plugin\/?$/;

/** The database is reached by programs of its host, or over TLS; it reads no files of clients and asks for passwords. */
export const mariadbServesItsHost = rule({
  id: "HOST-027",
  slug: "mariadb-serves-its-host",
  severity: "critical",
  title: "MariaDB listens on loopback, or takes TLS only, and loses nothing at a power cut",
  why: "Messages and passwords would be open to the network; a client's file or one without grants opens the rest.",
  fix: "bind_address 127.0.0.1 (or require_secure_transport ON), local_infile OFF, no skip_grant_tables, sync_binlog 1.",
  appliesTo: mariadbs,
  requirements: ["BRK-14.3", "BRK-15.3"],
  check: ({ option, local }) => {
    const versions = (option("tls_version") ?? "TLSv1.2,TLSv1.3").toLowerCase().split(",");
    const most = (name: string, value: string, expected: string) =>
      demand(name, option(name) ?? value, expected, (it) => it.toUpperCase() === expected);
    return [
      ...(local || isOn(option("require_secure_transport"))
        ? []
        : [objection("bind_address", option("bind_address") ?? "*", "127.0.0.1, or require_secure_transport ON")]),
      ...demand("tls_version", versions, "TLSv1.2 and TLSv1.3 at most", (all) =>
        all.every((each) => VERSIONS.includes(each.trim())),
      ),
      // Clients may send files by default.
      ...demand("local_infile", option("local_infile") ?? "ON", "OFF", (it) => !isOn(it)),
      ...demand("skip_grant_tables", option("skip_grant_tables") ?? "OFF", "OFF", (it) => !isOn(it)),
      ...demand(
        "init_file",
        option("init_file") ?? "",
        "none: it is run without a login at each start",
        (it) => it === "",
      ),
      ...demand(
        "plugin_dir",
        option("plugin_dir"),
        "the folder of the package",
        (it) => it === undefined || PLUGINS.test(it),
      ),
      ...most("innodb_flush_log_at_trx_commit", "1", "1"),
      ...demand(
        "log_bin",
        option("log_bin") ?? "OFF",
        "a file: the way back from a mistake",
        (it) => it.toUpperCase() !== "OFF",
      ),
      ...demand("skip_log_bin", option("skip_log_bin") ?? "OFF", "OFF", (it) => !isOn(it)),
      ...most("sync_binlog", "0", "1"),
    ];
  },
});
