import { everywhere } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import { placeOfResource } from "../place.ts";
import { portsOf } from "../ports.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { keyOf } from "./group-key.ts";
import { type GroupRule, portsBetween } from "./group-rules.ts";
import type { SecurityGroup } from "./groups.ts";
import { nobody, peersOf } from "./peers.ts";
import { protocolOf, TCP } from "./protocol.ts";

/** How a type says which ports it opens: blocks with ports, and names of attributes with CIDRs in them. */
interface Opens {
  readonly blocks: string;
  readonly cidrs: readonly string[];
  /** Names of lists of AWS's addresses. */
  readonly lists?: string;
  /** Whoever may come in where no addresses are given. */
  readonly otherwise?: "everybody";
  /** The protocol stands beside the blocks, and not in them. */
  readonly protocol?: "beside";
}

/**
 * Services that open ports without a security group, and what is left of EC2-Classic. An accelerator leads to load balancers
 * and machines that are internal, too. Names are those of the provider's documentation, versions 4 and 6.66.
 */
const OPENS: Readonly<Record<string, Opens>> = {
  aws_db_security_group: { blocks: "ingress", cidrs: ["cidr"] },
  aws_gamelift_fleet: { blocks: "ec2_inbound_permission", cidrs: ["ip_range"] },
  aws_globalaccelerator_custom_routing_listener: { blocks: "port_range", cidrs: [], otherwise: "everybody" },
  aws_globalaccelerator_listener: { blocks: "port_range", cidrs: [], otherwise: "everybody", protocol: "beside" },
  aws_lightsail_instance_public_ports: {
    ...{ blocks: "port_info", cidrs: ["cidrs", "ipv6_cidrs"], lists: "cidr_list_aliases", otherwise: "everybody" },
  },
  aws_redshift_security_group: { blocks: "ingress", cidrs: ["cidr"] },
};

const INSTANCE = "aws_lightsail_instance";
const PORTS = "aws_lightsail_instance_public_ports";

/** What such services open, in the words of security groups. */
export const openPorts = (estate: Estate): readonly SecurityGroup[] => [
  ...estate.terraform.ofType(...Object.keys(OPENS)).map((resource) => {
    const opens: Opens = OPENS[resource.type] ?? { blocks: "", cidrs: [] };
    const rules = resource.block
      .blocks(opens.blocks)
      .map((block, index) => opened(estate, resource, block, opens, index));
    return groupOf(resource, rules);
  }),
  ...unsaid(estate),
];

function opened(estate: Estate, resource: Resource, block: Block, opens: Opens, index: number): GroupRule {
  const cidrs = opens.cidrs.flatMap((name) => block.texts(name));
  const lists = opens.lists === undefined ? [] : block.texts(opens.lists);
  const isOpen = opens.otherwise === "everybody" && cidrs.length === 0 && lists.length === 0;
  return ruleOf(resource, {
    path: `${opens.blocks}[${index}]`,
    protocol: protocolOf((opens.protocol === "beside" ? resource.block : block).text("protocol")),
    ports: portsBetween(block.number("from_port"), block.number("to_port")),
    peers: isOpen ? { ...nobody, addresses: everywhere } : peersOf(estate, block, cidrs, lists),
  });
}

const ruleOf = (resource: Resource, said: Pick<GroupRule, "path" | "protocol" | "ports" | "peers">): GroupRule => ({
  ...{ at: placeOfResource(resource), direction: "ingress", icmp: undefined, description: undefined, implied: false },
  ...said,
});

/** An instance of Lightsail of which nothing is said is open for SSH and HTTP ("Instance firewalls in Amazon Lightsail", read 2026-11-22). */
function unsaid({ terraform }: Estate): readonly SecurityGroup[] {
  const said = new Set(
    terraform.ofType(PORTS).map(({ block }) => terraform.find(block.text("instance_name"), INSTANCE)),
  );
  return terraform
    .ofType(INSTANCE)
    .filter((each) => !said.has(each))
    .map((resource) => {
      const peers = { ...nobody, addresses: everywhere };
      return groupOf(resource, [ruleOf(resource, { path: PORTS, protocol: TCP, ports: portsOf(22, 80), peers })]);
    });
}

const groupOf = (resource: Resource, rules: readonly GroupRule[]): SecurityGroup => ({
  ...{ at: placeOfResource(resource), key: `ports of ${keyOf(resource)}`, origin: "service", resource, rules },
  ...{ vpc: undefined, description: undefined },
});
