import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requireProgram } from "../../support/program.ts";
import { ask } from "../roles/nginx/client.ts";
import { type Authorities, authorities, hostNamed, type RunningHost, startHost } from "../roles/nginx/host.ts";
import { estateOf, type Rendered, rendered } from "../roles/nginx/rendered.ts";
import { MAIN, PORTAL, PROXY } from "./hosts.ts";

/** What applications of the broker get of requests, from the real NGINX of their hosts. */

const estate = estateOf("dev");

describe.runIf(requireProgram("nginx", "install NGINX"))("NGINX of the broker hands on", () => {
  let both: Authorities;
  let hosts: Rendered;
  beforeAll(() => {
    both = authorities();
    hosts = rendered("dev", [PROXY, MAIN, PORTAL].join(","));
  }, 120_000);
  afterAll(() => both.stop());

  const started = async (tag: string, name: string, use: (host: RunningHost) => Promise<void>) => {
    const text = hosts[tag]?.["/etc/nginx/nginx.conf"] ?? "";
    const host = await startHost(estate, tag, { authorities: both, names: [name], text });
    try {
      await use(host);
    } finally {
      await host.stop();
    }
  };

  test("nonce and time of a request, whatever the application calls them [BRK-11.2]", () =>
    started(PROXY, "broker.dev.example.org", async (proxy) => {
      const identity = both.broker.issue("/CN=client-1");
      const headers = { "X-Nonce": "3f1c9a5e", "X-Timestamp": "1767225600", "Message-Nonce": "0b7d" };
      const sent = { method: "POST", path: "/api/v1/messages", body: "{}", client: "198.51.100.7", identity, headers };

      const { status } = await ask(proxy.target(8001, "broker.dev.example.org"), sent);

      expect(status).toBe(200);
      expect(proxy.application.received.at(-1)?.headers).toMatchObject({
        "x-nonce": "3f1c9a5e",
        "x-timestamp": "1767225600",
        "message-nonce": "0b7d",
      });
    }));

  test("main's caller by its certificate, and nothing that the caller says of itself [BRK-18.4]", () =>
    started(MAIN, "main.message-broker.dev.internal.example.org", async (main) => {
      const caller = hostNamed(estate, PROXY).domain;
      const identity = both.broker.issue(`/CN=${caller}`, { purpose: "serverAuth,clientAuth" });
      const headers = {
        "X-SSL-Client-S-DN": "CN=admin",
        "X-SSL-Client-Verify": "SUCCESS",
        "X-SSL-Client-Cert": "forged",
      };
      const asked = { method: "POST", path: "/internal/messages/register", body: "{}", identity, headers };

      const { status } = await ask(main.target(8000, "main.message-broker.dev.internal.example.org"), asked);

      expect(status).toBe(200);
      const { headers: got = {} } = main.application.received.at(-1) ?? {};
      expect(got).toMatchObject({ "x-ssl-client-verify": "SUCCESS", "x-ssl-client-s-dn": `CN=${caller}` });
      expect(decodeURIComponent(got["x-ssl-client-cert"] ?? "")).toBe(identity.certificate);
      expect(hosts[MAIN]?.["/etc/nginx/nginx.conf"]).toContain("server 127.0.0.1:18000 max_fails=0;");
    }));

  test.each(["/portal/auth/forgot-password", "/forgot-password", "/reset-password"])(
    "no more than four requests at once of one client to %s, and no other client waits for it [BRK-23.3]",
    (path) =>
      started(PORTAL, "portal.dev.example.org", async (portal) => {
        const post = async (client: string) => {
          const sent = { method: "POST", path, body: "{}", headers: { "X-Forwarded-For": client } };
          return (await ask(portal.target(443, "portal.dev.example.org"), sent)).status;
        };
        const begun = Date.now();
        const statuses: number[] = [];
        for (let index = 0; index < 8; index += 1) statuses.push(await post("192.0.2.61"));
        await setTimeout(1_000);
        for (let index = 0; index < 2; index += 1) statuses.push(await post("192.0.2.61"));
        // Five a minute: each twelve seconds that this machine takes, one more may pass.
        const most = 4 + Math.floor((Date.now() - begun) / 12_000);

        expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
        expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(most);
        expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
        expect(await post("192.0.2.62")).toBe(200);
      }),
  );
});
