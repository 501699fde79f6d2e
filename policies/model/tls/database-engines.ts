import { lowestOf, type Protocol } from "./protocols.ts";

/** How an engine of AWS's managed databases is told to refuse clear text, and what it does when it is told nothing. */
export interface EngineTransport {
  /** The parameter that refuses clear text. */
  readonly parameter: string;
  readonly refuses: (value: string) => boolean;
  /** Whether it refuses clear text where the parameter is not set. */
  readonly refusesByDefault: (version: number) => boolean;
  /** The parameter that says which versions of TLS it speaks, where that is another one. */
  readonly versions: string | undefined;
  readonly lowest: (value: string) => Protocol | undefined;
  /** The oldest that it speaks where that is not set. */
  readonly lowestByDefault: (version: number) => Protocol;
}

const on = (value: string): boolean => /^(?:1|on|true)$/i.test(value.trim());
const listed = (value: string): Protocol | undefined => lowestOf(value.split(","));
const since =
  (first: number) =>
  (version: number): boolean =>
    version >= first;

/** "Requiring an SSL/TLS connection": on by default from PostgreSQL 15 in RDS and from 17 in Aurora. TLS 1.2 from 14 on. */
const postgres = (first: number): EngineTransport => ({
  parameter: "rds.force_ssl",
  refuses: on,
  refusesByDefault: since(first),
  versions: "ssl_min_protocol_version",
  lowest: (value) => listed(value),
  lowestByDefault: (version) => (version >= 12 ? "TLSv1.2" : "TLSv1"),
});

/** "Requiring SSL/TLS for all connections": off by default; MariaDB has it on from 11.8. TLS 1.2 from MySQL 8.0 on. */
const mysql = (first: number, modern: number): EngineTransport => ({
  parameter: "require_secure_transport",
  refuses: on,
  refusesByDefault: since(first),
  versions: "tls_version",
  lowest: listed,
  lowestByDefault: (version) => (version >= modern ? "TLSv1.2" : "TLSv1"),
});

/** Read from the user guides of RDS, Aurora, DocumentDB, Neptune and Redshift, 2026-11-22. */
export const engines: ReadonlyMap<string, EngineTransport> = new Map([
  ["postgres", postgres(15)],
  ["aurora-postgresql", postgres(17)],
  ["mysql", mysql(Number.POSITIVE_INFINITY, 8)],
  ["aurora-mysql", mysql(Number.POSITIVE_INFINITY, 8)],
  ["aurora", mysql(Number.POSITIVE_INFINITY, 8)],
  ["mariadb", mysql(versionNumber("11.8"), versionNumber("10.5"))],
  [
    "sqlserver",
    {
      parameter: "rds.force_ssl",
      refuses: on,
      refusesByDefault: () => false,
      // Versions are switched off one by one; TLS 1.0 and 1.1 are what clients of old need.
      versions: undefined,
      lowest: () => "TLSv1.2",
      lowestByDefault: () => "TLSv1.2",
    },
  ],
  [
    "docdb",
    {
      parameter: "tls",
      refuses: (value) => value !== "disabled",
      refusesByDefault: () => true,
      versions: "tls",
      // "enabled: the cluster accepts secure connections using TLS version 1.0 through 1.3".
      lowest: (value) => DOCUMENTS.get(value),
      lowestByDefault: () => "TLSv1",
    },
  ],
  [
    "neptune",
    {
      parameter: "neptune_enforce_ssl",
      refuses: on,
      refusesByDefault: () => true,
      versions: undefined,
      lowest: () => "TLSv1.2",
      lowestByDefault: () => "TLSv1.2",
    },
  ],
  [
    "redshift",
    {
      parameter: "require_ssl",
      refuses: on,
      // Family redshift-2.0 refuses clear text, redshift-1.0 takes it.
      refusesByDefault: since(2),
      versions: undefined,
      lowest: () => "TLSv1.2",
      lowestByDefault: () => "TLSv1.2",
    },
  ],
]);

const DOCUMENTS: ReadonlyMap<string, Protocol> = new Map([
  ["enabled", "TLSv1"],
  ["tls1.2+", "TLSv1.2"],
  ["fips-140-3", "TLSv1.2"],
  ["tls1.3+", "TLSv1.3"],
]);

/** A version as a number that orders as versions do: 10.11 is newer than 10.5. Only its first two parts count. */
export function versionNumber(text: string): number {
  const [major = 0, minor = 0] = text.split(".").map(Number);
  return major + minor / 1000;
}

/** Engine and major version of a family or an engine: `aurora-postgresql16`, `mariadb11.8`, `sqlserver-ex-16.0`. */
export function engineOf(family: string): { readonly engine: string; readonly version: number | undefined } {
  const [, name = family, version] = /^(.*?)-?(\d+(?:\.\d+)?)?$/.exec(family) ?? [];
  const engine = name.startsWith("sqlserver") ? "sqlserver" : name;
  return { engine, version: version === undefined ? undefined : versionNumber(version) };
}
