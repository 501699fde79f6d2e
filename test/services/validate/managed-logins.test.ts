import { expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import { logins } from "../../../services/products/resident-services/jobs.ts";
import { database } from "../../../services/products/resident-services/stores.ts";
import { residentServices } from "../../../services/products/resident-services.ts";
import type { Account } from "../../../services/schema/stored.ts";
import { describeFault, validateCatalogue } from "../../../services/validate.ts";

const TODAY = "2026-11-21";
const path = "resident-services/stores/database/accounts";
const oneJob = "must be made by one job, as postgresLogins declares it, and nobody else may hold the administrator";

/** Faults of the real catalogue, resident-services changed. */
const faults = (change: Partial<typeof residentServices>) =>
  validateCatalogue(
    {
      ...catalogue,
      services: catalogue.services.map((service) =>
        service === residentServices ? { ...residentServices, ...change } : service,
      ),
    },
    TODAY,
  ).map(describeFault);
const migratingAs = (role: unknown) => {
  const { role: _, ...migrate } = database.accounts.migrate;
  const account = (role === undefined ? migrate : { ...migrate, role }) as Account;
  return faults({
    stores: residentServices.stores.map((store) =>
      store === database ? { ...database, accounts: { ...database.accounts, migrate: account } } : store,
    ),
  });
};

test("the logins of the catalogue's managed databases are made", () => {
  expect(faults({}).filter((fault) => fault.includes("/accounts"))).toEqual([]);
});

test("fails when no job makes the logins of a managed database", () => {
  expect(faults({ jobs: residentServices.jobs.filter((job) => job !== logins) })).toContain(
    `${path}: ${oneJob}, got nothing`,
  );
});

test("fails when a second job is told the administrator", () => {
  expect(faults({ jobs: [...residentServices.jobs, { ...logins, name: "fixes" }] })).toContain(
    `${path}: ${oneJob}, got resident-services/logins, resident-services/fixes`,
  );
});

test("fails when a component is told the administrator", () => {
  const component = residentServices.components.find(({ kind }) => kind === "pods");
  if (component?.kind !== "pods") throw new Error("resident-services has pods");
  const environment = { ...component.environment, ...logins.environment };
  expect(
    faults({ components: [{ ...component, name: "console", environment }, ...residentServices.components] }),
  ).toContain(`${path}: ${oneJob}, got resident-services/console, resident-services/logins`);
});

test("fails when nobody owns what migrations make", () => {
  expect(migratingAs(undefined)).toContain(`${path}: must hold one login with role "owner", got nothing`);
});

test("fails when a login is to be more than PostgreSQL's own roles and the owner", () => {
  expect(migratingAs("rds_superuser").filter((fault) => fault.startsWith(`${path}/migrate/role`))).toEqual([
    `${path}/migrate/role: must be one of "owner", "pg_monitor", "pg_read_all_data", got "rds_superuser"`,
  ]);
});
