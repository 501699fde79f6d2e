import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { Construct } from "constructs";
import type { GroupPeer } from "./connect.ts";
import { description } from "./description.ts";

/** Where a group stands and what it is called. */
export interface SecurityGroupProps {
  readonly vpcId: string;
  /** Name as a peer of `connect()`: without the environment, unique in the stack. */
  readonly name: string;
  /** Name in AWS, at most 90 characters; Terraform adds a suffix. */
  readonly awsName: string;
  /** What stands behind the group. */
  readonly description: string;
}

/**
 * A security group without rules; `connect()` gives it some.
 *
 * Refuses inline rules: they would fight the rules of other stacks, and EC2's allow-all egress goes with them.
 * Defaults to a generated suffix and create-before-destroy: a group in use can be replaced only while its successor
 * stands beside it, and names are unique in a VPC. Rules are not revoked on delete: a group still named by a rule or an
 * interface must refuse to go, not cut the traffic first.
 */
export class SecurityGroup extends Construct implements GroupPeer {
  readonly kind = "group";
  readonly name: string;
  readonly id: string;

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    if (props.awsName.length > 90 || props.awsName.startsWith("sg-")) {
      throw new Error(`"${props.awsName}": a group's name must have at most 90 characters and not start with sg-`);
    }
    const group = new AwsSecurityGroup(this, "group", {
      vpcId: props.vpcId,
      namePrefix: `${props.awsName}-`,
      description: description(props.description),
      revokeRulesOnDelete: false,
      tags: { Name: props.awsName },
      lifecycle: { createBeforeDestroy: true },
    });
    this.name = props.name;
    this.id = group.id;
  }
}
