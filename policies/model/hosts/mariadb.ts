import { kind } from "../estate.ts";
import { isObject, listOf, objectOf, textOf } from "../json.ts";
import { isLoopback } from "../nginx/listen.ts";
import { type Place, placeOfHost } from "../place.ts";
import { parseIni } from "./ini.ts";

/** A MariaDB or MySQL server: all its option files together. */
export interface Mariadb {
  readonly at: Place;
  /** The last value of an option; `skip-x` alone is `on`. */
  readonly option: (name: string) => string | undefined;
  /** Whether it is reached from its own host alone. */
  readonly local: boolean;
}

/** An account of a database with what it may do. */
export interface DatabaseAccount {
  readonly at: Place;
  readonly name: string;
  /** Where from; nothing: this host. */
  readonly from: string | undefined;
  readonly grants: readonly { readonly object: string; readonly privileges: readonly string[] }[];
}

const FILE = /\/my(?:sql|\.cnf)?(?:\/.*\.cnf|\.cnf)?$/;
const SERVER = new Set(["mysqld", "mariadbd", "server", "mariadb"]);

/** Every MariaDB and MySQL of every host: by files that set up a server, not a client. */
export const mariadbs = kind<Mariadb>("MariaDB", ({ hosts }) =>
  hosts.flatMap((host) => {
    const files = [...host.files.values()].filter(({ path }) => path.endsWith(".cnf") && FILE.test(path));
    files.sort((one, other) => (one.path < other.path ? -1 : 1));
    const settings = files
      .flatMap(({ text }) => parseIni(text))
      .filter(({ section }) => SERVER.has(section.replace(/-.*/, "")))
      // An option that a server need not know, and knows all the same.
      .map((each) => ({ ...each, name: each.name.replace(/^loose_/, "") }));
    const last = files.findLast(({ text }) =>
      parseIni(text).some(({ section }) => SERVER.has(section.replace(/-.*/, ""))),
    );
    if (last === undefined) return [];
    const option = (name: string): string | undefined => {
      const found = settings.findLast((each) => each.name === name);
      return found === undefined ? undefined : (found.value ?? "on");
    };
    const bind = option("bind_address") ?? "*";
    const local = isOn(option("skip_networking")) || bind.split(",").every((each) => isLoopback(each.trim()));
    return [{ at: placeOfHost(host, last.path), option, local }];
  }),
);

/** Accounts that a host's own program makes. */
export const databaseAccounts = kind<DatabaseAccount>("account of a database", ({ hosts }) =>
  hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(({ path }) => path.includes("/mysql/") && path.endsWith(".json"))
      .flatMap(({ path, text }) => accountsOf(text).map((account) => ({ at: placeOfHost(host, path), ...account }))),
  ),
);

function accountsOf(text: string): readonly Omit<DatabaseAccount, "at">[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return [];
  }
  return listOf(objectOf(json)["accounts"])
    .filter(isObject)
    .map((account) => ({
      name: textOf(account["name"]) ?? "",
      from: textOf(account["host"]),
      grants: listOf(account["grants"])
        .filter(isObject)
        .map((grant) => ({
          object: textOf(grant["object"]) ?? "*.*",
          privileges: listOf(grant["privileges"]).map((each) => String(each).toUpperCase()),
        })),
    }));
}

export const isOn = (value: string | undefined): boolean =>
  value !== undefined && ["on", "1", "true", "yes"].includes(value.toLowerCase());
