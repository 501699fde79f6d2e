import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";

/** An Elastic IP, or its association. */
export interface PublicAddress {
  readonly at: Place;
  /** Instances and interfaces that it is given to, and that outputs do not show, by whatever names them. */
  readonly strangers: readonly { readonly attribute: string; readonly target: Value<string> }[];
}

/** What names whom it is for. NAT gateways and load balancers ask for theirs by its own id. */
const TARGETS = ["instance", "instance_id", "network_interface", "network_interface_id"];

export const publicAddresses = kind<PublicAddress>("Elastic IP", ({ terraform }) =>
  terraform.ofType("aws_eip", "aws_eip_association").map((resource) => ({
    at: placeOfResource(resource),
    strangers: TARGETS.flatMap((attribute) => {
      const target = resource.block.text(attribute);
      const isShown = target === undefined || target === "" || terraform.find(target) !== undefined;
      return isShown ? [] : [{ attribute, target }];
    }),
  })),
);
