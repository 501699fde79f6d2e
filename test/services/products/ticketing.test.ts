import { expect, test } from "vitest";
import { production } from "../../../services/environments/production.ts";
import { api, site, worker } from "../../../services/products/ticketing/components.ts";
import { database, redis } from "../../../services/products/ticketing/stores.ts";
import { ticketing } from "../../../services/products/ticketing.ts";
import { resolve } from "../../../services/resolve.ts";
import { perSecond } from "../../../services/schema/units.ts";

const DAY = 86_400;
const resolved = resolve(ticketing, production);
const route = (name: string) => site.routes.find((each) => each.class === name);
const units = [...api.units, ...worker.units];
const consumers = (secret: string) => resolved.secrets.find(({ name }) => name === secret)?.consumers;

test("five sign-ins a second are let through, each sensitive path counts for itself [TKT-1.1] [TKT-1.2]", () => {
  expect(route("auth")).toMatchObject({ paths: ["/api/auth/*"], rate: perSecond(5) });
  expect(route("tickets")?.paths).toContain("/api/tickets");
  expect(route("files")?.paths).toEqual(["/api/files/*"]);
});

test("no client has more than 30 connections open on any path [TKT-1.6]", () => {
  expect(site.routes.map(({ class: name, connections }) => [name, connections])).toEqual([
    ["auth", 5],
    ["tickets", 20],
    ["files", 5],
    ["other", 30],
  ]);
});

test("fails when the outer limit blocks whoever keeps to the limits of the edge", () => {
  const widest = Math.max(...site.routes.map(({ rate }) => (rate.requests / rate.per) * 300));
  expect(site.flood).toBeGreaterThanOrEqual(widest);
});

test("the application believes NGINX alone about who the client is [TKT-SEC.2]", () => {
  expect(api.units.map(({ environment }) => environment.values["FORWARDED_ALLOW_IPS"])).toEqual(["127.0.0.1"]);
});

test("administrators need a second factor [TKT-2.6]", () => {
  const roles = api.units[0]?.environment.values["MFA_REQUIRED_ROLES"];
  expect(String(roles).split(",").sort()).toEqual(["admin", "central_admin"]);
});

test("only bot and second factors reach the internet [TKT-2.2]", () => {
  expect(ticketing.egress.map(({ from, domain, port }) => [from.name, domain, port])).toEqual([
    ["worker", "api.telegram.org", 443],
    ["worker", "api.sms.example.com", 443],
  ]);
});

test("keys of second factors and of API clients are read by the API alone, the bot's token by the bot alone", () => {
  expect(consumers("mfa-encryption-key")).toEqual(["ticketing/api"]);
  expect(consumers("api-key-hash")).toEqual(["ticketing/api"]);
  expect(consumers("bot-token")).toEqual(["ticketing/worker"]);
});

test("pressure on the cache evicts no session and no notification [TKT-6.4] [TKT-SEC.3]", () => {
  expect(redis.durable).toEqual(["sessions", "rate limit counters", "notification queue"]);
  expect(redis.cache).toEqual(["heavy reports"]);
  expect(redis.listens.cache.port).not.toBe(redis.listens.redis.port);
});

test("the application cannot rewrite the audit trail [TKT-3.1]", () => {
  expect(database.accounts.app.may).toContain("INSERT and SELECT only on audit_logs");
});

test("heads of the audit trail's hash chain are locked away each hour by a login that only reads [TKT-3.2]", () => {
  // given
  const heads = ticketing.backups.find(({ name }) => name === "audit-heads");
  const copy = resolved.backups.find(({ name }) => name === "audit-heads");
  // then
  expect(heads?.schedule).toEqual({ every: "minutes", count: 60 });
  expect(heads?.job?.account?.may).toMatch(/^SELECT on audit_logs /);
  expect(copy).toMatchObject({ runner: "ticketing/worker", material: "audit", keepDays: 365 });
});

test("every environment file is copied, as key material [TKT-7.6] [TKT-SEC.1]", () => {
  // when
  const copied = ticketing.backups.flatMap(({ of, material }) =>
    "kind" in of ? [] : of.paths.map((path) => [path, material]),
  );
  // then
  const files = [...units.map(({ environment }) => environment.path), "/etc/nginx/nginx.conf", "/etc/systemd/system"];
  expect(Object.fromEntries(copied)).toEqual(Object.fromEntries(files.map((path) => [path, "keys"])));
});

test("every copy is kept and locked for 30 days, and goes to the second region [TKT-7.3]", () => {
  // Heads of the audit trail lie in the account's bucket for them: the trail itself is in the dump.
  const copies = resolved.backups.filter(({ material }) => material !== "audit");
  expect(copies.length).toBe(6);
  for (const { name, keepDays, lockDays, offsite } of copies) {
    expect({ name, offsite, enough: Math.min(keepDays, lockDays) >= 30 }).toEqual({
      name,
      offsite: true,
      enough: true,
    });
  }
});

test("the database is dumped each day, and its log is shipped without pause [TKT-7.1] [TKT-7.2]", () => {
  const copies = ticketing.backups.filter(({ of }) => of === database).map(({ by, schedule }) => [by, schedule.every]);
  expect(copies).toContainEqual(["pg-dump", "day"]);
  expect(ticketing.backups.find(({ by }) => by === "pgbackrest")?.continuous).toBeLessThanOrEqual(60);
});

test("restores and the failover of Redis are practised each quarter [TKT-6.6] [TKT-7.11]", () => {
  expect(ticketing.drills.map(({ runbook, schedule }) => [runbook, schedule.every])).toEqual([
    ["redis-failover-drill", "quarter"],
    ["restore-postgres", "quarter"],
    ["restore-uploads", "quarter"],
    ["restore-redis", "quarter"],
  ]);
});

test("a broken SLA, a late scheduler, errors, certificates and backups raise alerts [TKT-4.3] [TKT-4.10] [TKT-4.11] [TKT-4.12] [TKT-4.13]", () => {
  const sources = new Map(ticketing.alerts.map(({ source, condition }) => [source, condition.signal]));
  expect(Object.fromEntries(sources)).toMatchObject({
    "TKT-4.3": "cycle-age",
    "TKT-4.10": "sla-breaches",
    "TKT-4.11": "error-ratio",
    "TKT-4.12": "certificate-remaining",
    "TKT-4.13": "backup-age",
  });
});

test("each backup tells when it failed and when it is late [TKT-7.12]", () => {
  for (const backup of ticketing.backups) {
    const signals = ticketing.alerts
      .filter(({ condition }) => condition.on === backup)
      .map((each) => each.condition.signal);
    expect([backup.name, signals]).toEqual([backup.name, ["backup-failures", "backup-age"]]);
  }
});

test("every secret is renewed within 90 days or versioned, and an alert says when it was not", () => {
  for (const secret of ticketing.secrets) {
    const { by, every } = secret.rotation;
    const alert = ticketing.alerts.find(({ condition }) => condition.on === secret)?.condition;
    expect([secret.name, by === "versioning" || every < 90 * DAY, alert?.threshold]).toEqual([
      secret.name,
      true,
      every,
    ]);
  }
});

test("logs are kept for 30 days [TKT-4.15]", () => {
  expect(ticketing.logs.keep).toBeGreaterThanOrEqual(30 * DAY);
});
