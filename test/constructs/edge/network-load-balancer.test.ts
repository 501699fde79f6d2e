import { describe, expect, test } from "vitest";
import { NetworkLoadBalancer, type NetworkLoadBalancerProps } from "../../../constructs/edge/network-load-balancer.ts";
import { synth } from "../../support/synth.ts";

const withProps = (props: Partial<NetworkLoadBalancerProps> = {}) =>
  synth((scope) => {
    new NetworkLoadBalancer(scope, "clients", {
      name: "example-clients",
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["sg-1"],
      port: 8001,
      targets: [
        { id: "proxy-a", targetId: "i-a" },
        { id: "proxy-b", targetId: "i-b" },
      ],
      ...props,
    });
  });

describe("a network load balancer", () => {
  test("is public, behind its security group, balances across zones and refuses deletion", () => {
    expect(withProps().one("aws_lb").args).toEqual({
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
      enable_zonal_shift: true,
      internal: false,
      ip_address_type: "ipv4",
      load_balancer_type: "network",
      name: "example-clients",
      security_groups: ["sg-1"],
      subnets: ["subnet-a", "subnet-b"],
      tags: { Name: "example-clients" },
    });
  });

  test("hands TCP through unopened: it holds no certificate and speaks no TLS", () => {
    const stack = withProps({ idleTimeoutSeconds: 60 });

    expect(stack.one("aws_lb_listener").args).toEqual({
      default_action: [{ target_group_arn: "${aws_lb_target_group.clients_targets.arn}", type: "forward" }],
      load_balancer_arn: "${aws_lb.clients_lb.arn}",
      port: 8001,
      protocol: "TCP",
      tcp_idle_timeout_seconds: 60,
    });
    expect(stack.all("aws_acm_certificate")).toEqual([]);
  });

  test("tells targets the client's address by a header that clients cannot write, and hides it from the network", () => {
    expect(withProps().one("aws_lb_target_group").args).toEqual({
      connection_termination: true,
      deregistration_delay: "60",
      health_check: {
        enabled: true,
        healthy_threshold: 2,
        interval: 10,
        port: "traffic-port",
        protocol: "TCP",
        unhealthy_threshold: 2,
      },
      name: "example-clients",
      port: 8001,
      preserve_client_ip: "false",
      protocol: "TCP",
      proxy_protocol_v2: true,
      tags: { Name: "example-clients" },
      target_type: "instance",
      vpc_id: "vpc-1",
    });
    expect(
      withProps()
        .all("aws_lb_target_group_attachment")
        .map(({ args }) => [args.target_id, args.port]),
    ).toEqual([
      ["i-a", 8001],
      ["i-b", 8001],
    ]);
  });

  test("fails when it has one zone, no security group, no target, or an idle time that AWS does not take", () => {
    expect(() => withProps({ subnetIds: ["subnet-a"] })).toThrow("subnetIds must be of at least two zones, got 1");
    expect(() => withProps({ securityGroupIds: [] })).toThrow("securityGroupIds and targets must not be empty");
    expect(() => withProps({ targets: [] })).toThrow("securityGroupIds and targets must not be empty");
    expect(() => withProps({ idleTimeoutSeconds: 30 })).toThrow("idleTimeoutSeconds must be 60 to 6000, got 30");
    expect(() => withProps({ name: "x".repeat(33) })).toThrow("name must have at most 32 characters, got 33");
  });
});
