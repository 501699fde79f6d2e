import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry/index.js";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association/index.js";
import { Construct } from "constructs";

/** Rights that AWS keeps for a cluster: everything; or to see all but the values of secrets. */
export type AccessPolicy = "AmazonEKSClusterAdminPolicy" | "AmazonEKSViewPolicy";

export interface AccessEntryProps {
  readonly clusterName: string;
  /** Role, which must be there. */
  readonly roleArn: string;
  /** Default: only what is bound to `groups`. */
  readonly policy?: AccessPolicy;
  /** Namespaces the policy holds in; default all of the cluster. */
  readonly namespaces?: readonly string[];
  /** Groups in Kubernetes, to which role bindings in the cluster give rights; default none. */
  readonly groups?: readonly string[];
}

/**
 * What a role may do in a cluster.
 *
 * Refuses an entry without any right, and groups of names that Kubernetes and AWS keep for themselves.
 */
export class AccessEntry extends Construct {
  constructor(scope: Construct, id: string, props: AccessEntryProps) {
    super(scope, id);
    const { clusterName, roleArn, policy, groups = [], namespaces } = props;
    const kept = groups.find((group) => /^(system|eks|aws|amazon|iam):/.test(group));
    if (kept !== undefined || (policy === undefined && groups.length === 0)) {
      throw new Error(`${this.node.path}: must give a policy or groups of our own, got ${kept ?? "none"}`);
    }
    const entry = new EksAccessEntry(this, "entry", {
      clusterName,
      principalArn: roleArn,
      type: "STANDARD",
      kubernetesGroups: [...groups],
      tags: { Name: roleArn.slice(roleArn.lastIndexOf("/") + 1) },
    });
    if (policy !== undefined) {
      new EksAccessPolicyAssociation(this, "policy", {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
        accessScope:
          namespaces === undefined ? { type: "cluster" } : { type: "namespace", namespaces: [...namespaces] },
      });
    }
  }
}
