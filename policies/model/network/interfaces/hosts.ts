import type { Estate } from "../../estate.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";
import { interfacesOfFleets } from "./fleets.ts";
import { type Interface, interfaceOf, mappedBy } from "./interface.ts";
import { BARE, givenBy, PUBLIC, templateNamed } from "./launch-templates.ts";

/** Instances, with what their launch template says where they do not; fleets of them; interfaces of their own. */
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
    ...terraform.ofType("aws_instance", "aws_spot_instance_request").flatMap((resource) => {
      const [own, ...others] = interfacesOfInstance(estate, resource, more(resource));
      if (own === undefined || !addressed.has(resource)) return own === undefined ? others : [own, ...others];
      return [{ ...own, publicAddress: true, publicBy: "aws_eip" }, ...others];
    }),
    ...interfacesOfFleets(estate),
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
    ...attachedFromElsewhere(estate),
  ];
}

/** Interfaces that hosts are given and that outputs do not show: where they are and what they let through, nobody knows. */
const attachedFromElsewhere = (estate: Estate): readonly Interface[] =>
  estate.terraform
    .ofType("aws_network_interface_attachment", "aws_instance", "aws_spot_instance_request")
    .flatMap((resource) => {
      const { block } = resource;
      const all = [block, ...ATTACHED.flatMap((name) => block.blocks(name))];
      return all.flatMap((each) => {
        const id = each.text("network_interface_id");
        if (id === undefined || estate.terraform.find(id, "aws_network_interface") !== undefined) return [];
        const unseen = [isUnknown(id) ? id : new Unknown(id)];
        return [interfaceOf(estate, resource, { what: "interface", subnets: unseen, groups: unseen })];
      });
    });

const ATTACHED = ["network_interface", "primary_network_interface"];

/** What an instance says for itself is for its first interface; its template may give it more. */
function interfacesOfInstance(
  estate: Estate,
  resource: Resource,
  more: readonly Value<string>[],
): readonly Interface[] {
  const { block } = resource;
  const given = block.blocks("launch_template").flatMap((each) => givenBy(templateNamed(estate, each)));
  return (given.length > 0 ? given : [BARE]).map((from, index) => {
    const first = index === 0;
    const own = interfaceOf(estate, resource, {
      what: "instance",
      name: tagOf(block, "Name"),
      subnets: firstGiven(first ? block.texts("subnet_id") : [], from.subnets),
      groups: [
        ...firstGiven(
          first ? [...block.texts("vpc_security_group_ids"), ...block.texts("security_groups")] : [],
          from.groups,
        ),
        ...(first ? more : []),
      ],
      fixed: first ? [block.text("private_ip"), ...block.texts("secondary_private_ips")] : [],
      publicBy: first ? PUBLIC : from.publicBy,
    });
    const asked = first ? (block.flag(PUBLIC) ?? from.asked) : from.asked;
    return { ...own, publicAddress: asked ?? mappedBy(own) };
  });
}

const firstGiven = (own: readonly Value<string>[], other: readonly Value<string>[]): readonly Value<string>[] =>
  own.length > 0 ? own : other;

/** A tag of a resource. */
export function tagOf(block: Block, name: string): Value<string> | undefined {
  const tags = block.map("tags");
  return isUnknown(tags) ? tags : tags.get(name);
}
