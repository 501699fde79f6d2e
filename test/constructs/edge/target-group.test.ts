import { describe, expect, it } from "vitest";
import { TargetGroup, type TargetGroupProps } from "../../../constructs/edge/target-group.ts";
import { synth } from "../../support/synth.ts";

const props: TargetGroupProps = {
  name: "shop-web",
  vpcId: "vpc-1",
  port: 8443,
  targetType: "instance",
  healthCheck: { path: "/health" },
};
const synthWith = (changed: Partial<TargetGroupProps> = {}) =>
  synth((scope) => void new TargetGroup(scope, "web-targets", { ...props, ...changed }));

describe("target group", () => {
  it("speaks and asks HTTPS, keeps no session on a target", () => {
    expect(synthWith().one("aws_lb_target_group").args).toEqual({
      name: "shop-web",
      vpc_id: "vpc-1",
      target_type: "instance",
      port: 8443,
      protocol: "HTTPS",
      protocol_version: "HTTP1",
      ip_address_type: "ipv4",
      load_balancing_algorithm_type: "round_robin",
      load_balancing_cross_zone_enabled: "true",
      deregistration_delay: "60",
      slow_start: 0,
      stickiness: { enabled: false, type: "lb_cookie" },
      health_check: {
        enabled: true,
        protocol: "HTTPS",
        port: "traffic-port",
        path: "/health",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
      },
      tags: { Name: "shop-web" },
    });
  });

  it("brings a client back to its target for as long as asked", () => {
    expect(synthWith({ stickySeconds: 43_200 }).one("aws_lb_target_group").args.stickiness).toEqual({
      enabled: true,
      type: "lb_cookie",
      cookie_duration: 43_200,
    });
  });

  it("attaches its members under stable addresses", () => {
    const targets = [
      { id: "web-a", targetId: "i-1" },
      { id: "web-b", targetId: "i-2" },
    ];

    const attachments = synthWith({ targets }).all("aws_lb_target_group_attachment");

    const target_group_arn = "${aws_lb_target_group.web-targets_group.arn}";
    expect(attachments.map(({ name, args }) => [name, args])).toEqual([
      ["web-targets_web-a", { target_group_arn, target_id: "i-1", port: 8443 }],
      ["web-targets_web-b", { target_group_arn, target_id: "i-2", port: 8443 }],
    ]);
  });

  it("carries added tags but keeps its name", () => {
    const tags = { "eks:eks-cluster-name": "shop", Name: "other" };

    expect(synthWith({ tags }).one("aws_lb_target_group").args.tags).toEqual({
      "eks:eks-cluster-name": "shop",
      Name: "shop-web",
    });
  });

  const long = "a-name-of-thirty-three-characters";
  it.each<[string, Partial<TargetGroupProps>, string]>([
    [
      "a name over 32 characters",
      { name: long },
      `target group "${long}": name must have at most 32 characters, got 33`,
    ],
    [
      "a name with an outer hyphen",
      { name: "web-" },
      'target group "web-": name must be letters, digits and inner hyphens',
    ],
    [
      "a health check as long as its interval",
      { healthCheck: { path: "/health", intervalSeconds: 5, timeoutSeconds: 5 } },
      "test/web-targets: healthCheck.timeoutSeconds must be below intervalSeconds 5, got 5",
    ],
    [
      "a health path without slash",
      { healthCheck: { path: "health" } },
      'test/web-targets: healthCheck.path must start with "/", got "health"',
    ],
    [
      "a slow start AWS refuses",
      { slowStartSeconds: 29 },
      "test/web-targets: slowStartSeconds must be 0 or 30..900, got 29",
    ],
  ])("fails when given %s", (_, changed, message) => {
    expect(() => synthWith(changed)).toThrow(new Error(message));
  });
});
