import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisSentinel } from "../../../ansible/inventory/roles/redis-sentinel.ts";
import { pythonProgram } from "../../../scripts/setup/run.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { defaultFailover } from "../../../services/schema/redis.ts";
import { type Rendered, render } from "../support/render.ts";

const TICKETING = "dev-tkt-redis-a";
const REPLICA = "dev-tkt-redis-b";
const ALLOCATION = "dev-alc-redis-a";
const RESIDENTS = "dev-mun-redis-a";
const FIRST = "redis-a.ticketing.dev.internal.example.org";

let rendered: Rendered;
beforeAll(() => {
  rendered = render([redisSentinel], [TICKETING, REPLICA, ALLOCATION, RESIDENTS]);
}, 120_000);
afterAll(() => rendered.remove());

/** Directives of a file; one that stands more than once has its last value. */
const directives = (host: string, path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    rendered
      .text(host, path)
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );

/** Rules of a login. */
const rules = (host: string, login: string, file = "users.acl"): readonly string[] =>
  rendered
    .text(host, `etc/redis/${file}`)
    .split("\n")
    .find((line) => line.startsWith(`user ${login} `))
    ?.split(" ") ?? [];

describe("a durable instance", () => {
  test("[TKT-3.4] [TKT-SEC.3] [ALC-1.6] keeps an append-only file and evicts nothing, on each store", () => {
    for (const host of [TICKETING, ALLOCATION, RESIDENTS]) {
      expect(directives(host, "etc/redis/durable.conf")).toMatchObject({
        "maxmemory-policy": "noeviction",
        appendonly: "yes",
        appendfsync: "everysec",
      });
    }
  });

  test("[MUN-1.5] keeps refresh tokens of resident services over TLS, for a login without administration", () => {
    expect(directives(RESIDENTS, "etc/redis/durable.conf")).toMatchObject({
      port: "0",
      "tls-port": "6379",
      "maxmemory-policy": "noeviction",
      appendonly: "yes",
    });
    expect(rules(RESIDENTS, "app")).toEqual(
      expect.arrayContaining(["on", "#%%sha256:dev/resident-services/redis-app%%", "~*", "-@admin"]),
    );
  });

  test("[TKT-6.3] makes snapshots besides, from which the backup is taken", () => {
    expect(directives(TICKETING, "etc/redis/durable.conf")["save"]).toBe("3600 1");
  });

  test("[TKT-6.5] [ALC-1.6] refuses writes without a replica that is as near as the catalogue says", () => {
    const lag = (host: string) => directives(host, "etc/redis/durable.conf")["min-replicas-max-lag"];
    expect(directives(TICKETING, "etc/redis/durable.conf")["min-replicas-to-write"]).toBe("1");
    expect([lag(TICKETING), lag(ALLOCATION)]).toEqual(["10", "2"]);
  });
});

describe("the cache", () => {
  test("[TKT-6.4] [TKT-SEC.3] is an instance of its own that keeps nothing and may evict all", () => {
    const cache = directives(TICKETING, "etc/redis/cache.conf");
    expect(cache).toMatchObject({
      "tls-port": "6380",
      "maxmemory-policy": "allkeys-lru",
      appendonly: "no",
      save: '""',
    });
    expect(cache["dir"]).not.toBe(directives(TICKETING, "etc/redis/durable.conf")["dir"]);
  });

  test("is not there where the store has none", () => {
    expect(() => rendered.text(ALLOCATION, "etc/redis/cache.conf")).toThrow("ENOENT");
  });
});

describe("every listener", () => {
  test.each(["durable", "cache", "sentinel"])(
    "[TKT-3.4] [MUN-4.7] has TLS 1.2 at least, no plain port, and the host's address alone: %s",
    (name) => {
      const found = directives(TICKETING, `etc/redis/${name}.conf`);
      expect(found).toMatchObject({
        port: "0",
        "tls-protocols": '"TLSv1.2 TLSv1.3"',
        "tls-replication": "yes",
        "tls-ca-cert-file": "/etc/redis/tls/ca.crt",
      });
      expect(found["bind"]).toMatch(/^10\.\d+\.\d+\.\d+$/);
    },
  );

  test("says the name that stands in its certificate", () => {
    expect(directives(TICKETING, "etc/redis/durable.conf")["replica-announce-ip"]).toBe(FIRST);
    const sentinel = rendered.text(TICKETING, "etc/redis/sentinel.conf");
    expect(sentinel).toContain(`\nsentinel announce-ip ${FIRST}\n`);
    expect(sentinel).toContain("\nsentinel resolve-hostnames yes\nsentinel announce-hostnames yes\n");
  });
});

describe("Sentinel", () => {
  test("[TKT-6.1] [TKT-6.5] [MUN-4.7] knows each primary by the catalogue's name and figures", () => {
    const text = rendered.text(TICKETING, "etc/redis/sentinel.conf");
    for (const master of ["redis", "redis-cache"]) {
      expect(text).toContain(`sentinel down-after-milliseconds ${master} ${defaultFailover.downAfter * 1000}\n`);
      expect(text).toContain(`sentinel failover-timeout ${master} ${defaultFailover.timeout * 1000}\n`);
      expect(text).toContain(`sentinel parallel-syncs ${master} ${defaultFailover.parallelSyncs}\n`);
    }
    expect(rendered.text(TICKETING, "srv/data/redis/sentinel/state.conf")).toBe(
      `sentinel monitor redis ${FIRST} 6379 2\nsentinel monitor redis-cache ${FIRST} 6380 2\n`,
    );
  });

  test("[TKT-6.1] watches three members of three zones in every store of every environment", () => {
    const stores = catalogue.services.flatMap(({ stores: all }) => all.filter(({ kind }) => kind === "redis-sentinel"));
    expect(stores.map(({ name }) => name)).toEqual(["redis", "redis", "redis"]);
    for (const store of stores) expect(store).toMatchObject({ zones: 3, failover: { quorum: 2 } });
  });

  test("at first all follow the member of the first zone", () => {
    expect(rendered.text(TICKETING, "srv/data/redis/durable/state.conf").trim()).toBe("");
    expect(rendered.text(REPLICA, "srv/data/redis/durable/state.conf").trim()).toBe(`replicaof ${FIRST} 6379`);
  });
});

describe("logins", () => {
  test("nobody comes in without one", () => {
    for (const file of ["users.acl", "sentinel-users.acl"]) {
      expect(rules(TICKETING, "default", file)).toContain("off");
      expect(rules(TICKETING, "default", file)).toContain("-@all");
    }
  });

  test("[ALC-SEC.3] applications have neither administration nor what is dangerous", () => {
    for (const [host, login] of [
      [TICKETING, "app"],
      [ALLOCATION, "app"],
      [RESIDENTS, "app"],
      [RESIDENTS, "worker"],
      [RESIDENTS, "queues"],
    ] as const) {
      const found = rules(host, login);
      expect(found.indexOf("-@dangerous")).toBeGreaterThan(found.indexOf("+@all"));
      expect(found).toContain("-@admin");
      expect(found.filter((rule) => rule.startsWith("+")).toSorted()).toEqual(
        [
          "+@all",
          "+client|getname",
          "+client|id",
          "+client|setinfo",
          "+client|setname",
          "+info",
          "+ping",
          "+role",
        ].toSorted(),
      );
    }
  });

  test("[ALC-2.1] an application with a namespace has its own keys and channels alone", () => {
    expect(rules(ALLOCATION, "app").filter((rule) => /^[~&%]/.test(rule))).toEqual(["~alloc:dev:*", "&alloc:dev:*"]);
  });

  test("who measures the queues reads their lengths, and no session", () => {
    const keys = rules(RESIDENTS, "queues").filter((rule) => /^[~%]/.test(rule));
    expect(keys).toEqual([
      "%R~default*",
      "%R~scans*",
      "%R~mail*",
      "%R~exports*",
      "~_kombu.binding.*",
      "~unacked*",
      "~celeryev*",
      "~*.reply.celery.pidbox*",
    ]);
  });

  test("in Sentinel applications ask and listen, and change nothing", () => {
    const found = rules(TICKETING, "app", "sentinel-users.acl").filter((rule) => rule.startsWith("+sentinel"));
    expect(found).toContain("+sentinel|get-master-addr-by-name");
    for (const rule of found) expect(rule).not.toMatch(/failover|set|remove|reset|monitor|config/);
  });

  test("passwords are digests, that of the time before a rotation too", () => {
    const hashes = rules(TICKETING, "app").filter((rule) => rule.startsWith("#"));
    expect(hashes).toEqual([
      "#%%sha256:dev/ticketing/redis-app%%",
      "#%%sha256-previous:dev/ticketing/redis-app:86400%%",
    ]);
    expect(rendered.text(TICKETING, "etc/redis/users.acl")).not.toContain("%%secret");
  });

  test("[ALC-SEC.3] commands are denied and never renamed", () => {
    for (const name of ["durable", "cache", "sentinel"]) {
      expect(rendered.text(TICKETING, `etc/redis/${name}.conf`)).not.toContain("rename-command");
    }
  });
});

describe("units", () => {
  test("a primary that crashed stays down longer than a failover takes", () => {
    const unit = rendered.text(TICKETING, "etc/systemd/system/redis-durable.service");
    const delay = Number(/^RestartSec=(\d+)$/m.exec(unit)?.[1]);
    expect(delay).toBeGreaterThanOrEqual(defaultFailover.downAfter + 10);
    expect(unit).toContain("ExecStartPre=/usr/local/sbin/redis-member prepare durable\n");
  });

  test("the tool is a Python program", () => {
    const python = pythonProgram(join(import.meta.dirname, "../../.."), "python");
    const source = rendered.text(TICKETING, "usr/local/sbin/redis-member");
    expect(
      execFileSync(python, ["-c", "import ast,sys; print(len(ast.parse(sys.stdin.read()).body) > 0)"], {
        input: source,
      }).toString(),
    ).toBe("True\n");
  });
});
