import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { boundaryDocument, type Denial } from "./policy-document.ts";

export interface PermissionsBoundaryProps {
  /** At most 128 characters. Stacks name the policy by it before they read anything, hence there is no path. */
  readonly name: string;
  /** For the person who finds it on a role. A policy's description is never changed in place: a new text replaces it. */
  readonly description: string;
  /** What no role within the boundary can do, whatever its own policies allow. */
  readonly denials: readonly Denial[];
  /** Default: Terraform refuses to destroy the policy. */
  readonly deletionProtection?: OptOut;
}

/**
 * The policy that is the boundary of roles: they can do at most what it leaves, and it gives them nothing.
 *
 * Refuses what `boundaryDocument` refuses, and destruction: every role that carries it would have to go first.
 */
export class PermissionsBoundary extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    const policy = new IamPolicy(this, "policy", {
      name: props.name,
      description: props.description,
      policy: boundaryDocument(this.node.path, props.denials),
      tags: { Name: props.name },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    this.arn = policy.arn;
  }
}
