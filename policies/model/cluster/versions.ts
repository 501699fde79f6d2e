import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";

/** The version of Kubernetes that a cluster, or nodes of one, run. */
export interface ClusterVersion {
  readonly at: Place;
  /** `1.34`. Absent: the newest when it was made, and that one since. */
  readonly version: Value<string> | undefined;
}

/** Clusters of EKS. */
export const clusterVersions = kind<ClusterVersion>("version of a cluster", ({ terraform }) =>
  terraform
    .ofType("aws_eks_cluster")
    .map((resource) => ({ at: placeOfResource(resource), version: resource.block.text("version") })),
);
