import { expect, test } from "vitest";
import { production } from "../../../services/environments/production.ts";
import { api, clamav, front, frontend } from "../../../services/products/resident-services/components.ts";
import { logins, migrate, purge } from "../../../services/products/resident-services/jobs.ts";
import { site } from "../../../services/products/resident-services/site.ts";
import { attachments, database, redis } from "../../../services/products/resident-services/stores.ts";
import { beat, worker } from "../../../services/products/resident-services/workers.ts";
import { residentServices } from "../../../services/products/resident-services.ts";
import { resolve } from "../../../services/resolve.ts";
import { days, inDays, perMinute } from "../../../services/schema/units.ts";

const pods = residentServices.components.filter((component) => component.kind === "pods");
const resolved = resolve(residentServices, production);
const rights = (prefix: string, right: "read" | "write" | "delete") =>
  residentServices.access.filter((each) => each.prefix === prefix && each.may.includes(right)).map(({ from }) => from);
const route = (name: string) => site.routes.find((each) => each.class === name);

test("nobody signs in with a static key [MUN-1.1] [MUN-SEC.1]", () => {
  const names = [...pods, ...residentServices.jobs].flatMap(({ environment }) => Object.keys(environment));
  expect(names).toContain("JWT_SIGNING_KEY");
  expect(names.filter((name) => /API_KEY/.test(name))).toEqual([]);
  expect(route("admin")).toMatchObject({ paths: ["/api/admin", "/api/admin/*"], audience: "admins" });
});

test("an upload is kept by the worker once it is scanned, never by who took it [MUN-2.7]", () => {
  expect(rights("quarantine", "write")).toEqual([api]);
  expect(rights("attachments", "write")).toEqual([worker]);
  const callers = residentServices.flows.filter(({ to }) => to === clamav.listens.clamd).map(({ from }) => from);
  expect(callers).toEqual([api, worker]);
});

test("who writes a file cannot delete it: purging is one job's [MUN-2.10]", () => {
  for (const prefix of Object.keys(attachments.prefixes)) {
    expect([prefix, rights(prefix, "delete")]).toEqual([prefix, [purge]]);
  }
});

test("the bucket forgets what the purge deletes, after the same time [MUN-2.10] [MUN-2.13]", () => {
  const { attachments: files, exports } = attachments.prefixes;
  expect(purge.environment["RETENTION_DAYS_ATTACHMENTS"]).toBe(inDays(files.expires ?? days(0)));
  expect(purge.environment["RETENTION_DAYS_EXPORTS"]).toBe(inDays(exports.expires ?? days(0)));
});

test("what is purged is gone from locked copies after 42 days at most [MUN-SEC.2]", () => {
  expect(resolved.backups.length).toBe(5);
  // Heads of the audit log name nobody.
  const copies = resolved.backups.filter(({ material }) => material !== "audit");
  expect(Math.max(...copies.map(({ lockDays }) => lockDays))).toBe(42);
});

test("nothing inside the cluster is in the clear: pods show each other certificates [MUN-2.3] [MUN-2.4] [MUN-SEC.3]", () => {
  // given
  const declared = resolved.flows.filter(({ origin }) => origin === "service");
  const parties = new Set(pods.map(({ name }) => `resident-services/${name}`));
  // when
  const between = declared.filter(({ from, to }) => parties.has(from) && parties.has(to));
  // then
  expect(between.map(({ from, to, transport }) => [from, to, transport].join(" "))).toEqual([
    "resident-services/edge resident-services/api mtls",
    "resident-services/edge resident-services/frontend mtls",
    "resident-services/api resident-services/clamav mtls",
    "resident-services/worker resident-services/clamav mtls",
  ]);
});

test("every login at the database verifies whom it talks to [MUN-2.3]", () => {
  const addresses = [...pods, ...residentServices.jobs].flatMap(({ environment }) =>
    ["DATABASE_URL", "DATA_SOURCE_URI"].flatMap((name) => environment[name] ?? []),
  );
  expect(addresses.length).toBe(6);
  for (const address of addresses) expect(JSON.stringify(address)).toContain("sslmode=verify-full");
});

test("a job makes every login of the database before the schema changes, each with its own password and rights", () => {
  expect(logins).toMatchObject({ schedule: { every: "release" }, image: "backup-tools" });
  expect(migrate.after).toBe(logins);
  expect(logins.environment["LOGINS"]).toBe(
    "app worker migrate:owner purge audit backup:pg_read_all_data monitor:pg_monitor",
  );
  for (const [login, { password }] of Object.entries(database.accounts)) {
    expect(logins.environment[`LOGIN_${login.toUpperCase()}_PASSWORD`]).toBe(password);
  }
});

test("fails when the job that makes logins may read other secrets than theirs", () => {
  const read = resolved.secrets.filter(({ consumers }) => consumers.includes("resident-services/logins"));
  expect(new Set(read.map(({ name }) => name))).toEqual(
    new Set(Object.values(database.accounts).map(({ password }) => password.name)),
  );
});

test("people reach the site by CloudFront, robots do not [MUN-2.6] [MUN-4.17]", () => {
  expect(site).toMatchObject({ via: "cloudfront", bots: true, to: front.listens.web });
  const files = site.cached.find(({ paths }) => paths.includes("/static/*"));
  expect([files?.for, files?.signed]).toEqual([days(365), false]);
});

test("files of residents are handed out by signed addresses only [MUN-4.18]", () => {
  const fromBucket = site.cached.filter(({ from }) => from === attachments);
  expect(fromBucket.map(({ paths, signed }) => [paths, signed])).toEqual([
    [["/attachments/*"], true],
    [["/exports/*"], true],
  ]);
});

test("recovery of accounts has a limit of its own, tighter than that of other sign-ins [MUN-1.9] [MUN-2.5]", () => {
  expect(route("recovery")).toMatchObject({
    paths: ["/api/auth/recovery", "/api/auth/recovery/*"],
    rate: perMinute(5),
  });
  expect(site.routes.findIndex(({ class: name }) => name === "recovery")).toBe(0);
});

test("fails when the outer limit blocks whoever keeps to the limits of the edge", () => {
  const widest = Math.max(...site.routes.map(({ rate }) => (rate.requests / rate.per) * 300));
  expect(site.flood).toBeGreaterThanOrEqual(widest);
});

test("the database is copied each day, and off site each week [MUN-4.14] [MUN-4.15]", () => {
  const copies = residentServices.backups.filter(({ of }) => of === database);
  expect(copies.map(({ by, schedule, offsite }) => [by, schedule.every, offsite])).toContainEqual([
    "snapshot",
    "day",
    false,
  ]);
  expect(copies.map(({ by, schedule, offsite }) => [by, schedule.every, offsite])).toContainEqual([
    "pg-dump",
    "week",
    true,
  ]);
});

test("files and Redis are copied each day too [MUN-4.12] [MUN-4.14]", () => {
  const copies = residentServices.backups.filter(({ of }) => of === attachments || of === redis);
  expect(copies.map(({ schedule }) => schedule.every)).toEqual(["day", "day"]);
});

test("heads of the audit log's hash chain are locked away by a login that only reads [MUN-2.11]", () => {
  const heads = residentServices.backups.find(({ name }) => name === "audit-heads");
  expect(heads?.account).toBe(database.accounts.audit);
  expect(heads?.account?.may).toBe("SELECT on audit_log");
  expect(resolved.backups.find(({ name }) => name === "audit-heads")?.runner).toBe("resident-services/audit-anchor");
});

test("a lost pod interrupts nothing; what must not run twice does not [MUN-4.8]", () => {
  const alone = pods.filter(({ replicas }) => replicas.min < 2);
  expect(alone.map(({ name, singleton }) => [name, singleton])).toEqual([
    ["beat", true],
    ["queue-exporter", true],
    ["db-exporter", true],
  ]);
});

test("a dependency that is down takes a pod out of service and does not restart it [MUN-4.10] [MUN-4.11]", () => {
  for (const { probes } of [api, worker]) expect(probes.readiness).not.toEqual(probes.liveness);
  expect(api.probes.liveness).toMatchObject({ path: "/api/health/live" });
  expect(api.probes.readiness).toMatchObject({ path: "/api/health/ready" });
});

test("a new version of API and pages is switched to whole [MUN-5.6]", () => {
  expect([api, frontend].map(({ deploy }) => deploy)).toEqual(["blue-green", "blue-green"]);
});

test("API, workers and scheduler send traces [MUN-3.6]", () => {
  expect(residentServices.tracing).toEqual([api, worker, beat]);
});

test("only the identity provider and the source of virus signatures are reached outside [MUN-1.2] [MUN-2.7]", () => {
  expect(residentServices.egress.map(({ from, domain }) => [from.name, domain])).toEqual([
    ["api", "idp.example.org"],
    ["clamav", "database.clamav.net"],
  ]);
});

test("every secret is renewed within 90 days, and an alert says when it was not [MUN-2.16]", () => {
  for (const secret of residentServices.secrets) {
    const { every } = secret.rotation;
    const alerts = residentServices.alerts.filter(({ condition }) => condition.on === secret);
    const late = alerts.find(({ condition }) => condition.signal === "secret-age")?.condition.threshold;
    expect([secret.name, every < days(90), late]).toEqual([secret.name, true, every]);
  }
});
