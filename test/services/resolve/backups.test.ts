import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../../services/catalogue.ts";
import {
  backup,
  daily,
  days,
  everyMinutes,
  files,
  flow,
  gib,
  hours,
  job,
  localMysql,
  managedPostgres,
  minutes,
  type objects,
  onDemand,
  patroni,
  quarterly,
  weekly,
} from "../../../services/define.ts";
import { layoutOf, resolve, resolveEstate, snapshotTags, verifiersOf } from "../../../services/resolve.ts";
import type { Backup } from "../../../services/schema/job.ts";
import type { Service } from "../../../services/schema/service.ts";
import { containers, machines, shop, small } from "./small.ts";

const api = machines("api");
const database = patroni("database", {
  why: "orders",
  address: 4,
  size: "small",
  dataVolume: gib(20),
  accounts: {},
  database: "shop",
  pointInTime: days(30),
});

const managed = managedPostgres("orders", {
  why: "orders",
  size: "small",
  storage: gib(20),
  accounts: {},
  database: "shop",
  pointInTime: days(30),
});

const copy = (given: Partial<Parameters<typeof backup>[1]> = {}): Backup =>
  backup("copy", {
    why: "orders",
    of: database,
    by: "pg-dump",
    schedule: daily("01:00"),
    limit: hours(1),
    keep: { for: days(30) },
    recoveryPoint: hours(26),
    recoveryTime: hours(4),
    ...given,
  });
const resolved = (given: Parameters<typeof copy>[0] = {}, service: Partial<Service> = {}) =>
  resolve(shop({ backups: [copy(given)], ...service }), small).backups[0];

test("a backup has its figures in days and seconds", () => {
  expect(resolved({ material: "keys", offsite: false })).toEqual({
    name: "copy",
    of: "shop/database",
    runner: "shop/database",
    by: "pg-dump",
    material: "keys",
    offsite: false,
    keepDays: 30,
    lockDays: 31,
    recoveryPointSeconds: 93_600,
    recoveryTimeSeconds: 14_400,
  });
});

describe("a copy is kept", () => {
  test("for as long as it says, in whole days", () => {
    expect(resolved({ keep: { for: days(180) } })?.keepDays).toBe(180);
    expect(resolved({ keep: { for: hours(36) } })?.keepDays).toBe(2);
  });

  test("a week longer than its weekly or daily copies need, so that a failed week leaves no fewer [NOD-3.7]", () => {
    expect(resolved({ keep: { daily: 7, weekly: 4 } })?.keepDays).toBe(4 * 7 + 7);
    expect(resolved({ keep: { daily: 60, weekly: 4 } })?.keepDays).toBe(60 + 7);
  });
});

describe("a copy is locked", () => {
  test.each([
    { schedule: daily("01:00"), lockDays: 30 + 1 },
    { schedule: everyMinutes(60), lockDays: 30 + 1 },
    { schedule: weekly("sunday", "01:00"), lockDays: 30 + 7 },
    { schedule: quarterly("01:00"), lockDays: 30 + 92 },
  ])("for its retention and one interval: $schedule.every", ({ schedule, lockDays }) => {
    expect(resolved({ schedule })?.lockDays).toBe(lockDays);
  });

  test("for one interval more where a log needs the base copy before it", () => {
    expect(resolved({ continuous: minutes(1) })?.lockDays).toBe(30 + 1 + 1);
    expect(resolved({ schedule: weekly("sunday", "01:00"), continuous: minutes(1) })?.lockDays).toBe(30 + 7 + 7);
  });

  test("for no more where AWS makes a snapshot, which needs none before it", () => {
    expect(resolved({ of: managed, by: "snapshot", continuous: minutes(5) })?.lockDays).toBe(30 + 1);
  });

  test("never shorter than any copy must be restorable, whatever the schedule", () => {
    const schedule = fc.oneof(
      fc.constantFrom(daily("01:00"), weekly("monday", "01:00"), quarterly("01:00")),
      fc.integer({ min: 1, max: 10_000 }).map(everyMinutes),
    );
    const keep = fc.oneof(
      fc.integer({ min: 1, max: 4_000 }).map((count) => ({ for: days(count) })),
      fc.record({ daily: fc.integer({ min: 0, max: 60 }), weekly: fc.integer({ min: 0, max: 60 }) }),
    );
    fc.assert(
      fc.property(schedule, keep, fc.boolean(), (each, kept, continuous) => {
        const made = resolved({ schedule: each, keep: kept, ...(continuous ? { continuous: minutes(1) } : {}) });
        const asked = "for" in kept ? kept.for / 86_400 : Math.max(kept.daily, kept.weekly * 7);
        expect(made?.keepDays).toBeGreaterThanOrEqual(asked);
        expect(made?.lockDays).toBeGreaterThan(made?.keepDays ?? 0);
        expect(Number.isInteger(made?.lockDays)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a copy is made by", () => {
  const site = containers("site");
  const dump = (on: typeof api | typeof site) =>
    job("dump", { why: "dumps", on, command: ["dump"], schedule: onDemand, limit: hours(1) });
  const shared = files("shared", { why: "pictures", path: "/srv/shared", uid: 2_000 });

  test("AWS Backup, where it is a snapshot", () => {
    expect(resolved({ of: managed, by: "snapshot" })?.runner).toBe("platform/backup");
  });

  test("its job on pods, or the hosts of its job", () => {
    expect(resolved({ of: managed, job: dump(site) })?.runner).toBe("shop/dump");
    expect(resolved({ of: managed, job: dump(api) })?.runner).toBe("shop/api");
  });

  test("the hosts whose paths it copies", () => {
    expect(resolved({ of: { on: api, paths: ["/etc"] }, by: "archive" })).toMatchObject({
      of: "shop/api",
      runner: "shop/api",
    });
  });

  test("the members of a store on hosts", () => {
    expect(resolved({ of: database })?.runner).toBe("shop/database");
  });

  test("the hosts that hold a store on their loopback", () => {
    const local = localMysql("messages", { why: "orders", on: api, accounts: {}, database: "shop" });

    expect(resolved({ of: local, by: "mysqldump" })).toMatchObject({ of: "shop/messages", runner: "shop/api" });
  });

  test("the first component that reaches a store without hosts", () => {
    const [first, second] = [machines("first"), machines("second", { address: 8 })];
    const flows = [
      flow(first, database.listens.sql, "reads orders"),
      flow(second, shared.listens.nfs, "stores pictures"),
      flow(first, shared.listens.nfs, "shows pictures"),
    ];

    expect(resolved({ of: shared, by: "file-sync" }, { flows })?.runner).toBe("shop/second");
  });
});

test("a copy is read back by the jobs that verify it, as themselves on pods and as their hosts", () => {
  const dump = copy();
  const check = (name: string, on: typeof api | ReturnType<typeof containers>, verifies: Backup) =>
    job(name, { why: "checks", on, command: ["check"], schedule: onDemand, limit: hours(1), verifies });
  const service = shop({
    backups: [dump],
    jobs: [
      check("verify", containers("site"), dump),
      check("verify-here", api, dump),
      check("verify-other", api, backup("other", { ...dump })),
    ],
  });

  expect(verifiersOf(service, dump)).toEqual(["shop/verify", "shop/api"]);
});

test("a store that AWS Backup copies carries its tag, and no other store does", () => {
  const service = shop({
    backups: [copy(), backup("snapshots", { ...copy({ of: managed, by: "snapshot" }) })],
  });

  expect(snapshotTags(service, managed)).toEqual({ backup: "shop/snapshots" });
  expect(snapshotTags(service, database)).toEqual({});
});

test.each([
  ["pg-dump", "dumps"],
  ["mysqldump", "dumps"],
  ["mongodump", "dumps"],
  ["redis-snapshot", "dumps"],
  ["archive", "dumps"],
  ["file-sync", "mirror"],
  ["pgbackrest", "pgbackrest"],
  ["snapshot", undefined],
] as const)("a copy by %s lies in the vault as %s", (by, layout) => {
  expect(layoutOf(by)).toBe(layout);
});

test.each(catalogue.environments)(
  "every copy of the catalogue in $name is made by a party with a role, and outlives its lock's promise",
  (environment) => {
    const { services } = resolveEstate(catalogue, environment);
    for (const { service, backups } of services) {
      const objectStores = service.stores.filter(
        (store): store is ReturnType<typeof objects> => store.kind === "objects",
      );
      const parties = [...service.components, ...service.jobs, ...service.stores].map(
        ({ name }) => `${service.name}/${name}`,
      );
      for (const each of backups) {
        const where = `${service.name}/${each.name}`;
        expect([where, each.runner === "platform/backup" || parties.includes(each.runner)]).toEqual([where, true]);
        // A bucket or managed database has no role that could write a copy.
        expect([where, objectStores.some(({ name }) => each.runner === `${service.name}/${name}`)]).toEqual([
          where,
          false,
        ]);
        expect(each.lockDays).toBeGreaterThan(each.keepDays);
        expect(each.keepDays).toBeGreaterThanOrEqual(1);
      }
    }
    expect(services.flatMap(({ backups }) => backups).length).toBeGreaterThan(8);
  },
);
