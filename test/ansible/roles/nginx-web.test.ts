import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../support/program.ts";
import { type Answer, type Asked, ask, type Connecting, handshake, outcome, type Target } from "./nginx/client.ts";
import { type Authorities, authorities, type RunningHost, startHost } from "./nginx/host.ts";
import { estateOf, type Rendered, rendered } from "./nginx/rendered.ts";
import { STRANGER } from "./nginx/running.ts";

/** Hosts behind an application load balancer in a real NGINX, with their configuration in dev. */

const estate = estateOf("dev");
let both: Authorities;
let hosts: Rendered;
let sequence = 0;
/** A client that has asked for nothing yet. */
const someone = () => {
  sequence += 1;
  return `192.0.2.${sequence}`;
};

/** Asks as the load balancer does, which appends its client's address. */
const asked = (target: Target, request: Asked & Connecting & { readonly client?: string } = {}): Promise<Answer> => {
  const { client = someone(), headers = {}, ...rest } = request;
  return ask(target, { ...rest, headers: { "X-Forwarded-For": client, ...headers } });
};
const statuses = (answers: readonly Answer[], status: number) => answers.filter((each) => each.status === status);
const together = (count: number, one: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, one));

const start = (tag: string, names: readonly string[]): Promise<RunningHost> =>
  startHost(estate, tag, {
    authorities: both,
    names,
    text: (hosts[tag]?.["/etc/nginx/nginx.conf"] ?? "").replace("proxy_read_timeout 31s", "proxy_read_timeout 5s"),
  });

const headersOfPolicy = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-frame-options": "DENY",
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

describe.runIf(requireProgram("nginx", "install NGINX"))("NGINX behind an application load balancer", () => {
  beforeAll(() => {
    both = authorities();
    hosts = rendered("dev", "dev-tkt-api-a,dev-tkt-worker-a,dev-brk-portal-a");
  }, 120_000);
  afterAll(() => both.stop());

  describe("on an API host of ticketing", () => {
    let api: RunningHost;
    let site: Target;

    beforeAll(async () => {
      api = await start("dev-tkt-api-a", ["tickets.dev.example.org"]);
      site = api.target(443, "tickets.dev.example.org");
    });
    afterAll(() => api.stop());
    afterEach(() => api.application.answer((_request, response) => response.end("answered by the application")));

    test("lets 5 logins a second of one client through, and 5 at once, and logs each refusal [TKT-1.2] [TKT-1.4] [TKT-1.5]", async () => {
      const client = someone();
      const login = { method: "POST", path: "/api/auth/login", body: "{}", client };

      const begun = Date.now();
      const first = await together(20, () => asked(site, login));
      const earned = Math.ceil(((Date.now() - begun) / 1_000) * 5);
      const [refused] = statuses(first, 429);
      await setTimeout(1_000);
      const second = await together(20, () => asked(site, login));
      const inAll = Math.ceil(((Date.now() - begun) / 1_000) * 5);

      expect(statuses(first, 200).length).toBeGreaterThanOrEqual(5);
      expect(statuses(first, 200).length).toBeLessThanOrEqual(5 + earned);
      expect(statuses(first, 200).length + statuses(first, 429).length).toBe(20);
      expect(statuses([...first, ...second], 200).length).toBeLessThanOrEqual(5 + inAll);
      expect(refused?.body).toBe('{"error":{"code":"RATE_LIMIT_EXCEEDED"}}');
      expect(refused?.headers).toMatchObject({ ...headersOfPolicy, "retry-after": "1", "x-ratelimit-remaining": "0" });
      expect((await asked(site, { ...login, client: someone() })).status).toBe(200);
      const logged = () => api.requests().filter((line) => line["client"] === client && line["status"] === "429");
      await expect.poll(() => logged().length).toBe(statuses([...first, ...second], 429).length);
      expect(logged()[0]).toMatchObject({ class: "auth", method: "POST", path: "/api/auth/login" });
    });

    test.each([
      ["auth", "/api/auth/login", 5],
      ["tickets", "/api/tickets", 20],
      ["tickets", "/api/tickets/7", 20],
      ["files", "/api/files/7", 5],
      ["other", "/", 30],
    ] as const)(
      "holds a client of class %s (%s) to %i parallel requests [TKT-1.1] [TKT-1.6]",
      async (name, path, most) => {
        const client = someone();
        const waiting: (() => void)[] = [];
        api.application.answer((_request, response) => void waiting.push(() => response.end()));
        const begun = together(most, () => asked(site, { path, client }));
        await expect.poll(() => waiting.length, { timeout: 4_000 }).toBe(most);

        const { status } = await asked(site, { path, client });
        for (const go of waiting) go();

        expect(status).toBe(429);
        expect(statuses(await begun, 200).length).toBe(most);
        await expect
          .poll(() => api.requests().find((line) => line["client"] === client && line["status"] === "429"))
          .toMatchObject({
            class: name,
            path,
          });
      },
    );

    test("takes bodies up to the size of their class, and says JSON above [TKT-1.1]", async () => {
      const put = (path: string, bytes: number) => asked(site, { method: "PUT", path, body: "x".repeat(bytes) });

      expect((await put("/api/auth/x", 8_192)).status).toBe(200);
      expect(await put("/api/auth/x", 8_193)).toMatchObject({
        status: 413,
        body: '{"error":{"code":"PAYLOAD_TOO_LARGE"}}',
        headers: headersOfPolicy,
      });
      expect((await put("/api/tickets", 1_048_576)).status).toBe(200);
      expect((await put("/api/tickets", 1_048_577)).status).toBe(413);
      expect((await put("/api/files/x", 26_214_400)).status).toBe(200);
      expect((await put("/api/files/x", 26_214_401)).status).toBe(413);
    });

    test("believes the load balancer's word on the client, and its last word alone [TKT-1.3] [TKT-3.1] [TKT-SEC.2]", async () => {
      await asked(site, { client: "203.0.113.1, 192.0.2.77", headers: { "X-Real-IP": "203.0.113.1" } });

      expect(api.application.received.at(-1)?.headers).toMatchObject({
        "x-forwarded-for": "192.0.2.77",
        "x-real-ip": "192.0.2.77",
        "x-forwarded-proto": "https",
        host: "tickets.dev.example.org",
      });
      expect((await asked(site, { from: STRANGER })).status).toBe(403);
    });

    test("sends the header policy once, with the application's answers and its own", async () => {
      api.application.answer((_request, response) => {
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.end();
      });

      expect((await asked(site)).headers).toMatchObject(headersOfPolicy);
      expect(await asked(site, { path: "/metrics" })).toMatchObject({
        status: 404,
        headers: { ...headersOfPolicy, "cache-control": "no-store" },
      });
      expect((await asked(site)).headers["server"]).toBe("nginx");
    });

    test("hides metrics from the world, in every spelling [TKT-4.2]", async () => {
      for (const path of ["/metrics", "/metrics/x", "//Metrics", "/%6detrics", "/x/../metrics", "/x/..%2fmetrics"]) {
        expect((await asked(site, { path })).status).toBe(404);
      }
      expect((await asked(api.target(9101), { path: "/metrics" })).status).toBe(200);
      expect((await asked(api.target(9101), { path: "/api/tickets" })).status).toBe(404);
    });

    test("knows its own name alone; by address it answers for its health [TKT-5.12]", async () => {
      expect((await asked(site, { host: "tickets.example.com" })).status).toBe(421);
      expect((await asked(site, { host: "10.10.48.4", path: "/health" })).status).toBe(200);
      expect(api.application.received.at(-1)?.headers["host"]).toBe("tickets.dev.example.org");
      expect((await asked(site, { host: "10.10.48.4", path: "/api/tickets" })).status).toBe(421);
    });

    test("keeps the client's id of a request, and makes one where there is none", async () => {
      await asked(site, { headers: { "X-Request-ID": "an id" } });
      expect(api.application.received.at(-1)?.headers["x-request-id"]).toBe("an id");
      await asked(site);
      expect(api.application.received.at(-1)?.headers["x-request-id"]).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a/,
      );
    });

    test("leaves the application's own errors alone, and gives up on what hangs", async () => {
      api.application.answer((_request, response) => response.writeHead(422).end("of the application"));
      expect(await asked(site)).toMatchObject({ status: 422, body: "of the application" });
      api.application.answer(() => undefined);
      expect(await asked(site)).toMatchObject({ status: 504, body: '{"error":{"code":"GATEWAY_TIMEOUT"}}' });
    });

    test("answers malformed requests as JSON", async () => {
      const long = await asked(site, { path: `/${"x".repeat(21_000)}` });
      const wide = await asked(site, { headers: { "X-Wide": "x".repeat(21_000) } });

      expect([long, wide]).toMatchObject([
        { status: 414, body: '{"error":{"code":"URI_TOO_LONG"}}' },
        { status: 431, body: '{"error":{"code":"HEADERS_TOO_LARGE"}}' },
      ]);
    });

    test("claims no client certificate for anybody", async () => {
      await asked(site, { headers: { "X-SSL-Client-Verify": "SUCCESS", "X-SSL-Client-S-DN": "CN=admin" } });

      const names = Object.keys(api.application.received.at(-1)?.headers ?? {});
      expect(names.filter((name) => name.includes("ssl"))).toEqual([]);
    });

    test("counts its connections for the exporter, on loopback [TKT-4.6]", async () => {
      const page = await fetch(`http://127.0.0.1:${api.port(8099)}/stub_status`);

      expect(await page.text()).toMatch(/^Active connections: \d+/);
    });
  });

  describe("on a worker host of ticketing", () => {
    test("gives metrics and health, over TLS [TKT-4.3]", async () => {
      const worker = await start("dev-tkt-worker-a", []);
      const metrics = worker.target(9101);

      const tls = await handshake(metrics);
      const found = [
        await outcome(metrics, { path: "/metrics" }),
        await outcome(metrics, { path: "/health", host: "10.10.48.8" }),
        await outcome(metrics, { path: "/" }),
        await outcome(metrics, { path: "/metrics", method: "POST" }),
      ];
      tls.destroy();
      await worker.stop();

      expect(found).toEqual([200, 200, 404, 404]);
    });
  });

  describe("on a portal host of the broker", () => {
    let host: RunningHost;
    let portal: Target;

    beforeAll(async () => {
      host = await start("dev-brk-portal-a", ["portal.dev.example.org"]);
      portal = host.target(443, "portal.dev.example.org");
    });
    afterAll(() => host.stop());

    test("serves the login page with the four headers of its origin [BRK-26.3] [BRK-26.4] [BRK-16.3]", async () => {
      const { status, headers } = await asked(portal, { path: "/login", client: "192.0.2.200" });

      expect(status).toBe(200);
      expect(headers).toMatchObject(headersOfPolicy);
      expect(host.application.received.at(-1)?.headers).toMatchObject({
        host: "portal.dev.example.org",
        "x-real-ip": "192.0.2.200",
        "x-forwarded-for": "192.0.2.200",
        "x-forwarded-proto": "https",
      });
    });

    test("opens /admin to administrators' networks, whatever the method and spelling [BRK-20.6] [BRK-SEC.20]", async () => {
      const activate = { method: "PUT", path: "/admin/users/7/activate" };

      expect((await asked(portal, { ...activate, client: "203.0.113.17" })).status).toBe(200);
      expect((await asked(portal, activate)).status).toBe(404);
      for (const path of ["/admin", "/%61dmin/x", "//ADMIN/x", "/portal/../admin/x"]) {
        expect((await asked(portal, { path })).status).toBe(404);
      }
      expect((await asked(portal, { path: "/internal/messages/register", client: "203.0.113.17" })).status).toBe(404);
    });

    test("limits logins and bodies [BRK-SEC.19]", async () => {
      const client = someone();
      const logins = await together(20, () => asked(portal, { method: "POST", path: "/login", body: "{}", client }));

      expect(statuses(logins, 429).length).toBeGreaterThanOrEqual(8);
      expect(statuses(logins, 429)[0]?.headers["retry-after"]).toBe("3");
      expect((await asked(portal, { method: "POST", path: "/", body: "x".repeat(1_048_577) })).status).toBe(413);
    });
  });
});
