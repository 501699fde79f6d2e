import { demand, objection, rule } from "../../engine/rule.ts";
import { isOn, postgreses } from "../../model/hosts/postgres.ts";
import { isWide } from "../../model/hosts/postgres-hba.ts";
import { Unknown } from "../../model/value.ts";

const VERSIONS = ["TLSv1.2", "TLSv1.3"];
/** Over the network a password that is never sent, or a certificate; on the socket also the account of the host. */
const METHODS: readonly string[] = ["scram-sha-256", "cert", "reject"];

/** Every login comes over TLS, from a known place, with a password that is never sent. */
export const postgresAdmitsKnownLogins = rule({
  id: "HOST-023",
  slug: "postgres-admits-known-logins",
  severity: "critical",
  title: "PostgreSQL admits logins over TLS with SCRAM or certificates only, from named addresses",
  why: "`trust` asks nothing, `md5` and `password` can be replayed or read, and a `host` line takes clear text.",
  fix: "hostssl lines with scram-sha-256 or cert for single addresses; ssl on; ssl_min_protocol_version TLSv1.2 or later.",
  appliesTo: postgreses,
  requirements: [],
  check: ({ hba, parameter }) => {
    const lines = hba?.flatMap((entry) => {
      const { type, method, line } = entry;
      if (method === "reject") return [];
      const allowed = type === "local" ? [...METHODS, "peer"] : METHODS;
      return [
        ...(allowed.includes(method) ? [] : [objection("pg_hba", line, `one of ${allowed.join(", ")}`)]),
        ...(type === "local" || type === "hostssl" ? [] : [objection("pg_hba", line, "hostssl: no clear text")]),
        ...(isWide(entry) ? [objection("pg_hba", line, "the addresses of known clients")] : []),
      ];
    });
    return [
      ...(lines ?? [objection("pg_hba", new Unknown("what initdb wrote"), "lines that are given")]),
      ...demand("ssl", parameter("ssl") ?? "off", "on", (it) => isOn(it, false)),
      ...demand(
        "ssl_min_protocol_version",
        parameter("ssl_min_protocol_version") ?? "TLSv1.2",
        "TLSv1.2 or later",
        (it) => VERSIONS.includes(it),
      ),
      ...demand(
        "password_encryption",
        parameter("password_encryption") ?? "scram-sha-256",
        "scram-sha-256",
        (it) => it === "scram-sha-256",
      ),
      ...demand("listen_addresses", parameter("listen_addresses") ?? "localhost", "the host's own addresses", (it) =>
        it.split(/[\s,]+/).every((each) => !["*", "0.0.0.0", "::"].includes(each)),
      ),
    ];
  },
});
