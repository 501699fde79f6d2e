import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { boundary } from "./boundary.ts";
import { inlinePolicy, type Statement } from "./policy-document.ts";
import { type ResourceStatement, resourcePolicy } from "./resource-policy.ts";

export interface ServiceRoleProps {
  /** At most 64 characters. Policies of other stacks name the role by it, hence there is no path. */
  readonly name: string;
  /** What takes the role and what for. */
  readonly description: string;
  /** Who may take it: a service of AWS, for this account. */
  readonly trust: ResourceStatement;
  /** Default: only what the managed policies allow. */
  readonly statements?: readonly Statement[];
  /** ARNs of policies that AWS keeps for its services; default none. */
  readonly managedPolicyArns?: readonly string[];
}

/**
 * A role that a service of AWS, a pod or a job of the platform takes.
 *
 * Refuses what `inlinePolicy` refuses and a name over 64 characters. Has the permissions boundary of its stack. The
 * role is closed: a policy attached by hand is removed by the next apply.
 */
export class ServiceRole extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Wait for these where the service tries its rights at once. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { name, statements = [], managedPolicyArns = [] } = props;
    if (!/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(name)) {
      throw new Error(`${this.node.path}: name must be 1..64 letters, digits or +=,.@_-, got "${name}"`);
    }
    const role = new IamRole(this, "role", {
      name,
      description: props.description,
      assumeRolePolicy: resourcePolicy([props.trust]),
      ...boundary(this),
      tags: { Name: name },
    });
    const inline =
      statements.length === 0
        ? []
        : [
            new IamRolePolicy(this, "policy", {
              name,
              role: role.name,
              policy: inlinePolicy(this.node.path, statements),
            }),
          ];
    const managed = managedPolicyArns.map(
      (policyArn) => new IamRolePolicyAttachment(this, attachmentId(policyArn), { role: role.name, policyArn }),
    );
    new IamRolePoliciesExclusive(this, "only-policies", {
      roleName: role.name,
      policyNames: inline.map((policy) => policy.name),
    });
    new IamRolePolicyAttachmentsExclusive(this, "only-attachments", {
      roleName: role.name,
      policyArns: managed.map((attachment) => attachment.policyArn),
    });
    this.name = role.name;
    this.arn = role.arn;
    this.permissions = [...inline, ...managed];
  }
}

/** `arn:aws:iam::aws:policy/AmazonEKSClusterPolicy` is `AmazonEKSClusterPolicy`, whatever comes before or after it. */
const attachmentId = (policyArn: string): string =>
  policyArn.slice(policyArn.lastIndexOf("/") + 1).replaceAll("_", "-");
