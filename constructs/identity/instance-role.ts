import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive/index.js";
import { Construct } from "constructs";
import { boundary } from "./boundary.ts";
import { inlinePolicy, type Statement } from "./policy-document.ts";
import { type SsmAgentScope, ssmAgentStatements } from "./ssm-agent.ts";

export interface InstanceRoleProps {
  /** Name of role, profile and policy; at most 64 characters. */
  readonly name: string;
  /** What the component does, for the person who reads the role. */
  readonly description: string;
  /** What the SSM agent reaches; hosts have no SSH. */
  readonly agent: SsmAgentScope;
  /** What the component itself may do; default nothing. */
  readonly statements?: readonly Statement[];
}

/**
 * The role and instance profile of one component's hosts, with one inline policy.
 *
 * Refuses what `inlinePolicy` refuses and a name over 64 characters.
 * Defaults to the SSM agent's few actions. Has the permissions boundary of its stack. The role is closed: a policy attached by hand is removed by the next apply.
 */
export class InstanceRole extends Construct {
  readonly roleName: string;
  readonly roleArn: string;
  /** Known only once the policy is in force, so that a first boot never runs without its rights. */
  readonly profileName: string;
  /** What hosts of this role install at first boot. */
  readonly agentPackage: SsmAgentScope["package"];

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const { name } = props;
    if (!/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(name)) {
      throw new Error(`${this.node.path}: name must be 1..64 letters, digits or +=,.@_-, got "${name}"`);
    }
    const role = new IamRole(this, "role", {
      name,
      description: props.description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Hosts",
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
      forceDetachPolicies: true,
      ...boundary(this),
      tags: { Name: name },
    });
    const policy = new IamRolePolicy(this, "policy", {
      name,
      role: role.name,
      policy: inlinePolicy(this.node.path, [...ssmAgentStatements(props.agent), ...(props.statements ?? [])]),
    });
    new IamRolePoliciesExclusive(this, "only-policy", { roleName: role.name, policyNames: [policy.name] });
    new IamRolePolicyAttachmentsExclusive(this, "no-attachments", { roleName: role.name, policyArns: [] });
    const profile = new IamInstanceProfile(this, "profile", { name, role: role.name, dependsOn: [policy] });
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.profileName = profile.name;
    this.agentPackage = props.agent.package;
  }
}
