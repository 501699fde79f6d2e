import { kind } from "../estate.ts";
import { VPCS } from "../network/group-key.ts";
import { isEndpointOfAws } from "../network/junctions.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Value } from "../value.ts";

/** An interface endpoint of a service of AWS, and what decides whether the service's own name leads to it. */
export interface EndpointName {
  readonly at: Place;
  readonly demands: readonly SwitchedName[];
}

export interface SwitchedName {
  readonly at: Place;
  readonly attribute: string;
  readonly value: Value<boolean>;
  /** What it must be. */
  readonly expected: boolean;
}

/**
 * Every interface endpoint of a service of AWS (AWS PrivateLink guide, "Private DNS": private names need both DNS attributes
 * of the VPC; "Private DNS with a VPC endpoint for Amazon S3": names for inbound resolvers alone lead hosts elsewhere).
 */
export const endpointNames = kind<EndpointName>("name of an endpoint", ({ terraform }) =>
  terraform
    .ofType("aws_vpc_endpoint")
    .filter(({ block }) => block.text("vpc_endpoint_type") === "Interface" && isEndpointOfAws(block))
    .map((resource) => {
      const { block } = resource;
      const at = placeOfResource(resource);
      const vpc = terraform.find(block.text("vpc_id"), ...VPCS);
      const forResolvers = "private_dns_only_for_inbound_resolver_endpoint";
      return {
        at,
        demands: [
          { at, attribute: "private_dns_enabled", value: block.flag("private_dns_enabled") ?? false, expected: true },
          ...block.blocks("dns_options").flatMap((options) => {
            const value = options.flag(forResolvers);
            return value === undefined
              ? []
              : [{ at, attribute: `dns_options.${forResolvers}`, value, expected: false }];
          }),
          ...(vpc === undefined ? [] : switchesOf(vpc)),
        ],
      };
    }),
);

/** A VPC that is made has no names for hosts where it does not say so; the default one has. */
const switchesOf = (vpc: Resource): readonly SwitchedName[] =>
  [["enable_dns_support", true] as const, ["enable_dns_hostnames", vpc.type === "aws_default_vpc"] as const].map(
    ([attribute, given]) => ({
      at: placeOfResource(vpc),
      attribute,
      value: vpc.block.flag(attribute) ?? given,
      expected: true,
    }),
  );
