import { isIPv4 } from "node:net";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record/index.js";
import { Construct } from "constructs";
import type { ApplicationLoadBalancer } from "./application-load-balancer.ts";
import type { Distribution } from "./distribution.ts";

export interface LoadBalancerRecordProps {
  readonly zoneId: string;
  /** Full name of the record. */
  readonly name: string;
  readonly loadBalancer: Pick<ApplicationLoadBalancer, "dnsName" | "zoneId" | "dualstack">;
}

/** Alias of a load balancer: A, and AAAA only for a dual-stack one (an empty AAAA answer costs clients a time-out). */
export class LoadBalancerRecord extends Construct {
  constructor(scope: Construct, id: string, { zoneId, name, loadBalancer }: LoadBalancerRecordProps) {
    super(scope, id);
    const alias = { name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true };
    new Route53Record(this, "a", { zoneId, name, type: "A", alias });
    if (loadBalancer.dualstack) {
      new Route53Record(this, "aaaa", { zoneId, name, type: "AAAA", alias });
    }
  }
}

export interface DistributionRecordProps {
  readonly zoneId: string;
  /** Full name of the record. */
  readonly name: string;
  readonly distribution: Pick<Distribution, "domainName" | "zoneId">;
}

/** Alias of a distribution, IPv4 as the distribution itself; Route 53 asks the health of no distribution. */
export class DistributionRecord extends Construct {
  constructor(scope: Construct, id: string, { zoneId, name, distribution }: DistributionRecordProps) {
    super(scope, id);
    const alias = { name: distribution.domainName, zoneId: distribution.zoneId, evaluateTargetHealth: false };
    new Route53Record(this, "a", { zoneId, name, type: "A", alias });
  }
}

export interface AddressRecordProps {
  readonly zoneId: string;
  /** Full name of the record. */
  readonly name: string;
  /** IPv4 addresses. */
  readonly addresses: readonly string[];
  /** Default 60: a member that moves is found again within a minute. */
  readonly ttlSeconds?: number;
}

/** An A record of fixed addresses. Refuses none, and what is not an IPv4 address. */
export class AddressRecord extends Construct {
  constructor(scope: Construct, id: string, props: AddressRecordProps) {
    super(scope, id);
    const wrong = props.addresses.find((address) => !isIPv4(address));
    if (props.addresses.length === 0 || wrong !== undefined) {
      throw new Error(`${this.node.path}: addresses must be IPv4 addresses, got "${wrong ?? ""}"`);
    }
    new Route53Record(this, "a", {
      zoneId: props.zoneId,
      name: props.name,
      type: "A",
      ttl: props.ttlSeconds ?? 60,
      records: [...props.addresses],
    });
  }
}
