import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { patroni } from "../../../ansible/inventory/roles/patroni.ts";
import { memoryMib } from "../../../ansible/inventory/roles/patroni-memory.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolve, resolveEstate } from "../../../services/resolve.ts";
import type { Service } from "../../../services/schema/service.ts";
import { describeFault, validateCatalogue } from "../../../services/validate.ts";

const [environment] = catalogue.environments;
const ticketing = catalogue.services.find(({ name }) => name === "ticketing");
if (environment === undefined || ticketing === undefined) throw new Error("no ticketing in any environment");
const dev = resolveEstate(catalogue, environment);
const told = inventoryOf(dev, [patroni]);
const group = told.groupVars["ticketing_database"] ?? {};

/** What the role is told of ticketing, changed. */
const toldOf = (changed: Partial<Service>) => {
  const service = resolve({ ...ticketing, ...changed }, environment);
  return () => inventoryOf({ ...dev, services: [service] }, [patroni]).groupVars["ticketing_database"];
};
const database = ticketing.stores.find((store) => store.kind === "patroni");
if (database === undefined) throw new Error("ticketing has no PostgreSQL of ours");

const addresses = (party: string) =>
  dev.services.flatMap(({ hosts }) => hosts.filter((host) => host.party === party)).map(({ address }) => address);

describe("Patroni", () => {
  test("stands on the hosts of each PostgreSQL of ours, and on no others", () => {
    expect(told.groups["patroni"]).toEqual({ children: { ticketing_database: {} } });
  });

  test("lets declared hosts in alone, each as the logins whose password it reads", () => {
    expect(group["patroni_clients"]).toEqual([
      { from: "ticketing/api", addresses: addresses("ticketing/api"), logins: ["app", "migrate"] },
      { from: "ticketing/worker", addresses: addresses("ticketing/worker"), logins: ["app", "audit"] },
    ]);
    expect(addresses("ticketing/api")).toHaveLength(2);
  });

  test("lets no host in whose flow to the database is not declared", () => {
    const flows = ticketing.flows.filter(({ from, to }) => !(from.name === "worker" && to.owner === "database"));

    expect(toldOf({ flows })()?.["patroni_clients"]).toEqual([
      { from: "ticketing/api", addresses: addresses("ticketing/api"), logins: ["app", "migrate"] },
    ]);
  });

  test("gives each login its rights, and its password as a marker [TKT-4.4]", () => {
    const login = (name: string, secret: string, given: object = {}) => ({
      name,
      role: "none",
      replicates: false,
      append_only: [],
      password: `%%secret:dev/ticketing/${secret}%%`,
      ...given,
    });

    expect(group["patroni_logins"]).toEqual([
      login("app", "db-app", { append_only: ["audit_logs"] }),
      login("migrate", "db-migrate", { role: "owner" }),
      login("audit", "db-audit"),
      login("monitor", "db-monitor", { role: "pg_monitor" }),
      login("replication", "db-replication", { replicates: true }),
      login("backup", "db-dump", { role: "pg_read_all_data" }),
    ]);
  });

  test("lets the application add to the audit trail and never change it [TKT-3.1]", () => {
    expect(group["patroni_logins"]).toContainEqual(
      expect.objectContaining({ name: "app", append_only: ["audit_logs"] }),
    );
  });

  test("archives its log to the locked bucket, within a minute, for the days of the requirements [TKT-7.2, TKT-7.3, TKT-7.4]", () => {
    expect(group["patroni_archive"]).toEqual({
      stanza: "ticketing-database",
      bucket: "dev-tkt-vault-data-111111111111",
      path: "/database-archive",
      endpoint: "s3.eu-central-1.amazonaws.com",
      login: "backup",
      keep_days: 30,
      timeout_seconds: 60,
    });
    expect(group["patroni_restorable_days"]).toBe(30);
  });

  describe("acts upon a lost primary", () => {
    const role = (path: string) => parse(readFileSync(`ansible/roles/patroni/${path}`, "utf8"));
    const presets: readonly (readonly [string, Readonly<Record<string, number>>])[] = Object.entries(
      role("vars/main.yml").patroni_presets,
    );

    test.each(presets)("within times that fit each other: %s", (_name, preset) => {
      const { ttl = 0, loop_wait: loop = 0, retry_timeout: retry = 0 } = preset;

      // Else a primary that still tries to reach etcd loses its lease, and the database its primary, for nothing.
      expect(Math.min(ttl, loop, retry)).toBeGreaterThan(0);
      expect(ttl).toBeGreaterThanOrEqual(loop + 2 * retry);
    });

    test.each(presets)("as soon as the catalogue says: %s", (name) => {
      const recovery = name as "default" | "fast";
      const changed = { ...database, recovery };
      const { patroni_preset: told } =
        toldOf({
          stores: ticketing.stores.map((store) => (store === database ? changed : store)),
          backups: ticketing.backups.map((each) => (each.of === database ? { ...each, of: changed } : each)),
        })() ?? {};

      expect(told ?? role("defaults/main.yml").patroni_preset).toBe(name);
    });

    test("fails when the catalogue wants another way", () => {
      const copy = structuredClone(catalogue);
      const store = copy.services.flatMap(({ stores }) => stores).find(({ kind }) => kind === "patroni");
      Object.assign(store ?? {}, { recovery: "soon" });

      const faults = validateCatalogue(copy, "2026-06-01").map(describeFault);

      expect(faults).toContain('ticketing/stores/database/recovery: must be one of "default", "fast", got "soon"');
    });

    test("in the ways that the role knows, and in the default one where the catalogue says nothing", () => {
      expect(presets.map(([name]) => name)).toEqual(["default", "fast"]);
      expect(role("meta/argument_specs.yml").argument_specs.main.options.patroni_preset.choices).toEqual([
        "default",
        "fast",
      ]);
      expect(group).not.toHaveProperty("patroni_preset");
    });
  });

  test("takes renewed certificates up without an interruption", () => {
    expect(group["platform_reloads_on_renewal"]).toEqual(["systemctl try-reload-or-restart patroni.service"]);
  });

  test("sizes PostgreSQL by the machine and the volume of its host", () => {
    expect(told.hostVars["dev-tkt-database-a"]).toMatchObject({ patroni_memory_mib: 4096, patroni_volume_gib: 20 });
  });

  test("fails when the memory of a machine is not known", () => {
    expect(() => memoryMib("x1.tiny", "dev")).toThrow(
      'dev/machines: memory must be known (t4g.small, t4g.medium, t4g.large, m7g.medium, m7g.large, m7g.xlarge, r7g.large, r7g.xlarge), got "x1.tiny"',
    );
  });

  test("fails when nothing archives the log", () => {
    const backups = ticketing.backups.filter(({ by }) => by !== "pgbackrest");

    expect(toldOf({ backups })).toThrow(
      "ticketing/stores/database: must have a backup by pgbackrest with continuous and account, got none",
    );
  });

  test("fails when two logins own the database, or none does", () => {
    const owned = (role: "owner" | undefined) => {
      const { audit, migrate } = database.accounts;
      if (audit === undefined || migrate === undefined) throw new Error("ticketing has other logins");
      const { role: _, ...rest } = migrate;
      const accounts =
        role === undefined
          ? { ...database.accounts, migrate: rest }
          : { ...database.accounts, audit: { ...audit, role } };
      const changed = { ...database, accounts };
      return toldOf({
        stores: ticketing.stores.map((store) => (store === database ? changed : store)),
        backups: ticketing.backups.map((each) => (each.of === database ? { ...each, of: changed } : each)),
      });
    };

    expect(owned("owner")).toThrow(
      'ticketing/stores/database/accounts: exactly one must have role "owner", got migrate, audit',
    );
    expect(owned(undefined)).toThrow(
      'ticketing/stores/database/accounts: exactly one must have role "owner", got none',
    );
  });
});
