import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ServiceRole } from "../identity/service-role.ts";

/** What AWS installs and renews in a cluster: those we use. */
export type AddOnName =
  | "aws-privateca-connector-for-kubernetes"
  | "aws-secrets-store-csi-driver-provider"
  | "cert-manager"
  | "metrics-server";

export interface AddOnProps {
  readonly clusterName: string;
  readonly name: AddOnName;
  /** In the add-on's own words; default what AWS sets. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Role of one of its service accounts; default none. */
  readonly identity?: { readonly serviceAccount: string; readonly role: ServiceRole };
  /** Add-ons it builds on. */
  readonly after?: readonly AddOn[];
}

/** Keeps an add-on on the nodes that the cluster has for such, which nothing else is placed on. */
export const onSystemNodes = {
  nodeSelector: { "karpenter.sh/nodepool": "system" },
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
} as const;

/**
 * An add-on that EKS manages.
 *
 * Names no version: AWS installs the one it has proved with the cluster's version, and the state keeps that. What was
 * changed by hand is set back.
 */
export class AddOn extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AddOnProps) {
    super(scope, id);
    const { identity, configuration, after = [] } = props;
    const first = [...after.map(({ ready }) => ready), ...(identity?.role.permissions ?? [])];
    this.ready = new EksAddon(this, "add-on", {
      clusterName: props.clusterName,
      addonName: props.name,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      ...(identity === undefined
        ? {}
        : {
            podIdentityAssociation: [{ serviceAccount: identity.serviceAccount, roleArn: identity.role.arn }],
          }),
      tags: { Name: props.name },
      ...(first.length === 0 ? {} : { dependsOn: first }),
    });
  }
}
