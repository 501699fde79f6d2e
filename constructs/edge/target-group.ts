import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group/index.js";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment/index.js";
import { Construct } from "constructs";
import { edgeName } from "./name.ts";

/** How the load balancer asks a target whether it is well, over HTTPS. */
export interface HealthCheck {
  readonly path: string;
  /** Default "200". */
  readonly matcher?: string;
  /** Default 10. */
  readonly intervalSeconds?: number;
  /** Default 5; must be below the interval. */
  readonly timeoutSeconds?: number;
  /** Answers in a row until a target is well. Default 2. */
  readonly healthyThreshold?: number;
  /** Failures in a row until a target is out. Default 3. */
  readonly unhealthyThreshold?: number;
}

export interface TargetGroupProps {
  /** At most 32 characters. */
  readonly name: string;
  readonly vpcId: string;
  readonly port: number;
  /** "instance" for hosts, "ip" for pods. */
  readonly targetType: "instance" | "ip";
  readonly healthCheck: HealthCheck;
  /** Members known to Terraform; `id` is part of the attachment's address. Default none: pods are bound by the cluster. */
  readonly targets?: readonly { readonly id: string; readonly targetId: string }[];
  /** How long requests in flight may finish when a target leaves. Default 60. */
  readonly deregistrationDelaySeconds?: number;
  /** 30..900: a new target's share grows over so long. Default 0: full share at once. */
  readonly slowStartSeconds?: number;
  /** 1..604800: a client comes back to its target for so long, by a cookie of the load balancer. Default: never. */
  readonly stickySeconds?: number;
  /** Added tags, for example the cluster that may bind pods. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A target group spoken to over HTTPS, and its members.
 *
 * Refuses a name over 32 characters, a health check that outlives its interval, a slow start AWS does not take.
 * Has no clear-text protocol. Defaults to no stickiness: state belongs to stores, so that any target can answer.
 * A load balancer does not check the certificate of a target; who may listen there is decided by security groups.
 */
export class TargetGroup extends Construct {
  readonly arn: string;
  /** Metric dimension `TargetGroup`. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { path, matcher, intervalSeconds = 10, timeoutSeconds = 5 } = props.healthCheck;
    if (!path.startsWith("/")) {
      throw new Error(`${this.node.path}: healthCheck.path must start with "/", got "${path}"`);
    }
    if (timeoutSeconds >= intervalSeconds) {
      throw new Error(
        `${this.node.path}: healthCheck.timeoutSeconds must be below intervalSeconds ${intervalSeconds}, got ${timeoutSeconds}`,
      );
    }
    const slowStart = props.slowStartSeconds ?? 0;
    if (slowStart !== 0 && (slowStart < 30 || slowStart > 900)) {
      throw new Error(`${this.node.path}: slowStartSeconds must be 0 or 30..900, got ${slowStart}`);
    }
    const name = edgeName("target group", props.name);
    const group = new LbTargetGroup(this, "group", {
      name,
      vpcId: props.vpcId,
      targetType: props.targetType,
      port: props.port,
      protocol: "HTTPS",
      protocolVersion: "HTTP1",
      ipAddressType: "ipv4",
      // Not "least outstanding requests": AWS refuses it together with a slow start.
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingCrossZoneEnabled: "true",
      deregistrationDelay: String(props.deregistrationDelaySeconds ?? 60),
      slowStart,
      stickiness:
        props.stickySeconds === undefined
          ? { enabled: false, type: "lb_cookie" }
          : { enabled: true, type: "lb_cookie", cookieDuration: props.stickySeconds },
      healthCheck: {
        enabled: true,
        protocol: "HTTPS",
        port: "traffic-port",
        path,
        matcher: matcher ?? "200",
        interval: intervalSeconds,
        timeout: timeoutSeconds,
        healthyThreshold: props.healthCheck.healthyThreshold ?? 2,
        unhealthyThreshold: props.healthCheck.unhealthyThreshold ?? 3,
      },
      tags: { ...props.tags, Name: name },
    });
    for (const target of props.targets ?? []) {
      new LbTargetGroupAttachment(this, target.id, {
        targetGroupArn: group.arn,
        targetId: target.targetId,
        port: props.port,
      });
    }
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
