import { type Estate, type Host, type HostFile, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown } from "../value.ts";
import { type HbaEntry, hbaEntryOf } from "./postgres-hba.ts";
import { at, yamlOf } from "./yaml-files.ts";

/** A PostgreSQL server: by Patroni's file, or by its own. */
export interface Postgres {
  readonly at: Place;
  readonly host: Host;
  /** Parameters in force, by name; what Patroni settles for the whole cluster among them. */
  readonly parameter: (name: string) => string | undefined;
  /** Who may log in; nothing where outputs do not say it, and initdb admits everybody of the host. */
  readonly hba: readonly HbaEntry[] | undefined;
  /** Patroni's whole file. */
  readonly patroni: JsonObject | undefined;
  /** What Patroni holds for the whole cluster. */
  readonly cluster: JsonObject;
}

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
  const hba = at(patroni, "postgresql.pg_hba") ?? at(cluster, "postgresql.pg_hba") ?? at(patroni, "bootstrap.pg_hba");
  return {
    ...{ at: placeOfHost(host, file.path), host, patroni, cluster },
    parameter: (name) => wordOf(parameters[name]),
    hba: Array.isArray(hba) ? listOf(hba).flatMap((line) => hbaEntryOf(textOf(line) ?? "")) : undefined,
  };
}

function byItself(host: Host, file: HostFile, files: readonly HostFile[]): Postgres {
  const parameters = new Map(
    [...file.text.matchAll(/^\s*([\w.]+)\s*=?\s*('(?:[^']|'')*'|[^\s#]+)/gm)].map(([, name = "", value = ""]) => [
      name.toLowerCase(),
      value.replace(/^'|'$/g, ""),
    ]),
  );
  const hba = files.find(({ path }) => path.endsWith("/pg_hba.conf"));
  return {
    ...{ at: placeOfHost(host, file.path), host, patroni: undefined, cluster: {} },
    parameter: (name) => parameters.get(name),
    hba: hba?.text.split("\n").flatMap(hbaEntryOf),
  };
}

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
