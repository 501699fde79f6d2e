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
  /** The type of record that is asked for: `A`, `TXT`. Absent: any. */
  readonly asked: Value<string> | undefined;
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
  /** What else answers there, in the place of the public zones. */
  readonly others: readonly OtherAnswers[];
}

/** A zone, a profile or another resolver, of elsewhere, that answers for names in a VPC. */
export interface OtherAnswers {
  readonly at: Place;
  readonly attribute: string;
  readonly named: Value<string> | undefined;
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
  const others = ANSWERS.map((each) => [each, byVpc(each.type, each.vpc)] as const);
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
      // Of what names a VPC that outputs do not show, any may be meant.
      others: others.flatMap(([each, found]) =>
        [...(found.get(resource) ?? []), ...(found.get(undefined) ?? [])].flatMap((own) =>
          answersOf(own, each, terraform),
        ),
      ),
    };
  });
});

/** What lets something else answer in a VPC: where it names the VPC and what answers, and of which resources that is ours. */
const ANSWERS: readonly Answers[] = [
  {
    type: "aws_route53_resolver_rule_association",
    vpc: "vpc_id",
    attribute: "resolver_rule_id",
    // A rule of the system leaves names to the resolver of AWS; all others hand them on.
    isOurs: ({ type, block }) => type === "aws_route53_resolver_rule" && block.text("rule_type") === "SYSTEM",
  },
  {
    type: "aws_route53_zone_association",
    vpc: "vpc_id",
    attribute: "zone_id",
    isOurs: ({ type }) => type === "aws_route53_zone",
  },
  { type: "aws_route53profiles_association", vpc: "resource_id", attribute: "profile_id", isOurs: () => false },
];

interface Answers {
  readonly type: string;
  readonly vpc: string;
  readonly attribute: string;
  readonly isOurs: (named: Resource) => boolean;
}

function answersOf(association: Resource, { attribute, isOurs }: Answers, terraform: Graph): readonly OtherAnswers[] {
  const named = association.block.text(attribute);
  const found = terraform.find(named);
  return found !== undefined && isOurs(found) ? [] : [{ at: placeOfResource(association), attribute, named }];
}

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
    asked: block.text("q_type"),
    // A list of AWS, or one from a file, is not among the outputs.
    domains: list?.block.has("domains") === true ? list.block.texts("domains") : [elsewhere],
    listAt: placeOfResource(list ?? rule),
  };
}
