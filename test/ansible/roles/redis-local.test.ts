import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pythonService } from "../../../ansible/inventory/roles/python-service.ts";
import { redisLocal } from "../../../ansible/inventory/roles/redis-local.ts";
import { type Rendered, render } from "../support/render.ts";

const PROXY = "dev-brk-proxy-a";

let rendered: Rendered;
beforeAll(() => {
  rendered = render([redisLocal, pythonService], [PROXY]);
}, 120_000);
afterAll(() => rendered.remove());

const configuration = (): readonly string[] => rendered.text(PROXY, "etc/redis/redis.conf").split("\n");

test("[BRK-1.2] [BRK-3.5] listens on loopback 6379 and nowhere else", () => {
  const found = configuration();
  expect(found.filter((line) => /^(bind|port|tls-port|unixsocket) /.test(line))).toEqual([
    "bind 127.0.0.1",
    "port 6379",
  ]);
  expect(found).toContain("protected-mode yes");
});

test("[BRK-4.2] [BRK-11.1] keeps messages and nonces: append-only file, nothing evicted", () => {
  const found = configuration();
  for (const line of ["appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction"])
    expect(found).toContain(line);
});

test("[BRK-2.6] [BRK-SEC.5] every login has a password, also the one without a name", () => {
  const users = rendered.text(PROXY, "etc/redis/users.acl").trim().split("\n");
  expect(users.map((line) => line.split(" ")[1])).toEqual(["default", "monitor"]);
  for (const line of users) {
    expect(line).toContain(" on resetpass #%%sha256:dev/message-broker/redis-");
    expect(line).not.toContain("nopass");
  }
});

test("the proxy's login administers nothing", () => {
  const [line = ""] = rendered.text(PROXY, "etc/redis/users.acl").split("\n");
  expect(line).toContain(" +@all -@admin -@dangerous ");
});

test("new logins are read in use, by a login that may do so with its new password or the one before", () => {
  const [, monitor = ""] = rendered.text(PROXY, "etc/redis/users.acl").split("\n");
  expect(monitor).toMatch(/^user monitor .* -@all .* \+acl\|load$/);
  expect(rendered.text(PROXY, "etc/redis/maintenance")).toBe(
    "%%secret:dev/message-broker/redis-monitor%%\n%%secret-previous:dev/message-broker/redis-monitor:86400%%\n",
  );
  expect(JSON.parse(rendered.text(PROXY, "files.json"))["/etc/redis/maintenance"]).toMatchObject({
    owner: "root",
    group: "root",
    mode: "0600",
  });
});

test("no other place has it", () => {
  expect(() => rendered.text("dev-brk-main-a", "etc/redis/redis.conf")).toThrow("ENOENT");
});

describe("a nonce", () => {
  const environment = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...rendered.text(PROXY, "opt/message_broker_proxy/.env").matchAll(/^(\w+)='(.*)'$/gm)].map(
        ([, name = "", value = ""]) => [name, value],
      ),
    );
  const login = (): readonly string[] => rendered.text(PROXY, "etc/redis/users.acl").split("\n")[0]?.split(" ") ?? [];

  /** Whether a login may run a command of these categories: the last word on it counts. */
  const may = (words: readonly string[], command: string, categories: readonly string[]): boolean =>
    words.reduce((allowed, word) => {
      const [sign, name] = [word[0], word.slice(1)];
      const meant = name === command || name === "@all" || categories.some((category) => name === `@${category}`);
      return meant && (sign === "+" || sign === "-") ? sign === "+" : allowed;
    }, false);

  test("finds a store: the proxy's program is told where this Redis is, and its login [BRK-11.3] [BRK-31.11] [BRK-31.17]", () => {
    const conf = configuration();
    const marker = /^%%secret:(.*)%%$/.exec(environment()["REDIS_PASSWORD"] ?? "")?.[1];

    expect(environment()).toMatchObject({ REDIS_HOST: "localhost", REPLAY_NONCE_TTL_SECONDS: "3600" });
    expect(conf).toContain(`port ${environment()["REDIS_PORT"]}`);
    expect(login()).toEqual(expect.arrayContaining(["default", "on", `#%%sha256:${marker}%%`]));
  });

  test("is kept for its hour: no memory pressure and no restart loses one [BRK-11.3] [BRK-31.11] [BRK-31.17]", () => {
    const conf = configuration();

    expect(conf.filter((line) => /^(maxmemory-policy|appendonly|appendfsync) /.test(line))).toEqual([
      "maxmemory-policy noeviction",
      "appendonly yes",
      "appendfsync everysec",
    ]);
    expect(Number(conf.find((line) => line.startsWith("maxmemory "))?.split(" ")[1])).toBe(2 ** 30);
  });

  test("is taken once, by one command that the login may run on every key, while nobody wipes the store [BRK-SEC.22]", () => {
    expect(may(login(), "set", ["write", "string", "slow"])).toBe(true);
    expect(login()).toContain("~*");
    expect(may(login(), "flushall", ["keyspace", "write", "slow", "dangerous"])).toBe(false);
    expect(may(login(), "config", ["admin", "slow", "dangerous"])).toBe(false);
  });
});
