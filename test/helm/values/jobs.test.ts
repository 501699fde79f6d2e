import { describe, expect, test } from "vitest";
import {
  backup,
  daily,
  days,
  eachRelease,
  everyMinutes,
  gib,
  hours,
  job,
  managedPostgres,
  mib,
  minutes,
  onDemand,
  quarterly,
  rotated,
  secret,
  weekly,
} from "../../../services/define.ts";
import type { Job } from "../../../services/schema/job.ts";
import type { Schedule } from "../../../services/schema/schedule.ts";
import { machines } from "../../services/resolve/small.ts";
import { api, behindEdge, realValues, smallValues } from "./small.ts";

const pods = api();
const night = { schedule: daily("00:30"), limit: hours(2) };
const task = (name: string, given: Partial<Job> = {}) =>
  job(name, { why: "works", on: pods, command: ["work"], schedule: onDemand, limit: minutes(5), ...given });
const valuesOf = (...jobs: readonly Job[]) => smallValues(behindEdge(pods, { more: { jobs } })).jobs;
const runOf = (schedule: Schedule) => valuesOf(task("count", { schedule }))["count"]?.run;

const login = secret("db-dump", "reads all tables", rotated(days(80)));
const database = managedPostgres("database", {
  why: "orders",
  database: "shop",
  size: "small",
  storage: gib(20),
  pointInTime: days(30),
  accounts: { backup: { may: "read", password: login } },
});
const dumping = (given: Partial<Job> = {}) =>
  task("dump", { ...night, scratch: { "/backup": gib(1) }, environment: { BACKUP_DIR: "/backup" }, ...given });
const copyOf = (by: Job, name = "orders-dump") =>
  backup(name, {
    why: "orders, off site",
    of: database,
    by: "pg-dump",
    job: by,
    ...night,
    keep: { for: days(30) },
    recoveryPoint: hours(26),
    recoveryTime: hours(4),
  });

describe("when a job of pods runs", () => {
  test.each<[string, Schedule, string, string]>([
    ["each night, in UTC", daily("00:30"), "30 0 * * *", "UTC"],
    ["each day by the clocks of a place", daily("23:05", "Asia/Tehran"), "5 23 * * *", "Asia/Tehran"],
    ["each week", weekly("sunday", "05:00"), "0 5 * * 0", "UTC"],
    ["each week on its last day", weekly("saturday", "05:00", "Europe/Berlin"), "0 5 * * 6", "Europe/Berlin"],
    ["each quarter", quarterly("10:00"), "0 10 1 1,4,7,10 *", "UTC"],
    ["every few minutes", everyMinutes(15), "*/15 * * * *", "UTC"],
    ["every hour", everyMinutes(60), "0 * * * *", "UTC"],
    ["every few hours", everyMinutes(240), "0 */4 * * *", "UTC"],
    ["every day, in minutes", everyMinutes(1_440), "0 0 * * *", "UTC"],
  ])("is what the catalogue says: %s", (_title, schedule, cron, timeZone) => {
    expect(runOf(schedule)).toEqual({ on: "schedule", cron, timeZone });
  });

  test("is whenever an operator starts it, where it has no time", () => {
    expect(runOf(onDemand)).toEqual({ on: "demand" });
  });

  test("is before a release, one after another as they say [MUN-4.5] [NOD-3.5]", () => {
    const logins = task("logins", { schedule: eachRelease });
    const migrate = task("migrate", { schedule: eachRelease, after: logins });
    const fill = task("fill", { schedule: eachRelease, after: migrate });

    const values = valuesOf(fill, migrate, logins);

    expect(Object.values(values).map(({ run }) => run)).toEqual([
      { on: "release", order: 2 },
      { on: "release", order: 1 },
      { on: "release", order: 0 },
    ]);
    expect(realValues("production", "resident-services").jobs["migrate"]).toMatchObject({
      command: ["alembic", "upgrade", "head"],
      run: { on: "release", order: 1 },
    });
  });

  test.each<[string, Schedule, string]>([
    [
      "minutes that divide no hour",
      everyMinutes(7),
      "shop/jobs/count/schedule/count: must divide an hour, or be hours that divide a day; got 7",
    ],
    [
      "hours that divide no day",
      everyMinutes(300),
      "shop/jobs/count/schedule/count: must divide an hour, or be hours that divide a day; got 300",
    ],
    ["no time of day", daily("25:00"), 'shop/jobs/count/schedule/at: must be a time of day, "02:30"; got "25:00"'],
  ])("fails when it is %s", (_title, schedule, message) => {
    expect(() => runOf(schedule)).toThrow(new Error(message));
  });

  const released = task("released", { schedule: eachRelease });
  const nightly = task("nightly", night);
  const copied = copyOf(dumping());
  test.each<[string, Job, string]>([
    ["a job of a release", task("count", { ...night, after: released }), "released"],
    ["a job of the night", task("count", { schedule: daily("05:00"), after: nightly }), "nightly"],
    ["a backup that it does not read", task("count", { schedule: daily("05:00"), after: copied }), "orders-dump"],
  ])("fails when it waits for %s", (_title, work, after) => {
    expect(() => valuesOf(work)).toThrow(
      new Error(
        `shop/jobs/count/after: must be a job before the same release, or the backup that it verifies; got ${after}`,
      ),
    );
  });
});

describe("a job of pods", () => {
  test("has its component's image, share and scratch space unless it says others", () => {
    const own = { image: "tools", scratch: { "/tmp": mib(16) } };
    const { count, other } = valuesOf(task("count"), task("other", own));

    expect(count).toMatchObject({ image: "platform/api", scratch: {}, limitSeconds: 300 });
    expect(other).toMatchObject({ image: "platform/tools", scratch: { "/tmp": "16Mi" } });
    expect(other?.resources.requests?.["cpu"]).toBe("100m");
  });

  test("on hosts is none of its jobs", () => {
    const till = machines("till");
    const given = behindEdge(pods, { more: { components: [till], jobs: [task("count", { on: till })] } });

    expect(smallValues(given).jobs).toEqual({});
  });
});

describe("a backup made by pods", () => {
  test("is uploaded to the place where its role may write, once the program has ended [NOD-3.1] [MUN-4.15]", () => {
    const dump = realValues("production", "resident-services").jobs["dump"];

    expect(dump?.env["BACKUP_DIR"]).toBe("/backup");
    expect(dump?.scratch).toEqual({ "/backup": "100Gi", "/tmp": "64Mi" });
    expect(dump?.upload).toEqual({
      image: "platform/backup-tools",
      command: ["backup-tools", "upload"],
      env: {
        BACKUP_NAME: "database-dump",
        BACKUP_BUCKET: "prd-mun-vault-data-333333333333",
        BACKUP_PREFIX: "database-dump/",
        BACKUP_DIR: "/backup",
        AWS_REGION: "eu-central-1",
      },
      resources: {
        requests: { cpu: "250m", memory: "256Mi", "ephemeral-storage": "100Mi" },
        limits: { memory: "256Mi", "ephemeral-storage": "100Mi" },
      },
    });
  });

  test("of an audit trail goes to the account's bucket of audit exports [MUN-2.11]", () => {
    const { env } = realValues("production", "resident-services").jobs["audit-anchor"]?.upload ?? {};

    expect(env).toMatchObject({
      BACKUP_BUCKET: "prd-plt-audit-exports-333333333333",
      BACKUP_PREFIX: "resident-services/audit-heads/",
    });
  });

  test("is read back from the same place, and counts only while no run has been missed [NOD-3.8]", () => {
    const { "verify-dump": verify, dump } = realValues("staging", "desktop-backend").jobs;

    expect(verify?.env).toEqual({
      AWS_REGION: "eu-central-1",
      BACKUP_NAME: dump?.upload?.env["BACKUP_NAME"],
      BACKUP_BUCKET: "stg-nod-vault-data-222222222222",
      BACKUP_PREFIX: "database-dump/",
      // At 04:00 last night's copy is of 00:30 to 02:30; that of the night before is older than a day.
      BACKUP_MAX_AGE_SECONDS: "86400",
    });
    expect(verify?.run).toEqual({ on: "schedule", cron: "0 4 * * *", timeZone: "UTC" });
  });

  const withCopies = (work: Job, ...names: readonly string[]) =>
    smallValues(
      behindEdge(pods, {
        more: { stores: [database], secrets: [login], jobs: [work], backups: names.map((name) => copyOf(work, name)) },
      }),
    );
  test("fails when its program is not told where to write, or has no space there", () => {
    const rule = "shop/jobs/dump/environment/BACKUP_DIR: must be one of its scratch directories";

    expect(() => withCopies(dumping({ environment: {} }), "orders")).toThrow(new Error(`${rule} (/backup), got none`));
    expect(() => withCopies(dumping({ scratch: { "/tmp": mib(1) } }), "orders")).toThrow(
      new Error(`${rule} (/tmp), got /backup`),
    );
  });

  test("fails when one program makes two", () => {
    expect(() => withCopies(dumping(), "orders", "customers")).toThrow(
      new Error("shop/jobs/dump: must make one backup, got orders, customers"),
    );
  });
});
