import type { Estate } from "../../estate.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, type Value } from "../../value.ts";
import { type Interface, interfaceOf } from "./interface.ts";

/** Load balancers of every kind, old and new. */
export function interfacesOfBalancers(estate: Estate): readonly Interface[] {
  const { terraform } = estate;
  return [
    ...terraform.ofType("aws_lb", "aws_alb").map((resource) => interfaceOfBalancer(estate, resource)),
    ...terraform.ofType("aws_elb").map((resource) =>
      interfaceOf(estate, resource, {
        what: "load balancer",
        subnets: resource.block.texts("subnets"),
        groups: [...resource.block.texts("security_groups"), ...resource.block.texts("source_security_group_id")],
        ...facing(resource),
      }),
    ),
  ];
}

function interfaceOfBalancer(estate: Estate, resource: Resource): Interface {
  const { block } = resource;
  const mappings = block.blocks("subnet_mapping");
  const type = block.text("load_balancer_type") ?? "application";
  return interfaceOf(estate, resource, {
    what: "load balancer",
    subnets: [...block.texts("subnets"), ...mappings.flatMap((each) => each.texts("subnet_id"))],
    groups: block.texts("security_groups"),
    fixed: mappings.map((each) => each.text("private_ipv4_address")),
    // A network or gateway load balancer that is made without groups never has any.
    unfiltered: !isUnknown(type) && type !== "application",
    ...facing(resource),
  });
}

/** `internal` is false where it is not given: the internet's. */
function facing({ block }: Resource): { readonly publicAddress: Value<boolean>; readonly publicBy: string } {
  const internal = block.flag("internal") ?? false;
  return { publicAddress: isUnknown(internal) ? internal : !internal, publicBy: "internal" };
}
