import type { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from "../../../constructs/edge/application-load-balancer.ts";
import { Certificate } from "../../../constructs/edge/certificate.ts";
import { TargetGroup } from "../../../constructs/edge/target-group.ts";
import { synth } from "../../support/synth.ts";

const make = (scope: Construct, props: Partial<ApplicationLoadBalancerProps> = {}) => {
  const to = new TargetGroup(scope, "targets", {
    name: "shop-web",
    vpcId: "vpc-1",
    port: 443,
    targetType: "instance",
    healthCheck: { path: "/health" },
  });
  return new ApplicationLoadBalancer(scope, "web", {
    name: "shop-web",
    scheme: "internet-facing",
    subnetIds: ["subnet-a", "subnet-b"],
    securityGroupIds: ["sg-1"],
    logs: { bucketName: "logs-example", prefix: "shop" },
    certificate: new Certificate(scope, "cert", { domainName: "shop.example.org", zoneId: "Z1" }),
    routes: [
      { id: "metrics", priority: 10, hosts: ["shop.example.org"], paths: ["/metrics"], to: "not-found" },
      { id: "shop", priority: 20, hosts: ["shop.example.org"], to },
      {
        id: "office",
        priority: 15,
        hosts: ["shop.example.org"],
        paths: ["/admin/*"],
        sourceRanges: ["192.0.2.0/24"],
        to,
      },
    ],
    ...props,
  });
};
const synthWith = (props: Partial<ApplicationLoadBalancerProps> = {}) => synth((scope) => void make(scope, props));
const listener = (props: Partial<ApplicationLoadBalancerProps>, name: string) =>
  synthWith(props)
    .all("aws_lb_listener")
    .find((resource) => resource.name === name)?.args;

describe("application load balancer", () => {
  it("logs, resists smuggling and is protected from deletion without being asked [TKT-5.6]", () => {
    const lb = synthWith().one("aws_lb");

    expect(lb.address).toBe("aws_lb.web_lb");
    expect(lb.args).toEqual({
      name: "shop-web",
      load_balancer_type: "application",
      internal: false,
      ip_address_type: "ipv4",
      subnets: ["subnet-a", "subnet-b"],
      security_groups: ["sg-1"],
      idle_timeout: 60,
      enable_deletion_protection: true,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "strictest",
      enable_http2: true,
      xff_header_processing_mode: "append",
      preserve_host_header: false,
      enable_waf_fail_open: false,
      enable_zonal_shift: true,
      access_logs: { enabled: true, bucket: "logs-example", prefix: "shop/access" },
      connection_logs: { enabled: true, bucket: "logs-example", prefix: "shop/connection" },
      health_check_logs: { enabled: true, bucket: "logs-example", prefix: "shop/health" },
      tags: { Name: "shop-web" },
    });
  });

  it("answers 404 for hosts nobody declared, over TLS 1.2 or newer, with strict headers [NOD-1.5] [NOD-1.6] [NOD-1.7]", () => {
    expect(listener({}, "web_https")).toEqual({
      load_balancer_arn: "${aws_lb.web_lb.arn}",
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificate_arn: "${aws_acm_certificate_validation.cert_issued.certificate_arn}",
      routing_http_response_strict_transport_security_header_value: "max-age=31536000; includeSubDomains",
      routing_http_response_x_frame_options_header_value: "DENY",
      routing_http_response_content_security_policy_header_value: "default-src 'self'; frame-ancestors 'none'",
      routing_http_response_x_content_type_options_header_value: "nosniff",
      routing_http_response_server_enabled: false,
      default_action: [
        {
          type: "fixed-response",
          fixed_response: { content_type: "text/plain", message_body: "not found", status_code: "404" },
        },
      ],
    });
  });

  it("refuses TLS 1.2 where 1.3 is the minimum", () => {
    expect(listener({ minimumTls: "1.3" }, "web_https").ssl_policy).toBe("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
  });

  it("only redirects on port 80 [NOD-1.4]", () => {
    expect(listener({}, "web_http")).toEqual({
      load_balancer_arn: "${aws_lb.web_lb.arn}",
      port: 80,
      protocol: "HTTP",
      routing_http_response_server_enabled: false,
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
    });
  });

  it("has no port 80 when it is internal", () => {
    const stack = synthWith({ scheme: "internal" });

    expect(stack.one("aws_lb").args.internal).toBe(true);
    expect(stack.all("aws_lb_listener").map((resource) => resource.args.port)).toEqual([443]);
  });

  it("routes by host, path and client range", () => {
    const rules = Object.fromEntries(
      synthWith()
        .all("aws_lb_listener_rule")
        .map(({ name, args }) => [name, [args.priority, args.condition, args.action]]),
    );

    const host = { host_header: { values: ["shop.example.org"] } };
    const forward = [{ type: "forward", target_group_arn: "${aws_lb_target_group.targets_group.arn}" }];
    expect(rules).toEqual({
      web_metrics: [
        10,
        [host, { path_pattern: { values: ["/metrics"] } }],
        [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "not found", status_code: "404" },
          },
        ],
      ],
      web_shop: [20, [host], forward],
      web_office: [
        15,
        [host, { path_pattern: { values: ["/admin/*"] } }, { source_ip: { values: ["192.0.2.0/24"] } }],
        forward,
      ],
    });
  });

  it("can be deleted where somebody said why and until when", () => {
    const deletionProtection = { enabled: false, reason: "torn down every night", until: "2027-03-31" } as const;

    expect(synthWith({ deletionProtection }).one("aws_lb").args.enable_deletion_protection).toBe(false);
  });

  const hosts = ["shop.example.org"];
  const route = { id: "one", priority: 1, hosts, to: "not-found" } as const;
  it.each<[string, Partial<ApplicationLoadBalancerProps>, string]>([
    ["one subnet", { subnetIds: ["subnet-a"] }, "test/web: subnetIds must name at least 2 subnets, got 1"],
    [
      "no security group",
      { securityGroupIds: [] },
      "test/web: securityGroupIds must not be empty: AWS would take the default group",
    ],
    [
      "a log prefix with an outer slash",
      { logs: { bucketName: "logs", prefix: "shop/" } },
      'test/web: logs.prefix must have no outer slash and no "AWSLogs", got "shop/"',
    ],
    [
      "a name over 32 characters",
      { name: "a".repeat(33) },
      `load balancer "${"a".repeat(33)}": name must have at most 32 characters, got 33`,
    ],
    [
      "a name AWS keeps for itself",
      { name: "internal-web" },
      'load balancer "internal-web": name must not start with "internal-", which AWS keeps for itself',
    ],
    [
      "colliding priorities",
      { routes: [route, { ...route, id: "two" }] },
      "test/web: routes one and two must differ in priority, got 1",
    ],
    [
      "a route for every host",
      { routes: [{ ...route, hosts: ["*"] }] },
      'test/web: route one must name its hosts, got "*"',
    ],
    [
      "more values than a rule takes",
      { routes: [{ ...route, paths: ["/a", "/b", "/c", "/d", "/e"] }] },
      "test/web: route one must have at most 5 condition values, got 6",
    ],
    [
      "a shorter HSTS",
      { headers: { hstsMaxAgeSeconds: 300 } },
      "hstsMaxAgeSeconds: must be a whole number >= 31536000, got 300",
    ],
    [
      "a CSP that leaves framing open",
      { headers: { contentSecurityPolicy: "default-src 'self'" } },
      "contentSecurityPolicy: must state frame-ancestors, got \"default-src 'self'\"",
    ],
    [
      "protection off without a reason",
      { deletionProtection: { enabled: false, reason: "", until: "2027-03-31" } },
      'test/web/deletionProtection: reason must be a sentence, got ""',
    ],
    [
      "protection off until no real day",
      { deletionProtection: { enabled: false, reason: "torn down nightly", until: "2027-02-30" } },
      'test/web/deletionProtection: until must be a day as YYYY-MM-DD, got "2027-02-30"',
    ],
  ])("fails when given %s", (_, props, message) => {
    expect(() => synthWith(props)).toThrow(new Error(message));
  });
});
