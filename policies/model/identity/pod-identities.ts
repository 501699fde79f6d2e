import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";

/** A service account of a cluster that is given a role. */
export interface PodIdentity {
  readonly at: Place;
  readonly namespace: Value<string> | undefined;
  readonly serviceAccount: Value<string> | undefined;
  readonly role: Identity | undefined;
}

export const podIdentities = kind<PodIdentity>("identity of pods", (estate) => {
  const known = new Map(estate.of(identities).map((each) => [each.resource, each]));
  return estate.terraform.ofType("aws_eks_pod_identity_association").map((resource) => {
    const role = namedIdentity(estate, resource.block.text("role_arn"), "aws_iam_role");
    return {
      at: placeOfResource(resource),
      namespace: resource.block.text("namespace"),
      serviceAccount: resource.block.text("service_account"),
      role: role === undefined ? undefined : known.get(role),
    };
  });
});
