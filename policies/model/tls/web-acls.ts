import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/** A web ACL, and what of the usual attacks it stops. */
export interface WebAcl {
  readonly at: Place;
  /** Whether it lets nothing in that no rule allows. */
  readonly closed: boolean;
  /** Groups of AWS's own whose rules stop requests, by name; those that only count are none. */
  readonly groups: ReadonlySet<string>;
  /** Rules of those groups that only count, or let in: `AWSManagedRulesKnownBadInputsRuleSet/Log4JRCE_HEADER`. */
  readonly weakened: readonly string[];
  /** Whether too many requests of one client are stopped. */
  readonly limitsRate: boolean;
  /** Whether what it sees is written down anywhere. */
  readonly logs: Value<boolean>;
  /** Set where rules stand elsewhere: what is not found here may be there. */
  readonly elsewhere: Unknown | undefined;
}

/** Every web ACL of the second generation. */
export const webAcls = kind<WebAcl>("web ACL", ({ terraform }) => {
  const associations = Map.groupBy(terraform.ofType("aws_wafv2_web_acl_rule_group_association"), ({ block }) =>
    terraform.find(block.text("web_acl_arn"), "aws_wafv2_web_acl"),
  );
  const loggings = terraform
    .ofType("aws_wafv2_web_acl_logging_configuration")
    .map(({ block }) => block.text("resource_arn"));
  const logged = new Set(loggings.map((each) => terraform.find(each, "aws_wafv2_web_acl")));
  const perhaps = loggings.find((each) => isUnknown(each) && each.resource === undefined);
  return terraform.ofType("aws_wafv2_web_acl").map((resource) => ({
    ...webAcl(resource, associations.get(resource) ?? []),
    logs: logged.has(resource) || (isUnknown(perhaps) ? perhaps : false),
  }));
});

function webAcl(resource: Resource, associations: readonly Resource[]): Omit<WebAcl, "logs"> {
  const { block } = resource;
  const rules = block.blocks("rule");
  const managed = [
    ...rules
      .filter((each) => each.block("override_action")?.block("count") === undefined)
      .flatMap((each) => each.block("statement")?.blocks("managed_rule_group_statement") ?? []),
    ...associations
      .filter((each) => known(each.block.text("override_action")) !== "count")
      .flatMap((each) => each.block.blocks("managed_rule_group")),
  ];
  const names = managed.map((each) => each.text("name") ?? "");
  return {
    at: placeOfResource(resource),
    closed: block.block("default_action")?.block("block") !== undefined,
    groups: new Set(names.flatMap((name) => known(name) ?? [])),
    weakened: managed.flatMap(weakenedIn),
    limitsRate: rules.some(
      (each) =>
        each.block("statement")?.block("rate_based_statement") !== undefined &&
        ["block", "captcha", "challenge"].some((action) => each.block("action")?.block(action) !== undefined),
    ),
    elsewhere: elsewhereOf(block, rules, names),
  };
}

/** Rules of a group that are told to count or to let in. */
function weakenedIn(group: Block): readonly string[] {
  const name = String(group.text("name"));
  const overridden = group
    .blocks("rule_action_override")
    .filter((each) => ["count", "allow"].some((action) => each.block("action_to_use")?.block(action) !== undefined));
  return [...overridden, ...group.blocks("excluded_rule")].map((each) => `${name}/${String(each.text("name"))}`);
}

function elsewhereOf(block: Block, rules: readonly Block[], names: readonly Value<string>[]): Unknown | undefined {
  if (block.has("rule_json")) return new Unknown("rule_json");
  if (rules.some((each) => each.isUnknown)) return new Unknown('dynamic "rule"');
  const own = rules.some((each) => each.block("statement")?.block("rule_group_reference_statement") !== undefined);
  return own ? new Unknown("a rule group of one's own") : names.find(isUnknown);
}
