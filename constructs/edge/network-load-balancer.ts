import { Lb } from "@cdktf/provider-aws/lib/lb/index.js";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener/index.js";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { edgeName } from "./name.ts";

export interface NetworkLoadBalancerProps {
  /** Of load balancer and target group; at most 32 characters. */
  readonly name: string;
  readonly vpcId: string;
  /** One public subnet in each of at least two zones. */
  readonly subnetIds: readonly string[];
  /** What they admit is all that is admitted: targets see the load balancer's address, not the client's. */
  readonly securityGroupIds: readonly string[];
  /** The port of the load balancer and of its targets. */
  readonly port: number;
  readonly targets: readonly { readonly id: string; readonly targetId: string }[];
  /** After so long without a byte a connection is dropped, 60 to 6000; default 350. */
  readonly idleTimeoutSeconds?: number;
  /** How long a leaving target may finish what it has begun; then its connections are cut. Default 60. */
  readonly deregistrationDelaySeconds?: number;
  /** Default on. */
  readonly deletionProtection?: OptOut;
}

/**
 * A public network load balancer that hands TCP through unopened: TLS and client certificates are the targets' own.
 *
 * Refuses fewer than two subnets, no security group, no target, an idle time AWS does not take. Targets get the client's
 * address by proxy protocol version 2, which the load balancer writes and no client can: source addresses are not
 * preserved, so that targets admit the load balancer's security group alone. Health is a TCP connection; a check by HTTP
 * would carry no proxy header and be refused. There are no access logs: AWS writes them for TLS listeners only, so the
 * targets' own logs and the flow logs of the network are the record.
 */
export class NetworkLoadBalancer extends Construct {
  /** Metric dimensions `LoadBalancer` and `TargetGroup`. */
  readonly loadBalancerSuffix: string;
  readonly targetGroupSuffix: string;
  readonly dnsName: string;
  /** Zone of the alias target. */
  readonly zoneId: string;
  readonly dualstack = false;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { port, idleTimeoutSeconds = 350 } = props;
    if (props.subnetIds.length < 2) {
      throw new Error(`${this.node.path}: subnetIds must be of at least two zones, got ${props.subnetIds.length}`);
    }
    if (props.securityGroupIds.length === 0 || props.targets.length === 0) {
      throw new Error(`${this.node.path}: securityGroupIds and targets must not be empty`);
    }
    if (!Number.isInteger(idleTimeoutSeconds) || idleTimeoutSeconds < 60 || idleTimeoutSeconds > 6000) {
      throw new Error(`${this.node.path}: idleTimeoutSeconds must be 60 to 6000, got ${idleTimeoutSeconds}`);
    }
    const lb = new Lb(this, "lb", {
      name: edgeName("load balancer", props.name),
      loadBalancerType: "network",
      internal: false,
      ipAddressType: "ipv4",
      subnets: [...props.subnetIds],
      // A load balancer made without a security group can never get one.
      securityGroups: [...props.securityGroupIds],
      // Every node reaches every target: a zone whose target is gone still answers.
      enableCrossZoneLoadBalancing: true,
      enableZonalShift: true,
      enableDeletionProtection: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection),
      tags: { Name: props.name },
    });
    const group = new LbTargetGroup(this, "targets", {
      name: edgeName("target group", props.name),
      vpcId: props.vpcId,
      targetType: "instance",
      port,
      protocol: "TCP",
      proxyProtocolV2: true,
      preserveClientIp: "false",
      deregistrationDelay: String(props.deregistrationDelaySeconds ?? 60),
      // Clients hold connections open for good: without this a leaving host would keep them past its drain.
      connectionTermination: true,
      healthCheck: {
        enabled: true,
        protocol: "TCP",
        port: "traffic-port",
        interval: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
      tags: { Name: props.name },
    });
    for (const target of props.targets) {
      new LbTargetGroupAttachment(this, target.id, { targetGroupArn: group.arn, targetId: target.targetId, port });
    }
    new LbListener(this, "tcp", {
      loadBalancerArn: lb.arn,
      port,
      protocol: "TCP",
      tcpIdleTimeoutSeconds: idleTimeoutSeconds,
      defaultAction: [{ type: "forward", targetGroupArn: group.arn }],
    });
    this.loadBalancerSuffix = lb.arnSuffix;
    this.targetGroupSuffix = group.arnSuffix;
    this.dnsName = lb.dnsName;
    this.zoneId = lb.zoneId;
  }
}
