import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { VPCS } from "./group-key.ts";

/** What becomes of questions for names: the first rule whose list has the name decides. */
export interface NameRule {
  readonly at: Place;
  /** `ALLOW`, `ALERT`, `BLOCK`. */
  readonly action: Value<string> | undefined;
  readonly priority: Value<number>;
  /** `*.example.org`, `*`. */
  readonly domains: readonly Value<string>[];
  /** Where the list stands. */
  readonly listAt: Place;
}

/** A VPC, and which names its resolver answers. */
export interface NamedVpc {
  readonly at: Place;
  readonly resource: Resource;
  /** In their order. */
  readonly rules: readonly NameRule[];
  /** Whether names are answered while the firewall is out of order. Absent: not. */
  readonly failsOpen: Value<string> | undefined;
  /** Whether its resolver is the one of AWS: with another, no question passes the rules. */
  readonly resolvers: readonly Value<string>[];
}

/** Every VPC with the rules for names that are associated with it. */
export const namedVpcs = kind<NamedVpc>("VPC with rules for names", ({ terraform }) => {
  const rules = Map.groupBy(terraform.ofType("aws_route53_resolver_firewall_rule"), ({ block }) =>
    terraform.find(block.text("firewall_rule_group_id")),
  );
  const byVpc = (type: string, attribute: string): ReadonlyMap<Resource | undefined, readonly Resource[]> =>
    Map.groupBy(terraform.ofType(type), ({ block }) => terraform.find(block.text(attribute), ...VPCS));
  const associations = byVpc("aws_route53_resolver_firewall_rule_group_association", "vpc_id");
  const configs = byVpc("aws_route53_resolver_firewall_config", "resource_id");
  const options = byVpc("aws_vpc_dhcp_options_association", "vpc_id");
  return terraform.ofType(...VPCS).map((resource) => {
    const groups = [...(associations.get(resource) ?? [])].sort((a, b) => priorityOf(a) - priorityOf(b));
    const dhcp = terraform.find(options.get(resource)?.[0]?.block.text("dhcp_options_id"), "aws_vpc_dhcp_options");
    return {
      at: placeOfResource(resource),
      resource,
      rules: groups.flatMap(({ block }) =>
        [...(rules.get(terraform.find(block.text("firewall_rule_group_id"))) ?? [])]
          .sort((a, b) => priorityOf(a) - priorityOf(b))
          .map((rule) => ruleOf(rule, terraform)),
      ),
      failsOpen: configs.get(resource)?.[0]?.block.text("firewall_fail_open"),
      resolvers: dhcp?.block.texts("domain_name_servers") ?? [],
    };
  });
});

const priorityOf = ({ block }: Resource): number => known(block.number("priority")) ?? 0;

function ruleOf(rule: Resource, terraform: Graph): NameRule {
  const { block } = rule;
  const named = block.text("firewall_domain_list_id");
  const list = terraform.find(named, "aws_route53_resolver_firewall_domain_list");
  const elsewhere = isUnknown(named) ? named : new Unknown(named ?? "no list");
  return {
    at: placeOfResource(rule),
    action: block.text("action"),
    priority: block.number("priority") ?? 0,
    // A list of AWS, or one from a file, is not among the outputs.
    domains: list?.block.has("domains") === true ? list.block.texts("domains") : [elsewhere],
    listAt: placeOfResource(list ?? rule),
  };
}
