import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mariadb } from "../../../ansible/inventory/roles/mariadb.ts";
import { messageBroker } from "../../../services/products/message-broker.ts";
import { type Rendered, render } from "../support/render.ts";

const MAIN = "dev-brk-main-a";

interface Account {
  readonly name: string;
  readonly passwords: readonly string[];
  readonly grants: readonly { readonly privileges: readonly string[]; readonly object: string }[];
}

let rendered: Rendered;
beforeAll(() => {
  rendered = render([mariadb], [MAIN]);
}, 120_000);
afterAll(() => rendered.remove());

const settings = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    rendered
      .text(MAIN, "etc/mysql/mariadb.conf.d/99-platform.cnf")
      .split("\n")
      .filter((line) => line.includes(" = "))
      .map((line) => line.split(" = ")),
  );

const accounts = (): readonly Account[] => JSON.parse(rendered.text(MAIN, "etc/mysql/platform-accounts.json")).accounts;

const granted = (login: string): readonly string[] =>
  accounts()
    .filter(({ name }) => name === login)
    .flatMap(({ grants }) =>
      grants.flatMap(({ privileges, object }) => privileges.map((each) => `${each} ON ${object}`)),
    )
    .toSorted();

test("[BRK-12.2] [BRK-14.3] listens on loopback only, in utf8mb4", () => {
  expect(settings()).toMatchObject({ bind_address: "127.0.0.1", port: "3306", character_set_server: "utf8mb4" });
});

test("[BRK-24.6] audits what people and migrations change", () => {
  expect(settings()).toMatchObject({ server_audit_logging: "ON", server_audit_incl_users: "root,broker_migrate" });
  expect(settings()["server_audit_events"]?.split(",")).toEqual(expect.arrayContaining(["QUERY_DDL", "QUERY_DCL"]));
});

describe("logins have what the catalogue says and nothing else", () => {
  const database = "message_system";

  test("they are those of the catalogue", () => {
    const store = messageBroker.stores.find(({ kind }) => kind === "local-mysql");
    expect(store !== undefined && "accounts" in store && Object.keys(store.accounts)).toEqual(
      accounts().map(({ name }) => name),
    );
  });

  test("[BRK-13.2] the application reads and writes rows, of its database only", () => {
    expect(granted("systemuser")).toEqual(
      ["DELETE", "INSERT", "SELECT", "UPDATE"].map((each) => `${each} ON ${database}.*`),
    );
  });

  test("[BRK-22.3] migrations change the schema of that database, and the application does not", () => {
    expect(granted("broker_migrate")).toContain(`ALTER ON ${database}.*`);
    expect(granted("broker_migrate").every((each) => each.endsWith(` ON ${database}.*`))).toBe(true);
    expect(granted("systemuser")).not.toContain(`ALTER ON ${database}.*`);
  });

  test("[BRK-25.2] the dump's login reads, procedures included", () => {
    expect(granted("broker_backup")).toEqual([
      `EVENT ON ${database}.*`,
      `LOCK TABLES ON ${database}.*`,
      "PROCESS ON *.*",
      `SELECT ON ${database}.*`,
      `SHOW CREATE ROUTINE ON ${database}.*`,
      `SHOW VIEW ON ${database}.*`,
      `TRIGGER ON ${database}.*`,
    ]);
  });

  test("[BRK-27.2] [BRK-28.4] purge and statistics call one procedure each", () => {
    expect(granted("broker_cleanup")).toEqual([`EXECUTE ON PROCEDURE ${database}.sp_cleanup_old_messages`]);
    expect(granted("broker_metrics")).toEqual([`EXECUTE ON PROCEDURE ${database}.sp_get_stats`]);
  });

  test("the exporter reads no row", () => {
    expect(granted("broker_exporter")).toEqual(["BINLOG MONITOR ON *.*", "PROCESS ON *.*"]);
  });
});

describe("scheduled commands", () => {
  const files = (): Readonly<Record<string, { readonly mode: string; readonly owner: string }>> =>
    JSON.parse(rendered.text(MAIN, "files.json"));

  test("[BRK-SEC.12] log in by option files of root, each with a login of its own", () => {
    const found = Object.entries(files()).filter(([path]) => path.startsWith("/etc/message-broker/"));
    expect(found.map(([path]) => path)).toEqual(
      ["backup", "cleanup", "metrics"].map((name) => `/etc/message-broker/${name}.cnf`),
    );
    for (const [, file] of found) expect(file).toMatchObject({ mode: "0600", owner: "root" });
    expect(rendered.text(MAIN, "etc/message-broker/cleanup.cnf")).toContain(
      'user = broker_cleanup\npassword = "%%secret:dev/message-broker/db-cleanup%%"\n',
    );
  });

  test("[BRK-SEC.12] the purge names one that is there", () => {
    const purge = messageBroker.jobs.find(({ name }) => name === "purge");
    const option = purge?.command.find((word) => word.startsWith("--defaults-extra-file="));
    expect(Object.keys(files())).toContain(option?.slice("--defaults-extra-file=".length));
  });

  test("passwords of all logins stand in a file of root alone", () => {
    expect(files()["/etc/mysql/platform-accounts.json"]).toMatchObject({ mode: "0600", owner: "root" });
  });
});
