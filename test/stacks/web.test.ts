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
import type { Environment } from "../../services/schema/environment.ts";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import type { Synthesized } from "../support/synth.ts";
import { resourceOf } from "./policies.ts";
import { synthesizeService } from "./synthesize-service.ts";

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
let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate("production");
  made = synthesizeService(service, environment);
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
      ["a", "b", "c"].map((zone) => [`\${aws_instance.desk-${zone}_host.id}`, 8443]),
    );
    const alarms = made
      .all("aws_cloudwatch_metric_alarm")
      .map(({ args }) => [args.alarm_name, args.threshold])
      .filter(([name]) => `${name}`.startsWith("prd-hlp-site-"));
    expect(Object.fromEntries(alarms)).toEqual({
      "prd-hlp-site-errors": 1,
      "prd-hlp-site-balancer-errors": 10,
      "prd-hlp-site-targets": 3,
    });
  });
});

describe.each([
  ["desktop-backend", "desktop.example.org"],
  ["student-allocation", "allocation.example.org"],
])("the entrypoint of %s, whose targets are pods", (name, host) => {
  let stack: Synthesized;
  beforeAll(() => {
    stack = estate.stack("production", name);
  });

  test("takes 443 with a certificate that renews itself, and sends 80 there [NOD-1.2] [NOD-1.3] [NOD-1.4]", () => {
    const listeners = stack
      .all("aws_lb_listener")
      .map(({ args }) => [args.port, args.protocol, args.default_action[0]]);

    expect(Object.fromEntries(listeners.map(([port, ...rest]) => [port, rest]))).toMatchObject({
      443: ["HTTPS", { type: "fixed-response" }],
      80: ["HTTP", { redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
    });
    expect(stack.one("aws_acm_certificate").args).toMatchObject({ domain_name: host, validation_method: "DNS" });
  });

  test("sets the security headers on every answer [NOD-1.5] [NOD-1.6] [NOD-1.7] [ALC-7.2] [ALC-7.3]", () => {
    expect(resourceOf(stack, "aws_lb_listener.web-balancer_https")).toMatchObject({
      routing_http_response_strict_transport_security_header_value: "max-age=31536000; includeSubDomains",
      routing_http_response_x_frame_options_header_value: "DENY",
      routing_http_response_content_security_policy_header_value: "default-src 'self'; frame-ancestors 'none'",
      routing_http_response_x_content_type_options_header_value: "nosniff",
    });
  });

  test("answers 404 to requests for /metrics before it hands on all others [ALC-6.8]", () => {
    const rules = stack
      .all("aws_lb_listener_rule")
      .map(({ args }) => args)
      .sort((one, other) => one.priority - other.priority);

    expect(rules.map(({ condition, action }) => [condition[1]?.path_pattern.values, action[0].type])).toEqual([
      [["/metrics", "/metrics/*"], "fixed-response"],
      [undefined, "forward"],
    ]);
    expect(rules[0]?.action[0].fixed_response.status_code).toBe("404");
  });

  test("lets the cluster bind its pods, and lets a leaving one finish its longest request", () => {
    expect(stack.one("aws_lb_target_group").args).toMatchObject({
      target_type: "ip",
      port: 8443,
      protocol: "HTTPS",
      deregistration_delay: "60",
      health_check: { path: "/health", protocol: "HTTPS" },
      tags: { "eks:eks-cluster-name": "${data.terraform_remote_state.cluster.outputs.name}" },
    });
    expect(stack.all("aws_lb_target_group_attachment")).toEqual([]);
    expect(resourceOf(stack, "aws_cloudwatch_metric_alarm.web-targets-alarm_alarm").threshold).toBe(3);
  });

  test("stands behind a web firewall of its own", () => {
    expect(stack.one("aws_wafv2_web_acl").args).toMatchObject({ scope: "REGIONAL" });
    expect(stack.one("aws_wafv2_web_acl_association").args.resource_arn).toBe("${aws_lb.web-balancer_lb.arn}");
    expect(stack.one("aws_lb").args.internal).toBe(false);
  });
});
