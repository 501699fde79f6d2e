import { describe, expect, test } from "vitest";
import {
  flow,
  gib,
  https,
  job,
  loopback,
  mongo,
  mutualHttps,
  onDemand,
  passThrough,
  patroni,
  redisSentinel,
  web,
} from "../../../services/define.ts";
import { endpoints } from "../../../services/platform.ts";
import { resolve } from "../../../services/resolve.ts";
import type { Entrypoint } from "../../../services/schema/entrypoint.ts";
import type { Listener, Port } from "../../../services/schema/listener.ts";
import type { Service } from "../../../services/schema/service.ts";
import { containers, machines, shop, small } from "./small.ts";

/** What the service itself asks for, in the order of resolution. */
const asked = (service: Service) => resolve(service, small).flows.filter(({ origin }) => origin === "service");
const lines = (service: Service) => asked(service).map(({ id, transport }) => `${id} ${transport}`);

const port = (owner: { readonly listens: Readonly<Record<string, Listener>> }, name: string): Listener => {
  const listener = owner.listens[name];
  if (listener === undefined) throw new Error(`no port "${name}"`);
  return listener;
};

const api = machines("api", { listens: { web: https(443), upstream: loopback(8000) } });
const store = { why: "orders", size: "small", dataVolume: gib(20), accounts: {} } as const;
const database = patroni("database", { ...store, address: 4, database: "shop", pointInTime: small.logs.keep });

describe("declared flows", () => {
  test("name both parties, protocol, port, transport and why", () => {
    const service = shop({
      components: [api],
      stores: [database],
      flows: [flow(api, database.listens.sql, "reads and writes orders")],
    });

    expect(asked(service)[0]).toEqual({
      id: "shop/api->database:5432",
      from: "shop/api",
      to: "shop/database",
      protocol: "tcp",
      port: 5432,
      transport: "tls",
      why: "reads and writes orders",
      origin: "service",
    });
  });

  test("a job on hosts is its host, a job on pods is itself", () => {
    const site = containers("site");
    const run = (name: string, on: typeof api | typeof site) =>
      job(name, { why: "counts", on, command: ["count"], schedule: onDemand, limit: small.logs.keep });
    const [onHost, onPods] = [run("count", api), run("tally", site)];
    const service = shop({
      components: [api, site],
      jobs: [onHost, onPods],
      flows: [flow(onHost, port(site, "web"), "counts visits"), flow(onPods, port(site, "web"), "tallies visits")],
    });

    expect(lines(service)).toEqual(["shop/api->site:8443 tls", "shop/tally->site:8443 tls"]);
  });

  test("to the platform keep the platform's name for the far end", () => {
    const service = shop({ components: [api], flows: [flow(api, endpoints.mail, "sends receipts")] });

    expect(asked(service)).toEqual([
      {
        id: "shop/api->platform/endpoint-mail:587",
        from: "shop/api",
        to: "platform/endpoint-mail",
        protocol: "tcp",
        port: 587,
        transport: "starttls",
        why: "sends receipts",
        origin: "service",
      },
    ]);
  });

  test("on loopback stay declared, marked as such: host firewalls read them", () => {
    const service = shop({ components: [api], flows: [flow(api, port(api, "upstream"), "hands requests on")] });

    expect(lines(service)).toEqual(["shop/api->api:8000 loopback"]);
  });

  test("two reasons for one connection are one flow with both reasons, each once", () => {
    const again = (why: string) => flow(api, database.listens.sql, why);
    const service = shop({
      components: [api],
      stores: [database],
      flows: [again("reads orders"), again("writes orders"), again("reads orders")],
    });

    expect(asked(service).filter(({ from }) => from === "shop/api")).toEqual([
      expect.objectContaining({ id: "shop/api->database:5432", why: "reads orders; writes orders" }),
    ]);
  });

  test("another port or protocol is another flow", () => {
    const udp: Port = { ...https(443), protocol: "udp" };
    const other = machines("other", { address: 8, listens: { web: https(443), fast: udp, admin: https(8443) } });
    const service = shop({
      components: [api, other],
      flows: ["web", "fast", "admin"].map((name) => flow(api, port(other, name), "calls the other")),
    });

    expect(asked(service).map(({ id, protocol, port: number }) => [id, protocol, number])).toEqual([
      ["shop/api->other:443", "tcp", 443],
      ["shop/api->other:443/udp", "udp", 443],
      ["shop/api->other:8443", "tcp", 8443],
    ]);
  });
});

describe("members of a store", () => {
  test("of PostgreSQL reach each other's SQL, Patroni and etcd ports", () => {
    expect(lines(shop({ stores: [database] }))).toEqual([
      "shop/database->database:5432 tls",
      "shop/database->database:8008 mtls",
      "shop/database->database:2379 mtls",
      "shop/database->database:2380 mtls",
    ]);
  });

  test("of MongoDB reach each other's one port", () => {
    const documents = mongo("documents", { ...store, address: 8, database: "shop", replicaSet: "rs0" });

    expect(lines(shop({ stores: [documents] }))).toEqual(["shop/documents->documents:27017 tls"]);
  });

  test("of Redis reach its cache port only where there is a cache", () => {
    const given = { ...store, address: 12, durable: ["sessions"], memory: { durable: gib(1) } };
    const cached = { ...given, cache: ["reports"], memory: { durable: gib(1), cache: gib(1) } };

    expect(lines(shop({ stores: [redisSentinel("redis", given)] }))).toEqual([
      "shop/redis->redis:6379 tls",
      "shop/redis->redis:26379 tls",
    ]);
    expect(lines(shop({ stores: [redisSentinel("redis", cached)] }))).toEqual([
      "shop/redis->redis:6379 tls",
      "shop/redis->redis:6380 tls",
      "shop/redis->redis:26379 tls",
    ]);
  });

  test("say why: they replicate and agree", () => {
    expect(new Set(asked(shop({ stores: [database] })).map(({ why }) => why))).toEqual(
      new Set(["members of database replicate and agree"]),
    );
  });
});

describe("entrypoints", () => {
  const site = (given: Partial<Extract<Entrypoint, { kind: "web" }>>) =>
    web("site", {
      why: "the shop",
      host: "shop",
      to: port(api, "web"),
      health: "/health",
      body: gib(1),
      routes: [],
      ...given,
    });
  const entry = (entrypoint: Entrypoint) =>
    asked(shop({ components: [api], entrypoints: [entrypoint] })).map(
      ({ from, to, port: number, transport, why }) => `${from} -> ${to}:${number} ${transport}: ${why}`,
    );

  test("by a load balancer: HTTPS and the redirect from outside, then the target", () => {
    expect(entry(site({}))).toEqual([
      "outside/internet -> shop/site:443 tls: the shop",
      "outside/internet -> shop/site:80 redirect: redirect to HTTPS",
      "shop/site -> shop/api:443 tls: requests and health checks",
    ]);
  });

  test("for a narrower audience come from nobody else", () => {
    expect(entry(site({ audience: "admins" }))).toEqual([
      "outside/admins -> shop/site:443 tls: the shop",
      "outside/admins -> shop/site:80 redirect: redirect to HTTPS",
      "shop/site -> shop/api:443 tls: requests and health checks",
    ]);
  });

  test("by CloudFront: the load balancer is reached by the distribution alone, and never on port 80", () => {
    expect(entry(site({ via: "cloudfront" }))).toEqual([
      "outside/cloudfront -> shop/site:443 tls: the shop, by CloudFront",
      "shop/site -> shop/api:443 tls: requests and health checks",
    ]);
  });

  test("passed through: the host's own port and transport on both sides", () => {
    const proxy = machines("proxy", { tier: "dmz", listens: { web: mutualHttps(8001) } });
    const clients = passThrough("clients", {
      why: "clients send orders",
      host: "orders",
      audience: "clients",
      to: port(proxy, "web"),
      health: "/health",
      routes: [],
      body: gib(1),
      idle: small.logs.keep,
      clientAuthority: "broker",
    });

    expect(asked(shop({ components: [proxy], entrypoints: [clients] }))).toEqual([
      {
        id: "shop/outside/clients->clients:8001",
        from: "outside/clients",
        to: "shop/clients",
        protocol: "tcp",
        port: 8001,
        transport: "mtls",
        why: "clients send orders",
        origin: "service",
      },
      {
        id: "shop/clients->proxy:8001",
        from: "shop/clients",
        to: "shop/proxy",
        protocol: "tcp",
        port: 8001,
        transport: "mtls",
        why: "requests and health checks",
        origin: "service",
      },
    ]);
  });
});
