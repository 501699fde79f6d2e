import type { Estate } from "../../estate.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import type { Value } from "../../value.ts";
import { type Interface, interfaceOf, mappedBy } from "./interface.ts";
import { BARE, type Given, givenBy, givenByConfiguration, PUBLIC, templateNamed } from "./launch-templates.ts";

/** Interfaces of instances that are started by the number: by Auto Scaling groups, by fleets, by requests of spot fleets. */
export const interfacesOfFleets = (estate: Estate): readonly Interface[] => [
  ...estate.terraform.ofType("aws_autoscaling_group").flatMap((resource) => interfacesOfGroup(estate, resource)),
  ...estate.terraform
    .ofType("aws_ec2_fleet", "aws_spot_fleet_request")
    .flatMap((resource) => interfacesOfFleet(estate, resource)),
];

/** From any of its templates, or from a launch configuration. */
function interfacesOfGroup(estate: Estate, resource: Resource): readonly Interface[] {
  const { block } = resource;
  const mixed = block.blocks("mixed_instances_policy").flatMap((each) => each.blocks("launch_template"));
  const named = [
    ...block.blocks("launch_template"),
    ...[...mixed, ...mixed.flatMap((each) => each.blocks("override"))].flatMap((each) =>
      each.blocks("launch_template_specification"),
    ),
  ];
  const old = estate.terraform.find(block.text("launch_configuration"), "aws_launch_configuration");
  const given = [...givenByAny(estate, named), ...(old === undefined ? [] : [givenByConfiguration(old)])];
  return started(estate, resource, given, block.texts("vpc_zone_identifier"));
}

/** From any of its templates, or from what a request says itself. */
function interfacesOfFleet(estate: Estate, resource: Resource): readonly Interface[] {
  const { block } = resource;
  const configs = block.blocks("launch_template_config");
  const named = configs.flatMap((each) => each.blocks("launch_template_specification"));
  const own = block.blocks("launch_specification").map((each, at) => ({
    subnets: each.texts("subnet_id"),
    groups: each.texts("vpc_security_group_ids"),
    asked: each.flag(PUBLIC),
    publicBy: `launch_specification[${at}].${PUBLIC}`,
  }));
  const subnets = configs
    .flatMap((each) => [...each.blocks("override"), ...each.blocks("overrides")])
    .flatMap((each) => each.texts("subnet_id"));
  return [
    ...(named.length > 0 ? started(estate, resource, givenByAny(estate, named), subnets) : []),
    ...(own.length > 0 ? started(estate, resource, own, []) : []),
  ];
}

const givenByAny = (estate: Estate, named: readonly Block[]): readonly Given[] =>
  [...new Set(named.map((each) => templateNamed(estate, each)))].flatMap(givenBy);

/** One for each interface that is given, in these subnets and in its own. */
const started = (
  estate: Estate,
  resource: Resource,
  given: readonly Given[],
  subnets: readonly Value<string>[],
): readonly Interface[] =>
  (given.length > 0 ? given : [BARE]).map((from) => {
    const own = interfaceOf(estate, resource, {
      what: "instance",
      subnets: [...subnets, ...from.subnets],
      groups: from.groups,
      publicBy: given.length > 1 || from.publicBy.startsWith("launch_specification") ? from.publicBy : PUBLIC,
    });
    return { ...own, publicAddress: from.asked ?? mappedBy(own) };
  });
