import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  days,
  defineService,
  hosts,
  httpProbe,
  https,
  kib,
  mib,
  perMinute,
  perSecond,
  seconds,
  web,
} from "../../services/define.ts";
import { production } from "../../services/environments/production.ts";
import { observability } from "../../services/observability.ts";
import { resolve, resolveEstate } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { newApp } from "../../stacks/app.ts";
import { auditStack } from "../../stacks/audit.ts";
import { networkStack } from "../../stacks/network.ts";
import { observabilityStack } from "../../stacks/observability.ts";
import { pkiStack } from "../../stacks/pki.ts";
import { securityGroups } from "../../stacks/service/connections.ts";
import { newServiceStack } from "../../stacks/service/context.ts";
import { makeWeb } from "../../stacks/service/web.ts";
import { vaultStack } from "../../stacks/vault.ts";
import { parseStack, type Synthesized } from "../support/synth.ts";

/** A web entrypoint that no product has in this shape: paths for administrators and for partners, TLS 1.3. */

const desk = hosts("desk", {
  why: "serves the desk",
  tier: "app",
  zones: 3,
  address: 4,
  size: "small",
  listens: { web: https(8443) },
  health: httpProbe("/ready", "web"),
  units: [],
});
const entrypoint = web("site", {
  why: "the desk and its administration",
  host: "desk",
  to: desk.listens.web,
  health: "/ready",
  body: kib(8),
  minimumTls: "1.3",
  flood: 4000,
  hidden: ["/metrics", "/debug/*"],
  routes: [
    { class: "admin", paths: ["/admin/*"], rate: perMinute(20), burst: 5, connections: 2, audience: "admins" },
    {
      class: "partners",
      paths: ["/partners/*"],
      // 428.57 in five minutes.
      rate: { requests: 10, per: seconds(7) },
      burst: 5,
      connections: 2,
      body: mib(1),
      audience: "clients",
    },
    { class: "other", paths: ["/*"], rate: perSecond(10), burst: 20, connections: 10 },
  ],
});
const service = defineService({
  name: "help-desk",
  code: "hlp",
  owner: "support-platform",
  data: "internal",
  block: 6,
  logs: { keep: days(30), audit: days(365) },
  components: [desk],
  entrypoints: [entrypoint],
});
const environment: Environment = {
  ...production,
  ranges: { admins: ["203.0.113.16/28"], clients: ["198.51.100.0/24"] },
};

let made: Synthesized;
beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), "web-"));
  try {
    const app = newApp(directory);
    const estate = resolveEstate({ environments: [environment], services: [service, observability] }, environment);
    const audit = auditStack(app, estate);
    const network = networkStack(app, estate, { audit });
    const resolved = resolve(service, environment);
    const context = newServiceStack(app, resolved, {
      audit,
      network,
      vault: vaultStack(app, estate, { audit, network }),
      pki: pkiStack(app, environment),
      observability: observabilityStack(app, environment, { network }),
    });
    const groups = securityGroups(context);
    for (const entry of resolved.entrypoints) {
      makeWeb(
        context,
        groups,
        { ...entry, entrypoint },
        resolved.hosts.map(({ address }, index) => ({ id: `desk-${index}`, targetId: `i-of-${address}` })),
      );
    }
    made = parseStack(JSON.stringify(context.stack.toTerraform()));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

const priorities = () =>
  made
    .all("aws_lb_listener_rule")
    .map(({ args }) => args)
    .sort((one, other) => one.priority - other.priority);

/** What the load balancer does with a request: the action of the first rule whose conditions all match. */
function answer(path: string, range: string): string {
  const matches = (pattern: string) =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  const found = priorities().find(({ condition }) =>
    (condition as readonly Record<string, { values: readonly string[] }>[]).every(
      ({ host_header, path_pattern, source_ip }) =>
        (host_header?.values.includes("desk.example.org") ?? true) &&
        (path_pattern?.values.some(matches) ?? true) &&
        (source_ip?.values.includes(range) ?? true),
    ),
  );
  const action = found?.action[0];
  return action?.type === "forward" ? "forwarded" : `${action?.fixed_response.status_code}`;
}
const admins = "203.0.113.16/28";
const clients = "198.51.100.0/24";
const anyone = "192.0.2.0/24";

describe("paths of a narrower audience", () => {
  test("for administrators are handed on from their ranges alone, and not there for clients and all others", () => {
    expect([admins, clients, anyone].map((range) => answer("/admin/users", range))).toEqual([
      "forwarded",
      "404",
      "404",
    ]);
  });

  test("for clients are handed on from their ranges alone, and not there for administrators and all others", () => {
    expect([admins, clients, anyone].map((range) => answer("/partners/orders", range))).toEqual([
      "404",
      "forwarded",
      "404",
    ]);
  });

  test("leave all other paths to everybody, and hidden ones to nobody", () => {
    for (const range of [admins, clients, anyone]) {
      expect([range, ...["/", "/api/tickets", "/metrics", "/debug/pprof"].map((path) => answer(path, range))]).toEqual([
        range,
        "forwarded",
        "forwarded",
        "404",
        "404",
      ]);
    }
  });

  test("stand behind two rules each: first the ranges of the audience, then a refusal of the same paths", () => {
    const host = { host_header: { values: ["desk.example.org"] } };
    const path = (...values: readonly string[]) => ({ path_pattern: { values } });

    expect(priorities().map(({ priority, condition }) => [priority, condition])).toEqual([
      [10, [host, path("/metrics", "/debug/*")]],
      [20, [host, path("/admin/*"), { source_ip: { values: ["203.0.113.16/28"] } }]],
      [21, [host, path("/admin/*")]],
      [22, [host, path("/partners/*"), { source_ip: { values: ["198.51.100.0/24"] } }]],
      [23, [host, path("/partners/*")]],
      [100, [host]],
    ]);
  });
});

describe("a web entrypoint", () => {
  test("speaks TLS 1.3 alone where it declares so", () => {
    const listeners = made.all("aws_lb_listener").map(({ args }) => [args.port, args.ssl_policy]);

    expect(Object.fromEntries(listeners)).toEqual({ 80: undefined, 443: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09" });
  });

  test("limits each class to what its rate permits in five minutes, rounded up, and all to the declared flood", () => {
    const rules: readonly { name: string; statement: { rate_based_statement?: { limit: number } } }[] =
      made.one("aws_wafv2_web_acl").args.rule;
    const limits = rules.flatMap(({ name, statement }) =>
      statement.rate_based_statement === undefined ? [] : [[name, statement.rate_based_statement.limit]],
    );

    expect(limits).toEqual([
      ["rate-admin", 100],
      ["rate-partners", 429],
      ["rate-flood", 4000],
    ]);
  });

  test("admits larger bodies only where a route declares them", () => {
    const rules: readonly { name: string; statement: unknown }[] = made.one("aws_wafv2_web_acl").args.rule;
    const size = JSON.stringify(rules.find(({ name }) => name === "body-size")?.statement);

    expect([...size.matchAll(/"search_string":"([^"]+)"/g)].map(([, path]) => path)).toEqual(["/partners/"]);
  });

  test("needs as many healthy targets as it has, each on the port of the component", () => {
    expect(made.all("aws_lb_target_group_attachment").map(({ args }) => [args.target_id, args.port])).toEqual(
      resolve(service, environment).hosts.map(({ address }) => [`i-of-${address}`, 8443]),
    );
    const alarms = made.all("aws_cloudwatch_metric_alarm").map(({ args }) => [args.alarm_name, args.threshold]);
    expect(Object.fromEntries(alarms)).toEqual({
      "prd-hlp-site-errors": 1,
      "prd-hlp-site-balancer-errors": 10,
      "prd-hlp-site-targets": 3,
    });
  });
});
