import { describe, expect, test } from "vitest";
import {
  bucketOf,
  days,
  environmentDomain,
  environmentName,
  environmentRegion,
  gib,
  hostOf,
  https,
  kib,
  loopback,
  managedPostgres,
  membersOf,
  objects,
  originsOf,
  perSecond,
  redisSentinel,
  rotated,
  secret,
  text,
  web,
} from "../../../services/define.ts";
import { endpoints } from "../../../services/platform.ts";
import { resolve, resolveValue } from "../../../services/resolve.ts";
import { administratorOf, type Value } from "../../../services/schema/value.ts";
import { containers, machines, shop, small } from "./small.ts";

const login = secret("db-app", "the application's login", rotated(days(80)));
const database = managedPostgres("database", {
  why: "orders",
  database: "shop",
  size: "small",
  storage: gib(20),
  pointInTime: days(30),
  accounts: { app: { may: "read", password: login } },
});
const redis = redisSentinel("redis", {
  why: "sessions",
  address: 4,
  size: "small",
  dataVolume: gib(20),
  durable: ["sessions"],
  memory: { durable: gib(1) },
  accounts: { app: { may: "read", password: login } },
});
const pictures = objects("pictures", { why: "pictures", noncurrent: days(7), prefixes: {} });
const till = machines("till", { listens: { web: https(443), local: loopback(8000) } });
const front = containers("front");
const entry = (name: string) =>
  web(name, {
    why: "the site",
    host: name,
    to: till.listens["web"] ?? endpoints.mail,
    health: "/health",
    body: kib(32),
    routes: [{ class: "all", paths: ["/*"], rate: perSecond(1), burst: 1, connections: 1 }],
  });
const [site, other] = [entry("site"), entry("other")];

const resolved = resolve(
  shop({
    components: [till, front],
    stores: [database, redis, pictures],
    entrypoints: [site, other],
    secrets: [login],
  }),
  small,
);
const parts = (value: Value) => resolveValue(resolved, value);
const words = (text: string) => [{ kind: "text", text }];

describe("a value in an environment", () => {
  test.each<[string, Value, string]>([
    ["words", "UTC", "UTC"],
    ["a number", 8080, "8080"],
    ["a truth", false, "false"],
    ["the environment's name", environmentName, "test"],
    ["its region", environmentRegion, "eu-central-1"],
    ["its public domain", environmentDomain, "test.example.org"],
    ["a bucket", bucketOf(pictures), "tst-shp-pictures-444444444444"],
    ["origins of entrypoints", originsOf(site, other), "https://site.test.example.org,https://other.test.example.org"],
    ["the host name of hosts", hostOf(till.listens["web"] ?? endpoints.mail), "till.shop.test.internal.example.org"],
    ["the host name of a store", hostOf(redis.listens.redis), "redis.shop.test.internal.example.org"],
    ["the host name of pods", hostOf(front.listens["web"] ?? endpoints.mail), "front.shop.svc.cluster.local"],
    ["a port on loopback", hostOf(till.listens["local"] ?? endpoints.mail), "127.0.0.1"],
    [
      "members of a store",
      membersOf(redis.listens.sentinel, ";"),
      [..."abc"].map((zone) => `redis-${zone}.shop.test.internal.example.org:26379`).join(";"),
    ],
    ["a template without anything secret", text`shop:${environmentName}!`, "shop:test!"],
  ])("is text: %s", (_title, value, expected) => {
    expect(parts(value)).toEqual(words(expected));
  });

  test("is a secret by its full name", () => {
    expect(parts(login)).toEqual([
      { kind: "secret", name: "db-app", fullName: "test/shop/db-app", why: "the application's login" },
    ]);
  });

  test("is a parameter where only apply knows: endpoint and administrator of a managed database", () => {
    expect([...parts(hostOf(database.listens.sql)), ...parts(administratorOf(database))]).toEqual([
      {
        kind: "after-apply",
        database: "database",
        fact: "endpoint",
        parameter: "/test/shop/database-endpoint",
      },
      {
        kind: "after-apply",
        database: "database",
        fact: "administrator-secret",
        parameter: "/test/shop/database-administrator-secret",
      },
    ]);
  });

  test("keeps apart what must be fetched in a template, and joins the text between", () => {
    expect(parts(text`${environmentName}:${8080}/${login}@${hostOf(database.listens.sql)}:${5432}/x`)).toEqual([
      { kind: "text", text: "test:8080/" },
      { kind: "secret", name: "db-app", fullName: "test/shop/db-app", why: "the application's login" },
      { kind: "text", text: "@" },
      { kind: "after-apply", database: "database", fact: "endpoint", parameter: "/test/shop/database-endpoint" },
      { kind: "text", text: ":5432/x" },
    ]);
  });

  test.each<[string, Value, string]>([
    [
      "a host of another service",
      hostOf({ ...redis.listens.redis, owner: "ticketing/redis" }),
      "shop: no host name is known for ticketing/redis; allowed are its own components and stores",
    ],
    [
      "members of pods",
      membersOf(front.listens["web"] ?? endpoints.mail),
      "shop: front has no members; allowed are what stands on hosts",
    ],
    ["an entrypoint that the service has not", originsOf(entry("third")), 'shop: no entrypoint "third"'],
  ])("fails when it names %s", (_title, value, message) => {
    expect(() => parts(value)).toThrow(new Error(message));
  });
});
