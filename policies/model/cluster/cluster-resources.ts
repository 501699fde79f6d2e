import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { Unknown, type Value } from "../value.ts";
import { holdsManifests, isOfCluster, isShown } from "./terraform-manifests.ts";

/** A resource of Terraform that makes something in a cluster. */
export interface ClusterResource {
  readonly at: Place;
  /** `helm_release`. */
  readonly type: string;
  /** Whether it holds the manifests of all that it makes; unknown where they are known only then. */
  readonly shown: Value<boolean>;
}

export const clusterResources = kind<ClusterResource>("object of a cluster in Terraform", ({ terraform }) =>
  terraform.resources
    .filter(({ type }) => isOfCluster(type))
    .map((resource) => ({ at: placeOfResource(resource), type: resource.type, shown: shownBy(resource.raw) })),
);

function shownBy(raw: Parameters<typeof isShown>[0]): ClusterResource["shown"] {
  if (isShown(raw)) return true;
  return holdsManifests(raw.type) ? new Unknown(`the manifest of ${raw.address}`) : false;
}
