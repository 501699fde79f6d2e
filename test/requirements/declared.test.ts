import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backend, front } from "../../services/products/desktop-backend/components.ts";
import { database as documents } from "../../services/products/desktop-backend/stores.ts";
import { desktopBackend } from "../../services/products/desktop-backend.ts";
import { main, messages } from "../../services/products/message-broker/main.ts";
import { portal, site as portalSite } from "../../services/products/message-broker/portal.ts";
import { clients, proxy, queue } from "../../services/products/message-broker/proxy.ts";
import { messageBroker } from "../../services/products/message-broker.ts";
import { api } from "../../services/products/resident-services/components.ts";
import { redis as residentRedis } from "../../services/products/resident-services/stores.ts";
import { residentServices } from "../../services/products/resident-services.ts";
import { api as allocation } from "../../services/products/student-allocation/components.ts";
import { redis as allocationRedis } from "../../services/products/student-allocation/stores.ts";
import { studentAllocation } from "../../services/products/student-allocation.ts";
import { redis } from "../../services/products/ticketing/stores.ts";
import { ticketing } from "../../services/products/ticketing.ts";
import type { Service } from "../../services/schema/service.ts";

/** What requirements ask of a product beside values and flows: stores, jobs, backups, units, drills. */

const jobOf = (service: Service, name: string) => service.jobs.find((each) => each.name === name);
const alertsOf = (service: Service, ...names: readonly string[]) =>
  names.filter((name) => service.alerts.some((alert) => alert.name === name));

describe("ticketing", () => {
  test("has Redis with Sentinel on three hosts in three zones [TKT-6.1]", () => {
    expect(redis).toMatchObject({ kind: "redis-sentinel", zones: 3, failover: { quorum: 2 } });
    expect(redis.listens.redis).toMatchObject({ port: 6379, transport: "tls" });
    expect(redis.listens.sentinel).toMatchObject({ port: 26379, transport: "tls" });
  });

  test("says when a primary of Redis is lost, and refuses writes that nobody copies [TKT-6.5]", () => {
    expect(redis.failover).toEqual({
      quorum: 2,
      downAfter: 5,
      timeout: 60,
      parallelSyncs: 1,
      minReplicasToWrite: 1,
      maxReplicaLag: 10,
    });
  });

  test("watches Redis: down, without primary, failing over, late, full [TKT-6.2]", () => {
    const names = ["RedisDown", "RedisWithoutPrimary", "RedisFailover", "RedisReplicaLag", "RedisMemoryHigh"];

    expect(alertsOf(ticketing, ...names)).toEqual(names);
  });

  test("copies Redis each day [TKT-6.3]", () => {
    const copy = ticketing.backups.find(({ of }) => of === redis);

    expect(copy).toMatchObject({ by: "redis-snapshot", schedule: { every: "day" } });
  });
});

describe("the desktop backend", () => {
  test("is reached through the edge alone, and listens on loopback behind TLS [NOD-1.1]", () => {
    const callers = desktopBackend.flows.filter(({ to }) => to.owner === backend.name).map(({ from }) => from);

    expect(callers).toEqual([front]);
    expect(backend.listens.app.transport).toBe("loopback");
    expect(backend.listens.web.transport).toBe("tls");
  });

  test("rebuilds indexes by its own migration [NOD-3.5]", () => {
    expect(jobOf(desktopBackend, "migrate")).toMatchObject({ command: ["npm", "run", "migrate:up"] });
  });

  test("has MongoDB as a replica set in three zones, over TLS, and watches it [NOD-4.12] [NOD-SEC.4]", () => {
    const names = ["MongoMemberDown", "MongoNoPrimary", "MongoReplicaLag"];

    expect(documents).toMatchObject({ kind: "mongo", zones: 3, replicaSet: "rs0" });
    expect(documents.listens.mongo).toMatchObject({ port: 27017, transport: "tls" });
    expect(alertsOf(desktopBackend, ...names)).toEqual(names);
  });

  test("dumps by a job of the cluster, whose login may only read [NOD-SEC.3]", () => {
    const dump = jobOf(desktopBackend, "dump");

    expect(dump?.on.kind).toBe("pods");
    expect(dump?.account).toBe(documents.accounts.backup);
    expect(dump?.account?.may).toBe("backup");
  });
});

describe("resident services", () => {
  test("has Redis with Sentinel on three hosts in three zones [MUN-4.7]", () => {
    expect(residentRedis).toMatchObject({ kind: "redis-sentinel", zones: 3, failover: { quorum: 2 } });
  });

  test("migrates with each release, by a login of its own [MUN-4.5]", () => {
    const migrate = jobOf(residentServices, "migrate");

    expect(migrate?.command).toEqual(["alembic", "upgrade", "head"]);
    expect(migrate?.account?.may).toBe("change the schema");
    expect(migrate?.schedule).toMatchObject({ every: "release" });
  });

  test("practises failover, restores and the loss of a zone [MUN-4.13]", () => {
    expect(residentServices.drills.map(({ runbook }) => runbook)).toEqual([
      "redis-failover-drill",
      "restore-postgres",
      "restore-attachments",
      "restore-redis",
      "zone-loss",
    ]);
  });

  test("is measured by exporters of API, Celery and PostgreSQL [MUN-3.2] [MUN-3.3] [MUN-3.4]", () => {
    const ports = residentServices.components.map(({ name, listens }) => [name, listens["metrics"]?.port]);

    expect(Object.fromEntries(ports)).toMatchObject({ api: 9102, "queue-exporter": 9808, "db-exporter": 9187 });
    expect(api.listens.metrics.purpose).toBe("metrics");
  });
});

describe("the message broker", () => {
  test("runs Python that is still kept [BRK-1.1] [BRK-12.1] [BRK-SEC.25]", () => {
    const runtimes = [proxy, main].flatMap(({ units }) => units.map(({ runtime }) => runtime));

    expect(runtimes).toEqual(["python3.13", "python3.13"]);
  });

  test("queues on Redis of each proxy, behind a password [BRK-1.2] [BRK-4.2]", () => {
    expect(queue).toMatchObject({ kind: "local-redis", on: proxy });
    expect(queue.holds).toContain("messages that wait for delivery");
    expect(queue.accounts.default.password.name).toBe("redis-app");
  });

  test("keeps messages in MariaDB on main's loopback, which is all that main calls [BRK-12.2] [BRK-15.3]", () => {
    expect(messages).toMatchObject({ kind: "local-mysql", on: main });
    expect(messageBroker.flows.filter(({ from }) => from === main).map(({ to }) => to)).toEqual([
      messages.listens.mysql,
    ]);
  });

  test("has certificates where they are asked for, and no authority's key [BRK-6.1] [BRK-16.1]", () => {
    const broker = [proxy, main].map(({ certificates }) =>
      certificates.find(({ authority }) => authority === "broker"),
    );

    expect(broker).toEqual([
      {
        authority: "broker",
        directory: "/opt/message_broker_proxy/proxy/certs",
        names: { certificate: "proxy.crt", key: "proxy.key", authority: "ca.crt", revoked: "ca.crl" },
      },
      {
        authority: "broker",
        directory: "/opt/message_broker/main_server/certs",
        names: { certificate: "server.crt", key: "server.key", authority: "ca.crt", revoked: "ca.crl" },
      },
    ]);
  });

  test("takes messages by POST at one path, limited in size and rate [BRK-8.3]", () => {
    expect(clients.body).toBe(256 * 1024);
    expect(clients.routes[0]).toMatchObject({
      paths: ["/api/v1/messages"],
      methods: ["POST"],
      rate: { requests: 20, per: 1 },
    });
  });

  test("limits mails of forgotten passwords [BRK-23.3]", () => {
    const route = portalSite.routes.find(({ paths }) => paths.includes("/portal/auth/forgot-password"));

    expect(route?.rate).toEqual({ requests: 5, per: 60 });
  });

  test("lets administrators' requests through whatever their method [BRK-20.6]", () => {
    const route = portalSite.routes.find(({ paths }) => paths.includes("/admin/*"));

    expect(route).toBeDefined();
    expect(route?.methods).toBeUndefined();
  });

  test("splits the environment files of main and portal [BRK-17.1]", () => {
    const paths = [main, portal].flatMap(({ units }) => units.map(({ environment }) => environment.path));

    expect(paths).toEqual(["/opt/message_broker/.env", "/opt/message_broker/portal.env"]);
  });

  test("purges by a procedure and a login of its own, each Sunday after the dump [BRK-27.2] [BRK-27.4]", () => {
    const purge = jobOf(messageBroker, "purge");

    expect(purge?.account).toBe(messages.accounts.broker_cleanup);
    expect(purge?.account?.may).toBe("EXECUTE on sp_cleanup_old_messages");
    expect(purge?.schedule).toMatchObject({ every: "week", on: "sunday" });
    expect(purge?.after).toBe(messageBroker.backups.find(({ of }) => of === messages));
  });

  test("changes its schema after the dump, by a login of its own [BRK-22.3] [BRK-24.8]", () => {
    const migrate = jobOf(messageBroker, "migrate");

    expect(migrate?.account).toBe(messages.accounts.broker_migrate);
    expect(migrate?.after).toBe(messageBroker.backups.find(({ of }) => of === messages));
    expect(messages.accounts.systemuser.may).toBe("read and write rows of message_system");
  });

  test("counts messages by a login that may do nothing else [BRK-28.4]", () => {
    const statistics = jobOf(messageBroker, "statistics");

    expect(statistics?.account).toBe(messages.accounts.broker_metrics);
    expect(statistics?.account?.may).toBe("EXECUTE on sp_get_stats");
  });

  test("checks certificates each day on every host [BRK-30.2]", () => {
    const checks = messageBroker.jobs.filter(({ name }) => name.startsWith("cert-check-"));

    expect(checks.map(({ on }) => on.name)).toEqual(["proxy", "main", "worker", "portal"]);
    expect(checks.map(({ everyHost, schedule }) => [everyHost, schedule.every])).toEqual(
      checks.map(() => [true, "day"]),
    );
  });
});

describe("student allocation", () => {
  test("loses no revoked token: nothing is evicted, copied within 2 s, saved each hour [ALC-1.6] [ALC-SEC.3]", () => {
    const copy = studentAllocation.backups.find(({ of }) => of === allocationRedis);

    expect(allocationRedis.durable).toContain("deny list of tokens");
    expect(allocationRedis.cache).toBeUndefined();
    expect(allocationRedis.failover).toMatchObject({ minReplicasToWrite: 1, maxReplicaLag: 2 });
    expect(allocationRedis.accounts.app.may).toContain("no FLUSHALL, FLUSHDB, CONFIG");
    expect(copy?.schedule).toEqual({ every: "minutes", count: 60 });
  });

  test("issues keys by the application's own tool, in a login for that [ALC-1.9]", () => {
    const keys = jobOf(studentAllocation, "api-keys");

    expect(keys?.command).toEqual(["python", "tools/api_keys.py"]);
    expect(keys?.account?.may).toContain("on api_keys, nothing else");
  });

  test("sends traces [ALC-6.10]", () => {
    expect(studentAllocation.tracing).toEqual([allocation]);
  });
});

test("every decision record is listed, and says what enforces it [MUN-6.1]", () => {
  const docs = join(import.meta.dirname, "../../docs");
  const records = readdirSync(join(docs, "adr"));
  const index = readFileSync(join(docs, "README.md"), "utf8");

  expect(existsSync(join(docs, "adr/0001-engine.md"))).toBe(true);
  expect(records.filter((name) => !index.includes(`(adr/${name})`))).toEqual([]);
  expect(records.filter((name) => !readFileSync(join(docs, "adr", name), "utf8").includes("## Enforced by"))).toEqual(
    [],
  );
});
