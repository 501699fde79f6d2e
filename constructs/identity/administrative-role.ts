import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive/index.js";
import { Construct } from "constructs";
import type { PermissionsBoundary } from "./permissions-boundary.ts";
import { type Denial, inlinePolicy, type Statement } from "./policy-document.ts";
import { type ResourceStatement, resourcePolicy } from "./resource-policy.ts";

/** Policies of AWS that roles of people and pipelines start from. */
export type ManagedPolicy = "AdministratorAccess" | "ReadOnlyAccess";

export interface AdministrativeRoleProps {
  /** At most 64 characters. Policies of other stacks name the role by it, hence there is no path. */
  readonly name: string;
  /** Who takes the role and what for. */
  readonly description: string;
  /** Who may take it. */
  readonly trust: ResourceStatement;
  /** Longest session, 1 to 12 hours; default 1. */
  readonly sessionHours?: number;
  /** Default: only what `statements` allow. */
  readonly managedPolicy?: ManagedPolicy;
  readonly statements?: readonly Statement[];
  /** What stays forbidden whatever the managed policy allows. */
  readonly denials?: readonly Denial[];
  /** The most that the role can do whatever its policies allow; default none. */
  readonly boundary?: PermissionsBoundary;
}

/**
 * A role of people or of a pipeline: its trust, at most one managed policy, at most one inline policy.
 *
 * Refuses what `inlinePolicy` refuses and a session over 12 hours. Defaults to sessions of an hour, without a boundary:
 * whoever changes the boundary needs a role outside it. The role is closed: a policy attached by hand is removed by the
 * next apply.
 */
export class AdministrativeRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AdministrativeRoleProps) {
    super(scope, id);
    const { name, sessionHours = 1, statements = [], denials = [], managedPolicy } = props;
    if (!Number.isInteger(sessionHours) || sessionHours < 1 || sessionHours > 12) {
      throw new Error(`${this.node.path}: sessionHours must be a whole number of 1 to 12, got ${sessionHours}`);
    }
    const role = new IamRole(this, "role", {
      name,
      description: props.description,
      assumeRolePolicy: resourcePolicy([props.trust]),
      maxSessionDuration: sessionHours * 3600,
      ...(props.boundary === undefined ? {} : { permissionsBoundary: props.boundary.arn }),
      tags: { Name: name },
    });
    const inline =
      statements.length + denials.length === 0 ? undefined : inlinePolicy(this.node.path, statements, denials);
    const policy =
      inline === undefined ? undefined : new IamRolePolicy(this, "policy", { name, role: role.name, policy: inline });
    new IamRolePoliciesExclusive(this, "only-policies", {
      roleName: role.name,
      policyNames: policy === undefined ? [] : [policy.name],
    });
    const managed =
      managedPolicy === undefined
        ? undefined
        : new IamRolePolicyAttachment(this, "managed", {
            role: role.name,
            policyArn: `arn:aws:iam::aws:policy/${managedPolicy}`,
            // What is forbidden is in force before what is allowed.
            ...(policy === undefined ? {} : { dependsOn: [policy] }),
          });
    new IamRolePolicyAttachmentsExclusive(this, "only-attachments", {
      roleName: role.name,
      policyArns: managed === undefined ? [] : [managed.policyArn],
    });
    this.arn = role.arn;
  }
}
