import { Eip } from "@cdktf/provider-aws/lib/eip/index.js";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import type { Subnet } from "./subnets.ts";

/** Where NAT gateways stand. */
export interface NatGatewaysProps {
  /** Prefix of names in AWS. */
  readonly namePrefix: string;
  /** Subnets of tier `egress` that get a gateway, at most one a zone. */
  readonly subnets: readonly Subnet[];
  /** The VPC's; a NAT gateway is refused before it stands and outlives nothing without it. */
  readonly internetGateway: ITerraformDependable;
  /** Default: Terraform refuses to give an address back; nobody gets the same one again. */
  readonly deletionProtection?: OptOut | undefined;
}

/**
 * NAT gateways, each with an address of its own that partners can put on their allow lists.
 *
 * Refuses a list without a subnet, and to give an address back.
 */
export class NatGateways extends Construct {
  /** Gateway id by zone letter; only the zones that have one. */
  readonly idByZone: ReadonlyMap<string, string>;
  /** Public address by zone letter. */
  readonly addressByZone: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    if (props.subnets.length === 0) {
      throw new Error("NAT gateways: need at least one egress subnet, got none");
    }
    const preventDestroy = isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection);
    const made = props.subnets.map(({ zone, id: subnetId }) => {
      const tags = { Name: `${props.namePrefix}-nat-${zone}` };
      const address = new Eip(this, `${zone}-address`, { domain: "vpc", tags, lifecycle: { preventDestroy } });
      const gateway = new NatGateway(this, zone, {
        subnetId,
        allocationId: address.id,
        connectivityType: "public",
        tags,
        dependsOn: [props.internetGateway],
      });
      return { zone, id: gateway.id, address: address.publicIp };
    });
    this.idByZone = new Map(made.map((nat) => [nat.zone, nat.id]));
    this.addressByZone = new Map(made.map((nat) => [nat.zone, nat.address]));
  }
}
