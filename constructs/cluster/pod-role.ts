import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association/index.js";
import { Construct } from "constructs";
import type { Statement } from "../identity/policy-document.ts";
import { ServiceRole } from "../identity/service-role.ts";
import { trustPods } from "../identity/trust.ts";

export interface PodRoleProps {
  /** At most 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly cluster: { readonly name: string; readonly arn: string };
  readonly namespace: string;
  /** Service account of the pods that act in the role. */
  readonly serviceAccount: string;
  readonly statements: readonly Statement[];
}

/**
 * The role of the pods of one service account, by Pod Identity: no key in the cluster, nothing to renew (NOD-2.3).
 *
 * Refuses what `ServiceRole` refuses. Only pods of that account in that namespace of that cluster get its credentials.
 */
export class PodRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PodRoleProps) {
    super(scope, id);
    const { cluster, namespace, serviceAccount } = props;
    const role = new ServiceRole(this, "role", {
      name: props.name,
      description: props.description,
      trust: trustPods(cluster.arn, namespace, serviceAccount),
      statements: props.statements,
    });
    new EksPodIdentityAssociation(this, "association", {
      clusterName: cluster.name,
      namespace,
      serviceAccount,
      roleArn: role.arn,
      tags: { Name: props.name },
      dependsOn: [...role.permissions],
    });
    this.arn = role.arn;
  }
}
