import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../support/program.ts";
import type { Identity } from "./nginx/authority.ts";
import { ask, askOver, handshake, outcome, type Target } from "./nginx/client.ts";
import { type Authorities, authorities, hostNamed, type RunningHost, startHost } from "./nginx/host.ts";
import { estateOf, type Rendered, rendered } from "./nginx/rendered.ts";
import { STRANGER } from "./nginx/running.ts";

/** The broker's ports in a real NGINX, with the configuration of its hosts in dev. */

const estate = estateOf("dev");
const CLIENT = "198.51.100.7";
const LIST = "/opt/message_broker_proxy/proxy/certs/ca.crl";
const send = { method: "POST", path: "/api/v1/messages", body: "{}" } as const;
const nameOf = (host: string) => hostNamed(estate, host).domain;
const configurationOf = (all: Rendered, host: string) => all[host]?.["/etc/nginx/nginx.conf"] ?? "";

describe.runIf(requireProgram("nginx", "install NGINX"))("the broker's NGINX", () => {
  let both: Authorities;
  let hosts: Rendered;
  let client: Identity;

  beforeAll(() => {
    both = authorities();
    hosts = rendered("dev", "dev-brk-proxy-a,dev-brk-main-a,dev-brk-worker-a");
    client = both.broker.issue("/CN=client-1");
  }, 120_000);
  afterAll(() => both.stop());

  const start = (tag: string, names: readonly string[] = []): Promise<RunningHost> =>
    startHost(estate, tag, { authorities: both, names, text: configurationOf(hosts, tag) });

  describe("on a proxy", () => {
    let proxy: RunningHost;
    let door: Target;

    beforeAll(async () => {
      proxy = await start("dev-brk-proxy-a", ["broker.dev.example.org"]);
      door = proxy.target(8001, "broker.dev.example.org");
    });
    afterAll(() => proxy.stop());

    const sent = (identity?: Identity) =>
      outcome(door, { ...send, client: CLIENT, ...(identity === undefined ? {} : { identity }) });

    test("takes a message of a client with a certificate, and says who sent it [BRK-8.1] [BRK-8.2] [BRK-8.3] [BRK-SEC.6] [BRK-SEC.7] [BRK-26.4]", async () => {
      const answer = await ask(door, { ...send, client: CLIENT, identity: client });

      expect(answer.status).toBe(200);
      expect(proxy.application.received.at(-1)).toMatchObject({ method: "POST", path: "/api/v1/messages", body: "{}" });
      const { headers = {} } = proxy.application.received.at(-1) ?? {};
      expect(headers).toMatchObject({
        host: "broker.dev.example.org",
        "x-real-ip": CLIENT,
        "x-forwarded-for": CLIENT,
        "x-forwarded-proto": "https",
        "x-ssl-client-verify": "SUCCESS",
        "x-ssl-client-s-dn": "CN=client-1",
      });
      expect(decodeURIComponent(headers["x-ssl-client-cert"] ?? "")).toBe(client.certificate);
    });

    test("overwrites an identity that the client claims itself, in every spelling [BRK-8.2] [BRK-SEC.7]", async () => {
      const forged = {
        "X-SSL-Client-Verify": "SUCCESS",
        "X-SSL-Client-S-DN": "CN=admin",
        "x-ssl-client-cert": "forged",
        X_SSL_Client_S_DN: "CN=admin",
        "X-Client-DN": "CN=admin",
        "X-SSL-Client-CN": "admin",
        "X-Forwarded-Client-Cert": "forged",
        "X-Forwarded-For": "203.0.113.17",
        "X-Real-IP": "203.0.113.17",
        Forwarded: "for=203.0.113.17",
      };

      await ask(door, { ...send, headers: forged, client: CLIENT, identity: client });

      const { headers = {} } = proxy.application.received.at(-1) ?? {};
      expect(JSON.stringify(headers)).not.toMatch(/admin|forged|203\.0\.113/);
      expect(
        Object.keys(headers)
          .filter((name) => /client|cert|forwarded$/.test(name))
          .sort(),
      ).toEqual(["x-ssl-client-cert", "x-ssl-client-s-dn", "x-ssl-client-verify"]);
    });

    test("refuses no certificate, and those of another authority, expired, for servers only [BRK-8.1] [BRK-9.1] [BRK-26.5] [BRK-SEC.3] [BRK-SEC.6]", async () => {
      const before = proxy.application.received.length;

      expect(await sent(client)).toBe(200);
      expect(await sent()).toBe(403);
      expect(await sent(both.internal.issue("/CN=client-1"))).toBe(403);
      expect(await sent(both.broker.issue("/CN=client-1", { expired: true }))).toBe(403);
      expect(await sent(both.broker.issue("/CN=client-1", { purpose: "serverAuth" }))).toBe(403);
      expect(proxy.application.received.length - before).toBe(1);
    });

    test("refuses a revoked client once the list names it, with a resumed session and on a kept connection too [BRK-10.4] [BRK-SEC.8]", async () => {
      const leaving = both.broker.issue("/CN=client-2");
      const kept = await handshake(door, { client: CLIENT, identity: leaving });
      const ended = new Promise<true>((done) => kept.on("close", () => done(true)));
      const sessions: Buffer[] = [];
      kept.on("session", (session) => sessions.push(session));
      expect((await askOver(kept, door, send)).status).toBe(200);
      const older = await handshake(door, { client: CLIENT, identity: leaving, version: "TLSv1.2" });
      const session = older.getSession();
      older.destroy();
      if (session !== undefined) sessions.push(session);

      both.broker.revoke(leaving);
      expect(await sent(leaving)).toBe(200);
      proxy.put(LIST, both.broker.list());
      await proxy.reload();

      expect(await ended).toBe(true);
      expect(await sent(leaving)).toBe(403);
      expect(sessions.length).toBeGreaterThan(0);
      for (const resumed of sessions) {
        const version = resumed === session ? ("TLSv1.2" as const) : ("TLSv1.3" as const);
        const asked = { ...send, client: CLIENT, identity: leaving, session: resumed, version };
        expect(await outcome(door, asked)).toBe(403);
        const tls = await handshake(door, { client: CLIENT, identity: client, session: resumed, version });
        expect(tls.isSessionReused()).toBe(false);
        tls.destroy();
      }
      expect(await sent(client)).toBe(200);
    });

    test("answers nobody without the load balancer's header, and takes no word of another caller [BRK-3.1]", async () => {
      expect(await outcome(door, { ...send, identity: client })).toBe("refused");
      expect(await outcome(door, { ...send, identity: client, client: CLIENT, from: STRANGER })).toBe(403);
      expect(await outcome(door, { ...send, identity: client, client: CLIENT })).toBe(200);
    });

    test("knows its routes alone, by method and range [BRK-8.3] [BRK-SEC.9]", async () => {
      const asked = { client: CLIENT, identity: client };

      expect(await outcome(door, { ...asked, path: "/api/v1/messages" })).toBe(404);
      expect(await outcome(door, { ...asked, path: "/metrics" })).toBe(404);
      expect(await outcome(door, { ...asked, path: "/api/v1/health" })).toBe(200);
      expect(await outcome(door, { ...asked, ...send, client: "192.0.2.1" })).toBe(404);
      expect(await outcome(door, { ...asked, ...send, host: "other.example.org" })).toBe(421);
    });

    test("refuses bodies above 256 KiB with JSON [BRK-8.3]", async () => {
      const large = { ...send, client: CLIENT, identity: client, body: "x".repeat(262_145) };

      expect(await ask(door, large)).toMatchObject({ status: 413, body: '{"error":{"code":"PAYLOAD_TOO_LARGE"}}' });
      expect(await outcome(door, { ...large, body: "x".repeat(262_144) })).toBe(200);
    });

    test("takes no message while sending is switched off, at once and without a reload [BRK-10.1] [BRK-SEC.23]", async () => {
      proxy.put("/etc/nginx/switches/sending-disabled", "");
      const closed = await ask(door, { ...send, client: CLIENT, identity: client });
      const health = await outcome(door, { path: "/api/v1/health", client: CLIENT, identity: client });
      proxy.remove("/etc/nginx/switches/sending-disabled");

      expect(closed).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
      expect(closed.body).toBe('{"error":{"code":"SERVICE_UNAVAILABLE"}}');
      expect(health).toBe(200);
      expect(await sent(client)).toBe(200);
    });

    test.each(["TLSv1.2", "TLSv1.3"] as const)("speaks %s [BRK-19.2] [BRK-19.3]", async (version) => {
      const tls = await handshake(door, { client: CLIENT, identity: client, version });

      expect(tls.getProtocol()).toBe(version);
      tls.destroy();
    });

    test.each([
      { what: "TLS 1.1", version: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
      { what: "CBC", version: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA256" },
      { what: "keys that are not ephemeral", version: "TLSv1.2", ciphers: "AES128-GCM-SHA256" },
    ] as const)("does not speak $what [BRK-19.2] [BRK-19.3] [BRK-SEC.17]", async ({ version, ciphers }) => {
      await expect(handshake(door, { client: CLIENT, identity: client, version, ciphers })).rejects.toThrow();
    });

    test("opens the worker's port to the worker, without a load balancer [BRK-13.12] [BRK-SEC.20]", async () => {
      const port = proxy.target(8002);
      const worker = both.broker.issue(`/CN=${nameOf("dev-brk-worker-a")}`);

      expect(await outcome(port, { identity: worker, path: "/queue" })).toBe(200);
      expect(await outcome(port, { identity: client, path: "/queue" })).toBe(403);
      expect(await outcome(port, { path: "/queue" })).toBe(403);
      expect(await outcome(port, { identity: worker, path: "/metrics" })).toBe(404);
    });

    test("answers probes for health alone, under any name, and claims no client for them [BRK-29.2]", async () => {
      const probe = proxy.target(8003);

      expect(await outcome(probe, { path: "/api/v1/health", host: "10.10.50.196:8003" })).toBe(200);
      const { headers = {} } = proxy.application.received.at(-1) ?? {};
      expect(headers).toMatchObject({ host: nameOf("dev-brk-proxy-a") });
      expect(Object.keys(headers).filter((name) => name.startsWith("x-ssl"))).toEqual([]);
      expect(await outcome(probe, { ...send })).toBe(404);
      expect(await outcome(probe, { ...send, host: "10.10.50.196" })).toBe(421);
    });

    test("gives metrics of the application, and nothing else of it", async () => {
      const metrics = proxy.target(9101);

      expect(await outcome(metrics, { path: "/metrics", headers: { Authorization: "Bearer x" } })).toBe(200);
      expect(proxy.application.received.at(-1)?.headers["authorization"]).toBe("Bearer x");
      expect(await outcome(metrics, send)).toBe(404);
    });

    test("logs who asked, with class and certificate, never a query", async () => {
      await ask(door, { ...send, path: "/api/v1/messages?token=hidden", client: CLIENT, identity: client });

      await expect
        .poll(() => proxy.requests().at(-1))
        .toMatchObject({
          class: "messages",
          client: CLIENT,
          path: "/api/v1/messages",
          status: "200",
          certificate: "SUCCESS",
          subject: "CN=client-1",
          serial: client.serial,
        });
      expect(JSON.stringify(proxy.requests()) + proxy.errors()).not.toContain("token");
    });
  });

  describe("on main", () => {
    let main: RunningHost;
    let port: Target;
    const of = (tag: string) => both.broker.issue(`/CN=${nameOf(tag)}`, { purpose: "serverAuth,clientAuth" });

    beforeAll(async () => {
      main = await start("dev-brk-main-a", ["main.message-broker.dev.internal.example.org"]);
      port = main.target(8000, "main.message-broker.dev.internal.example.org");
    });
    afterAll(() => main.stop());

    test("opens /internal to proxies and the worker, /portal and /admin to the portal, by certificate [BRK-7.3] [BRK-15.5] [BRK-18.2] [BRK-18.3] [BRK-SEC.18] [BRK-SEC.20]", async () => {
      const [proxy, worker, portal] = [of("dev-brk-proxy-b"), of("dev-brk-worker-a"), of("dev-brk-portal-a")];
      const register = { method: "POST", path: "/internal/messages/register" };
      const admin = { method: "PUT", path: "/admin/users/7/activate" };

      expect(await outcome(port, { ...register, identity: proxy })).toBe(200);
      expect(main.application.received.at(-1)?.headers["x-ssl-client-s-dn"]).toBe(`CN=${nameOf("dev-brk-proxy-b")}`);
      expect(await outcome(port, { ...register, identity: worker })).toBe(200);
      expect(await outcome(port, { ...register, identity: portal })).toBe(403);
      expect(await outcome(port, { ...admin, identity: portal })).toBe(200);
      expect(await outcome(port, { path: "/portal/messages", identity: portal })).toBe(200);
      expect(await outcome(port, { ...admin, identity: proxy })).toBe(403);
      expect(await outcome(port, { ...admin, path: "/%61dmin/../internal/x", identity: portal })).toBe(403);
    });

    test("opens nothing to message clients, to nobody in particular, or to the internal authority [BRK-18.3] [BRK-26.5] [BRK-SEC.3]", async () => {
      const register = { method: "POST", path: "/internal/messages/register" };
      const impostor = both.internal.issue(`/CN=${nameOf("dev-brk-proxy-a")}`);
      const twoNames = both.broker.issue(`/CN=${nameOf("dev-brk-proxy-a")}/CN=client-3`);

      expect(await outcome(port, { ...register, identity: client })).toBe(403);
      expect(await outcome(port, { ...register, identity: twoNames })).toBe(403);
      expect(await outcome(port, { ...register, identity: impostor })).toBe(403);
      expect(await outcome(port, register)).toBe(403);
    });

    test("has no other path [BRK-SEC.20]", async () => {
      const identity = of("dev-brk-portal-a");

      for (const path of ["/", "/metrics", "/docs", "/adminx", "/.edge/route/portal/portal/x"]) {
        expect(await outcome(port, { path, identity })).toBe(404);
      }
    });
  });
});

describe.runIf(requireProgram("nginx", "install NGINX"))("clients that an operator blocks", () => {
  let both: Authorities;
  let proxy: RunningHost;
  let serial: Identity;

  beforeAll(async () => {
    both = authorities();
    serial = both.broker.issue("/CN=client-4");
    const variables = { nginx_blocked_names: ["client-5"], nginx_blocked_serials: [serial.serial.toLowerCase()] };
    const hosts = rendered("dev", "dev-brk-proxy-a", variables);
    const text = configurationOf(hosts, "dev-brk-proxy-a");
    proxy = await startHost(estate, "dev-brk-proxy-a", { authorities: both, names: ["broker.dev.example.org"], text });
  }, 120_000);
  afterAll(async () => {
    await proxy.stop();
    both.stop();
  });

  test("are refused by name and by serial number, others are not [BRK-10.3]", async () => {
    const door = proxy.target(8001, "broker.dev.example.org");
    const sent = (identity: Identity) => outcome(door, { ...send, client: CLIENT, identity });

    expect(await sent(serial)).toBe(403);
    expect(await sent(both.broker.issue("/CN=client-4"))).toBe(200);
    expect(await sent(both.broker.issue("/CN=client-5"))).toBe(403);
    expect(await sent(both.broker.issue("/O=Example/CN=client-5"))).toBe(403);
    expect(await sent(both.broker.issue("/CN=client-55"))).toBe(200);
  });
});
