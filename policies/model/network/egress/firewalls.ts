import type { AddressSet } from "../../addresses.ts";
import { type Estate, kind } from "../../estate.ts";
import { type Place, placeOfResource } from "../../place.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../../value.ts";
import { VPCS } from "../group-key.ts";
import { type Subnet, subnetsNamed } from "../subnets.ts";
import { vpcs } from "../vpcs.ts";
import { contentOf, type FirewallRule, type GroupContent } from "./rules.ts";

/** A network firewall with its policy, all rules of it in the order in which they are tried. */
export interface NetworkFirewall {
  readonly at: Place;
  readonly resource: Resource;
  readonly vpc: Resource | undefined;
  readonly subnets: readonly Subnet[];
  /** Where its policy stands; the firewall itself where that is not among the outputs. */
  readonly policyAt: Place;
  /** `strict`: rules as they stand, then the default; `action`: passes before drops, and what is left passes. */
  readonly order: Value<"strict" | "action">;
  /** What becomes of what no rule is for: `aws:drop_established`. */
  readonly defaults: readonly Value<string>[];
  /** What becomes of packets before they come to the rules above, fragments too: `aws:forward_to_sfe`. */
  readonly stateless: readonly Value<string>[];
  /** Whether stateless rules decide something before that. */
  readonly statelessGroups: number;
  /** What becomes of connections whose beginning it has not seen. Absent: they are dropped. */
  readonly midstream: Value<string>;
  /** What it decrypts with, where it looks into TLS. */
  readonly decrypts: Value<string> | undefined;
  readonly rules: readonly FirewallRule[];
  /** Groups or rules that outputs do not show. */
  readonly unknown: readonly Unknown[];
}

const FIREWALL = "aws_networkfirewall_firewall";

/** Every network firewall. */
export const networkFirewalls = kind<NetworkFirewall>("network firewall", (estate) =>
  estate.terraform.ofType(FIREWALL).map((resource) => firewallOf(estate, resource)),
);

const byResource = {};

export const firewallsByResource = (estate: Estate): ReadonlyMap<Resource, NetworkFirewall> =>
  estate.once(byResource, () => new Map(estate.of(networkFirewalls).map((each) => [each.resource, each])));

function firewallOf(estate: Estate, resource: Resource): NetworkFirewall {
  const { terraform } = estate;
  const { block } = resource;
  const named = block.text("firewall_policy_arn");
  const policy = terraform.find(named, "aws_networkfirewall_firewall_policy");
  const body = policy?.block.block("firewall_policy");
  const engine = body?.block("stateful_engine_options");
  const order = engine?.text("rule_order") ?? "DEFAULT_ACTION_ORDER";
  const vpc = terraform.find(block.text("vpc_id"), ...VPCS);
  const home = homeOf(estate, vpc, named);
  const groups = contentsOf(estate, body, home);
  return {
    at: placeOfResource(resource),
    resource,
    vpc,
    subnets: subnetsNamed(
      estate,
      block.blocks("subnet_mapping").flatMap((each) => each.texts("subnet_id")),
    ),
    policyAt: placeOfResource(policy ?? resource),
    order: policy === undefined ? unseen(named) : orderOf(order),
    defaults: body?.texts("stateful_default_actions") ?? [],
    stateless: [
      ...(body?.texts("stateless_default_actions") ?? []),
      ...(body?.texts("stateless_fragment_default_actions") ?? []),
    ],
    statelessGroups: body?.blocks("stateless_rule_group_reference").length ?? 0,
    midstream: engine?.text("stream_exception_policy") ?? "DROP",
    decrypts: body?.text("tls_inspection_configuration_arn"),
    rules: groups.flatMap(({ rules }) => rules),
    unknown: [...groups.flatMap(({ unknown }) => unknown), ...(policy === undefined ? [unseen(named)] : [])],
  };
}

const unseen = (named: Value<string> | undefined): Unknown =>
  isUnknown(named) ? named : new Unknown(named ?? "no policy");

function orderOf(order: Value<string>): NetworkFirewall["order"] {
  if (isUnknown(order)) return order;
  return order === "STRICT_ORDER" ? "strict" : "action";
}

/** Groups by their priority. One that is not among the outputs is unknown; so are those that AWS keeps and changes by itself. */
function contentsOf(estate: Estate, policy: Block | undefined, home: Value<AddressSet>): readonly GroupContent[] {
  const references = [...(policy?.blocks("stateful_rule_group_reference") ?? [])];
  references.sort((a, b) => (known(a.number("priority")) ?? 0) - (known(b.number("priority")) ?? 0));
  return references.flatMap((reference): readonly GroupContent[] => {
    const arn = reference.text("resource_arn");
    const group = estate.terraform.find(arn, "aws_networkfirewall_rule_group");
    if (group !== undefined) return [contentOf(estate, group, home)];
    return [{ rules: [], unknown: [isUnknown(arn) ? arn : new Unknown(arn ?? "no rule group")] }];
  });
}

/** The addresses of the VPC that a firewall is in. */
function homeOf(estate: Estate, vpc: Resource | undefined, instead: Value<string> | undefined): Value<AddressSet> {
  const own = estate.of(vpcs).find(({ resource }) => resource === vpc);
  if (own === undefined) return isUnknown(instead) ? instead : new Unknown("addresses of the VPC");
  return own.unknown[0] ?? own.addresses;
}
