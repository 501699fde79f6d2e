import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { AddressSet } from "../../model/addresses.ts";
import { declaredCallers } from "../../model/hosts/declared-callers.ts";
import { isOn, type Postgres, postgreses } from "../../model/hosts/postgres.ts";
import { isWide } from "../../model/hosts/postgres-hba.ts";
import { broadIn } from "../../model/hosts/postgres-ident.ts";
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
  fix: "hostssl lines with scram-sha-256 or cert for single addresses; one account a line in pg_ident; ssl on; ssl_min_protocol_version TLSv1.2 or later.",
  appliesTo: postgreses,
  requirements: [],
  check: (server, estate) => {
    const { parameter, missing, host, port } = server;
    return [
      ...missing.map((path) => objection("include", new Unknown(path), "a file that stands beside it in the outputs")),
      ...admitted(server, declaredCallers(estate, host, port)),
      ...mapped(server),
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

function admitted({ hba }: Postgres, callers: AddressSet | undefined): readonly Objection[] {
  if (hba === undefined) return [objection("pg_hba", new Unknown("what initdb wrote"), "lines that are given")];
  return hba.flatMap((entry) => {
    const { type, method, line } = entry;
    if (method === "reject") return [];
    const allowed = type === "local" ? [...METHODS, "peer"] : METHODS;
    return [
      ...(allowed.includes(method) ? [] : [objection("pg_hba", line, `one of ${allowed.join(", ")}`)]),
      ...(type === "local" || type === "hostssl" ? [] : [objection("pg_hba", line, "hostssl: no clear text")]),
      ...(isWide(entry, callers) ? [objection("pg_hba", line, "the addresses of known clients")] : []),
    ];
  });
}

/** Accounts of the host, and names in certificates, that come as logins with other names. */
function mapped({ hba = [], ident, superuser }: Postgres): readonly Objection[] {
  if (ident === undefined) {
    const asked = hba.some((entry) => entry.mapped);
    return asked ? [objection("pg_ident", new Unknown("what initdb wrote"), "lines that are given")] : [];
  }
  return ident.flatMap((entry) => {
    if (entry.included) return [objection("pg_ident", new Unknown(entry.line), "lines that are given")];
    const expected = broadIn(entry, superuser);
    return expected === undefined ? [] : [objection("pg_ident", entry.line, expected)];
  });
}
