import { expect, test } from "vitest";
import { backend, site } from "../../../services/products/desktop-backend/components.ts";
import { dumpJob } from "../../../services/products/desktop-backend/operations.ts";
import { database, secrets } from "../../../services/products/desktop-backend/stores.ts";
import { desktopBackend } from "../../../services/products/desktop-backend.ts";
import { originsOf } from "../../../services/schema/value.ts";

test("the dump is made by the application's own script into BACKUP_DIR [NOD-3.1]", () => {
  expect(dumpJob.command).toEqual(["npm", "run", "backup"]);
  const directory = dumpJob.environment["BACKUP_DIR"];
  expect(directory).toBe("/backup");
  expect(Object.keys(dumpJob.scratch ?? {})).toContain(directory);
});

test("seven nights and four weeks stay restorable [NOD-3.6] [NOD-3.7]", () => {
  const [dump] = desktopBackend.backups;
  expect([dump?.schedule.every, dump?.keep]).toEqual(["day", { daily: 7, weekly: 4 }]);
});

test("fails when a job of the database holds the keys of the application", () => {
  for (const job of desktopBackend.jobs) {
    expect(Object.values(job.environment)).not.toContain(secrets.jwt);
    expect(Object.values(job.environment)).not.toContain(secrets.encryption);
  }
});

test("fails when an AWS key becomes a value or a secret [NOD-2.3]", () => {
  const names = [backend, ...desktopBackend.jobs].flatMap(({ environment }) => Object.keys(environment));
  expect(names).toContain("JWT_SECRET");
  expect([...names, ...desktopBackend.secrets.map(({ name }) => name)].filter((name) => /^aws/i.test(name))).toEqual(
    [],
  );
});

test("every secret is renewed within 90 days [NOD-2.7]", () => {
  const days = desktopBackend.secrets.map(({ rotation }) => rotation.every / 86_400);
  expect(days.length).toBe(8);
  expect(Math.max(...days)).toBeLessThanOrEqual(90);
});

test("fails when data encrypted with an old key becomes unreadable [NOD-2.2]", () => {
  expect(secrets.encryption.rotation.by).toBe("versioning");
});

test("browsers may call from the site's own name and from nowhere else [NOD-1.8]", () => {
  expect(backend.environment["ALLOWED_ORIGINS"]).toEqual(originsOf(site));
});

test("only the application, its dump and its migration reach MongoDB [NOD-5.3]", () => {
  const callers = desktopBackend.flows.filter(({ to }) => to.owner === database.name).map(({ from }) => from.name);
  expect(callers).toEqual(["backend", "dump", "migrate"]);
});
