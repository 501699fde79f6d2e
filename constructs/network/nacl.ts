import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl/index.js";
import { Construct } from "constructs";
import type { TierFlow } from "./nacl-openings.ts";
import { naclRules, type Prefixes } from "./nacl-rules.ts";
import type { Subnet } from "./subnets.ts";

/** Which tiers may talk. */
export interface NaclsProps extends Prefixes {
  readonly vpcId: string;
  /** Prefix of names in AWS. */
  readonly namePrefix: string;
  readonly subnets: readonly Subnet[];
  readonly flows: readonly TierFlow[];
}

/**
 * One network ACL a tier, for all its subnets; see `naclRules` for what it refuses.
 *
 * The rules are inline on purpose: the list is then complete, and one added by hand shows in the next plan.
 */
export class Nacls extends Construct {
  constructor(scope: Construct, id: string, props: NaclsProps) {
    super(scope, id);
    for (const [tier, { ingress, egress }] of naclRules(props.flows, props)) {
      new NetworkAcl(this, tier, {
        vpcId: props.vpcId,
        subnetIds: props.subnets.filter((subnet) => subnet.tier === tier).map((subnet) => subnet.id),
        ingress: [...ingress],
        egress: [...egress],
        tags: { Name: `${props.namePrefix}-${tier}`, Tier: tier },
      });
    }
  }
}
