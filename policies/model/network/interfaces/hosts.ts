import type { Estate } from "../../estate.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, type Value } from "../../value.ts";
import { type Interface, interfaceOf } from "./interface.ts";

const LAUNCH_TEMPLATE = "aws_launch_template";

/** Instances, with what their launch template says where they do not; groups of instances; interfaces of their own. */
export function interfacesOfHosts(estate: Estate): readonly Interface[] {
  const { terraform } = estate;
  const addressed = new Set(
    terraform
      .ofType("aws_eip", "aws_eip_association")
      .flatMap(({ block }) =>
        ["instance", "instance_id", "network_interface", "network_interface_id"].map((name) =>
          terraform.find(block.text(name)),
        ),
      ),
  );
  const attached = Map.groupBy(terraform.ofType("aws_network_interface_sg_attachment"), ({ block }) =>
    terraform.find(block.text("network_interface_id")),
  );
  const more = (resource: Resource): readonly Value<string>[] =>
    (attached.get(resource) ?? []).flatMap(({ block }) => block.texts("security_group_id"));
  return [
    ...terraform.ofType("aws_instance", "aws_spot_instance_request").map((resource) => {
      const own = interfaceOfInstance(estate, resource, more(resource));
      return addressed.has(resource) ? { ...own, publicAddress: true, publicBy: "aws_eip" } : own;
    }),
    ...terraform.ofType("aws_autoscaling_group").flatMap((resource) => interfacesOfGroup(estate, resource)),
    ...terraform.ofType("aws_network_interface").map((resource) => {
      const { block } = resource;
      const fixed = [...block.texts("private_ips"), block.text("private_ip")];
      return interfaceOf(estate, resource, {
        what: "interface",
        subnets: block.texts("subnet_id"),
        groups: [...block.texts("security_groups"), ...more(resource)],
        fixed,
        publicAddress: addressed.has(resource),
        publicBy: "aws_eip",
      });
    }),
  ];
}

function interfaceOfInstance(estate: Estate, resource: Resource, more: readonly Value<string>[]): Interface {
  const { block } = resource;
  const template = templateOf(estate, block);
  const network = template?.block.block("network_interfaces");
  const subnets = firstGiven(block.texts("subnet_id"), network?.texts("subnet_id"));
  const groups = firstGiven(
    [...block.texts("vpc_security_group_ids"), ...block.texts("security_groups")],
    [...(template?.block.texts("vpc_security_group_ids") ?? []), ...(network?.texts("security_groups") ?? [])],
  );
  const asked = block.flag("associate_public_ip_address") ?? network?.flag("associate_public_ip_address");
  const own = interfaceOf(estate, resource, {
    what: "instance",
    name: tagOf(block, "Name"),
    subnets,
    groups: [...groups, ...more],
    fixed: [block.text("private_ip"), ...block.texts("secondary_private_ips")],
    publicBy: "associate_public_ip_address",
  });
  return { ...own, publicAddress: asked ?? mappedBy(own) };
}

/** What an instance has that says nothing: what its subnet gives. */
const mappedBy = ({ subnets, unknownSubnets }: Interface): Value<boolean> =>
  subnets[0]?.mapsPublicAddress ?? unknownSubnets[0] ?? false;

/** Instances that a group of them starts, from a template or from a launch configuration. */
function interfacesOfGroup(estate: Estate, resource: Resource): readonly Interface[] {
  const { block } = resource;
  const mixed = block.block("mixed_instances_policy")?.block("launch_template")?.block("launch_template_specification");
  const template = templateOf(estate, block) ?? templateOf(estate, mixed);
  const old = estate.terraform.find(block.text("launch_configuration"), "aws_launch_configuration");
  const network = template?.block.block("network_interfaces");
  const groups = [
    ...(template?.block.texts("vpc_security_group_ids") ?? []),
    ...(network?.texts("security_groups") ?? []),
    ...(old?.block.texts("security_groups") ?? []),
  ];
  const own = interfaceOf(estate, resource, {
    what: "instance",
    subnets: block.texts("vpc_zone_identifier"),
    groups,
    publicBy: "associate_public_ip_address",
  });
  const asked = network?.flag("associate_public_ip_address") ?? old?.block.flag("associate_public_ip_address");
  return [{ ...own, publicAddress: asked ?? mappedBy(own) }];
}

function templateOf(estate: Estate, block: Block | undefined): Resource | undefined {
  const named = block?.block("launch_template");
  return (
    estate.terraform.find(named?.text("id"), LAUNCH_TEMPLATE) ??
    estate.terraform.find(named?.text("launch_template_id") ?? named?.text("name"), LAUNCH_TEMPLATE)
  );
}

const firstGiven = (
  own: readonly Value<string>[],
  other: readonly Value<string>[] | undefined,
): readonly Value<string>[] => (own.length > 0 ? own : (other ?? []));

/** A tag of a resource. */
export function tagOf(block: Block, name: string): Value<string> | undefined {
  const tags = block.map("tags");
  return isUnknown(tags) ? tags : tags.get(name);
}
