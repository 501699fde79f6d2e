import { type Estate, type Host, type HostFile, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { type HbaEntry, hbaEntryOf } from "./postgres-hba.ts";
import { type IdentEntry, identEntryOf } from "./postgres-ident.ts";
import { at, yamlOf } from "./yaml-files.ts";

/** A PostgreSQL server: by Patroni's file, or by its own. */
export interface Postgres {
  readonly at: Place;
  readonly host: Host;
  /** Parameters in force, by name; what Patroni settles for the whole cluster among them. */
  readonly parameter: (name: string) => string | undefined;
  /** Who may log in; nothing where outputs do not say it, and initdb admits everybody of the host. */
  readonly hba: readonly HbaEntry[] | undefined;
  /** Which accounts come as which logins; nothing where outputs do not say it. */
  readonly ident: readonly IdentEntry[] | undefined;
  /** The login that may do everything. */
  readonly superuser: string;
  readonly port: number;
  /** Patroni's whole file. */
  readonly patroni: JsonObject | undefined;
  /** What Patroni holds for the whole cluster. */
  readonly cluster: JsonObject;
  /** Files of settings that it reads and outputs do not hold. */
  readonly missing: readonly string[];
}

const SUPERUSER = "postgres";
const PORT = 5432;

/** Every PostgreSQL of every host. */
export const postgreses = kind<Postgres>("PostgreSQL", (estate: Estate) =>
  estate.hosts.flatMap((host) => {
    const files = [...host.files.values()];
    const patroni = files.find(
      ({ path, text }) => path.includes("patroni") && /\.ya?ml$/.test(path) && /^postgresql:/m.test(text),
    );
    if (patroni !== undefined) return [byPatroni(estate, host, patroni, files)];
    const own = files.find(({ path }) => path.endsWith("/postgresql.conf"));
    return own === undefined ? [] : [byItself(host, own, files)];
  }),
);

function byPatroni(estate: Estate, host: Host, file: HostFile, files: readonly HostFile[]): Postgres {
  const read = yamlOf(estate, file);
  const patroni = isUnknown(read) ? {} : read;
  const settled = files.find(({ path }) => path.includes("/patroni/") && path.endsWith(".json"));
  const first = objectOf(at(patroni, "bootstrap.dcs"));
  const cluster = { ...first, ...objectOf(settled === undefined ? {} : jsonOf(settled.text)["dynamic"]) };
  const parameters: JsonObject = {
    ...objectOf(at(first, "postgresql.parameters")),
    ...objectOf(at(cluster, "postgresql.parameters")),
    ...objectOf(at(patroni, "postgresql.parameters")),
  };
  const parameter = (name: string): string | undefined => wordOf(parameters[name]);
  const said = (name: string): unknown => at(patroni, `postgresql.${name}`) ?? at(cluster, `postgresql.${name}`);
  // It lets files be that PostgreSQL is told to read elsewhere.
  const linesOf = (setting: string, lines: unknown): readonly string[] | undefined => {
    const path = parameter(setting);
    if (path !== undefined) return files.find((each) => each.path === path)?.text.split("\n");
    return Array.isArray(lines) ? listOf(lines).map((line) => textOf(line) ?? "") : undefined;
  };
  const listen = wordOf(said("listen")) ?? "";
  return {
    ...{ at: placeOfHost(host, file.path), host, patroni, cluster, parameter },
    // In the place of what initdb wrote, before all that Patroni says.
    missing: lostOf(files, textOf(at(patroni, "postgresql.custom_conf")) ?? ""),
    hba: linesOf("hba_file", said("pg_hba") ?? at(patroni, "bootstrap.pg_hba"))?.flatMap(hbaEntryOf),
    ident: linesOf("ident_file", said("pg_ident"))?.flatMap(identEntryOf),
    superuser: wordOf(at(patroni, "postgresql.authentication.superuser.username")) ?? SUPERUSER,
    port: Number(/:(\d+)$/.exec(listen)?.[1] ?? PORT),
  };
}

function byItself(host: Host, file: HostFile, files: readonly HostFile[]): Postgres {
  const included = includedIn(file, files);
  const parameters = new Map(
    [...included.text.matchAll(/^\s*([\w.]+)\s*=?\s*('(?:[^']|'')*'|[^\s#]+)/gm)].map(([, name = "", value = ""]) => [
      name.toLowerCase(),
      value.replace(/^'|'$/g, ""),
    ]),
  );
  const linesOf = (setting: string, name: string): readonly string[] | undefined => {
    const named = parameters.get(setting);
    const found = files.find(({ path }) => (named === undefined ? path.endsWith(name) : path === named));
    return found?.text.split("\n");
  };
  return {
    ...{ at: placeOfHost(host, file.path), host, patroni: undefined, cluster: {}, missing: included.missing },
    parameter: (name) => parameters.get(name),
    hba: linesOf("hba_file", "/pg_hba.conf")?.flatMap(hbaEntryOf),
    ident: linesOf("ident_file", "/pg_ident.conf")?.flatMap(identEntryOf),
    superuser: SUPERUSER,
    port: Number(parameters.get("port") ?? PORT),
  };
}

const INCLUDE = /^\s*(include|include_if_exists|include_dir)\b\s*=?\s*'?([^'\s#]+)'?.*$/gm;

interface Included {
  readonly text: string;
  readonly missing: readonly string[];
}

/** A file with those that it includes in their places; whoever may write one of them settles what comes after. */
function includedIn(file: HostFile, files: readonly HostFile[], on: readonly string[] = []): Included {
  const missing: string[] = [];
  const under = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const text = file.text.replaceAll(INCLUDE, (_, how: string, name: string) => {
    const path = name.startsWith("/") ? name : `${under}${name}`;
    const found = files
      .filter((each) => !on.includes(each.path))
      .filter((each) => (how === "include_dir" ? isIn(path, each.path) : each.path === path))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
    if (found.length === 0) missing.push(path);
    return found
      .map((each) => {
        const inner = includedIn(each, files, [...on, file.path, each.path]);
        missing.push(...inner.missing);
        return inner.text;
      })
      .join("\n");
  });
  return { text, missing };
}

/** Directly in a folder, by a name that counts there. */
const isIn = (folder: string, path: string): boolean =>
  path.slice(0, path.lastIndexOf("/")) === folder.replace(/\/$/, "") && path.endsWith(".conf");

const lostOf = (files: readonly HostFile[], path: string): readonly string[] =>
  path === "" || files.some((each) => each.path === path) ? [] : [path];

function jsonOf(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

/** YAML has `on` as a text or as a flag. */
function wordOf(value: unknown): string | undefined {
  if (value === undefined || value === null || isObject(value)) return undefined;
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}

/** `on`, `true`, `yes`, `1`. */
export const isOn = (value: string | undefined, byDefault: boolean): boolean =>
  value === undefined ? byDefault : ["on", "true", "yes", "1"].includes(value.toLowerCase());
