import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pathExpression } from "../../../ansible/inventory/nginx/patterns.ts";
import { nginx } from "../../../ansible/inventory/roles/nginx.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { requireProgram } from "../../support/program.ts";
import { type Authorities, aroundOf, authorities, hostNamed } from "./nginx/host.ts";
import { estateOf, type Rendered, rendered } from "./nginx/rendered.ts";
import { faults } from "./nginx/running.ts";

/** What the role is told, and what it writes for every kind of host. */

const CONFIGURATION = "/etc/nginx/nginx.conf";

describe("NGINX's variables", () => {
  const { groups, groupVars } = inventoryOf(estateOf("production"), [nginx]);

  test("are for the hosts whose applications listen on loopback", () => {
    expect(Object.keys(groups["nginx"]?.children ?? {})).toEqual([
      "ticketing_api",
      "ticketing_worker",
      "message_broker_proxy",
      "message_broker_main",
      "message_broker_worker",
      "message_broker_portal",
    ]);
  });

  test("tell the ports, whose certificates they show, and whose they demand [BRK-16.3] [BRK-26.5]", () => {
    const told = Object.entries(groupVars).flatMap(([group, { nginx_servers: servers }]) =>
      (Array.isArray(servers) ? servers : []).map(
        ({ port, tls }) => `${group}:${port} ${tls.certificate}${tls.clients ? ` clients ${tls.clients.revoked}` : ""}`,
      ),
    );

    expect(told).toEqual([
      "ticketing_api:443 /etc/ticketing/tls/tls.crt",
      "ticketing_api:9101 /etc/ticketing/tls/tls.crt",
      "ticketing_worker:9101 /etc/ticketing/tls/tls.crt",
      "message_broker_proxy:8001 /opt/message_broker_proxy/proxy/certs/proxy.crt clients /opt/message_broker_proxy/proxy/certs/ca.crl",
      "message_broker_proxy:8002 /opt/message_broker_proxy/proxy/certs/proxy.crt clients /opt/message_broker_proxy/proxy/certs/ca.crl",
      "message_broker_proxy:8003 /etc/message-broker/tls/tls.crt",
      "message_broker_proxy:9101 /etc/message-broker/tls/tls.crt",
      "message_broker_main:8000 /opt/message_broker/main_server/certs/server.crt clients /opt/message_broker/main_server/certs/ca.crl",
      "message_broker_main:9101 /etc/message-broker/tls/tls.crt",
      "message_broker_worker:9101 /etc/message-broker/tls/tls.crt",
      "message_broker_portal:443 /etc/message-broker/tls/tls.crt",
      "message_broker_portal:9101 /etc/message-broker/tls/tls.crt",
    ]);
  });
});

describe("a pattern of paths", () => {
  test("means itself: a dot is a dot, a star at the end is all that begins so", () => {
    const expression = new RegExp(`^${pathExpression("p", ["/a.b", "/c/*"]).replaceAll("\\z", "$")}`);

    expect(["/a.b", "/c/", "/c/d"].every((path) => expression.test(path))).toBe(true);
    expect(["/axb", "/a.bc", "/c"].some((path) => expression.test(path))).toBe(false);
  });

  test.each(['/a"', "/a\\b", "a", "/a*b", "/a b"])("fails when it is %j", (pattern) => {
    expect(() => pathExpression("shop/routes/all/paths", [pattern])).toThrow(
      `shop/routes/all/paths: must be paths like /status or /api/*, got ${pattern}`,
    );
  });
});

describe.runIf(requireProgram("nginx", "install NGINX"))("nginx.conf", () => {
  let both: Authorities;
  const files: Record<string, Rendered> = {};

  beforeAll(() => {
    both = authorities();
    for (const environment of ["dev", "production"]) files[environment] = rendered(environment, "zone_a");
  }, 180_000);
  afterAll(() => both.stop());

  const text = (environment: string, host: string) => files[environment]?.[host]?.[CONFIGURATION] ?? "";

  test.each(
    [
      ["dev", "dev"],
      ["production", "prd"],
    ].flatMap(([environment = "", short = ""]) =>
      ["tkt-api-a", "tkt-worker-a", "brk-proxy-a", "brk-main-a", "brk-worker-a", "brk-portal-a"].map(
        (name) => [environment, `${short}-${name}`] as const,
      ),
    ),
  )("is sound in %s on %s, without a warning [TKT-5.8]", (environment, tag) => {
    const estate = estateOf(environment);
    const configuration = text(environment, tag);
    const around = aroundOf(estate, hostNamed(estate, tag), both, [], configuration);

    expect(faults(configuration, { ...around, application: 8000 })).toBe("");
    expect(configuration).not.toMatch(/[ \t]$|\{\{|\{%/m);
  });

  test("speaks TLS 1.2 and 1.3 with authenticated, ephemeral ciphers, and keeps no session where clients are checked [BRK-19.3] [BRK-SEC.17] [BRK-SEC.18]", () => {
    for (const rendering of Object.values(files)) {
      for (const [host, { [CONFIGURATION]: configuration = "" }] of Object.entries(rendering)) {
        const servers = configuration
          .split(/^ {4}server \{/m)
          .slice(1)
          .filter((server) => server.includes(" ssl"));
        expect(servers.length, host).toBeGreaterThan(0);
        for (const server of servers) {
          expect(server).toContain("ssl_protocols TLSv1.2 TLSv1.3;");
          expect(server).toContain("http2 on;");
          // Certificates of the broker are shown only where one is demanded.
          expect(server.includes("ssl_verify_client on;")).toBe(server.includes("ssl_certificate /opt/"));
          expect(server.includes("ssl_session_cache off;")).toBe(server.includes("ssl_verify_client on;"));
          expect(server.includes("ssl_crl ")).toBe(server.includes("ssl_verify_client on;"));
        }
        const ciphers = /ssl_ciphers (\S+);/.exec(configuration)?.[1]?.split(":") ?? [];
        expect(ciphers).toHaveLength(6);
        expect(ciphers.every((cipher) => /^ECDHE-(ECDSA|RSA)-.*(GCM|CHACHA20)/.test(cipher))).toBe(true);
        expect(configuration).toContain("ssl_session_tickets off;");
      }
    }
  });

  test("limits every route of the world [TKT-1.5] [TKT-1.6]", () => {
    const routes =
      text("production", "prd-tkt-api-a").match(/location \^~ \/\.edge\/route\/\w+\/ \{[^}]*\}[^}]*\}/g) ?? [];

    expect(routes.filter((route) => route.includes("limit_req "))).toHaveLength(4);
    expect(routes.filter((route) => route.includes("limit_conn "))).toHaveLength(4);
    expect(text("production", "prd-tkt-api-a")).toContain("zone=rate_443_auth:4m rate=5r/s;");
  });

  test("trusts the load balancers' subnets alone [TKT-SEC.2]", () => {
    const trusted = [...text("production", "prd-tkt-api-a").matchAll(/set_real_ip_from (\S+);/g)].map(
      ([, range]) => range,
    );
    const balancers = estateOf("production").network.subnets.filter(({ tier }) => tier === "public");

    expect(new Set(trusted)).toEqual(new Set(balancers.map(({ cidr }) => cidr)));
  });

  test("waits for the application longer than its longest request, and a stop longer than both [BRK-7.4]", () => {
    const unit = files["dev"]?.["dev-brk-proxy-a"]?.["/etc/systemd/system/nginx.service.d/60-platform.conf"] ?? "";

    expect(text("dev", "dev-brk-proxy-a")).toContain("proxy_read_timeout 36s;");
    expect(text("dev", "dev-brk-proxy-a")).toContain("worker_shutdown_timeout 40s;");
    expect(unit).toContain("QUIT/43 ");
    expect(unit).toContain("TimeoutStopSec=45");
  });

  test.runIf(requireProgram("systemd-analyze", "install systemd"))("runs in a unit that may little", () => {
    const folder = mkdtempSync(join(tmpdir(), "nginx-unit-"));
    const settings = files["dev"]?.["dev-tkt-api-a"]?.["/etc/systemd/system/nginx.service.d/60-platform.conf"] ?? "";
    // Debian 13's unit has these lines, and no other that matters to what it may do.
    const ofDebian = "[Service]\nType=forking\nPIDFile=/run/nginx.pid\nExecStart=/usr/sbin/nginx\nKillMode=mixed\n";
    writeFileSync(join(folder, "nginx.service"), `${ofDebian}${settings}`);
    try {
      const judged = execFileSync(
        "systemd-analyze",
        ["security", "--offline=true", "--threshold=25", "--no-pager", join(folder, "nginx.service")],
        { encoding: "utf8" },
      );
      expect(judged).toMatch(/Overall exposure level for nginx.service: [0-2]\.\d OK/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
