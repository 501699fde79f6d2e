import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { bypassesIn } from "./web-acl-bypasses.ts";

/** A web ACL, and what of the usual attacks it stops. */
export interface WebAcl {
  readonly at: Place;
  /** Whether it lets nothing in that no rule allows. */
  readonly closed: boolean;
  /** Groups of AWS's own whose rules stop requests, by name; those that only count, or see some requests only, are none. */
  readonly groups: ReadonlySet<string>;
  /** Rules of those groups that only count, or let in: `AWSManagedRulesKnownBadInputsRuleSet/Log4JRCE_HEADER`. */
  readonly weakened: readonly string[];
  /** Whether too many requests of one client are stopped, whatever they ask for. */
  readonly limitsRate: Value<boolean>;
  /** Rules that let requests in which not all of the above has seen. */
  readonly bypasses: readonly Value<string>[];
  /** Whether what it sees is written down anywhere. */
  readonly logs: Value<boolean>;
  /** Set where rules stand elsewhere: what is not found here may be there. */
  readonly elsewhere: Unknown | undefined;
}

export const COMMON = "AWSManagedRulesCommonRuleSet";
export const BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";
/** What every web ACL that lets in by default has, besides a limit. */
const ESSENTIAL = [COMMON, BAD_INPUTS];

/** Beyond that a limit stops no flood: 100,000 requests in five minutes, more than a town hall behind one address sends. */
const MOST_A_SECOND = 100_000 / 300;

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
    ...webAcl(resource, associations.get(resource) ?? [], terraform),
    logs: logged.has(resource) || (isUnknown(perhaps) ? perhaps : false),
  }));
});

function webAcl(resource: Resource, associations: readonly Resource[], terraform: Graph): Omit<WebAcl, "logs"> {
  const { block } = resource;
  const rules = block.blocks("rule");
  const managed = [
    ...rules
      .filter((each) => each.block("override_action")?.block("count") === undefined)
      .flatMap((each) => managedIn(each, each.block("statement")?.blocks("managed_rule_group_statement") ?? [])),
    ...associations
      .filter((each) => known(each.block.text("override_action")) !== "count")
      .flatMap((each) => managedIn(each.block, each.block.blocks("managed_rule_group"))),
  ];
  const limits = rules.flatMap(rateLimitIn);
  const lows = limits.map(({ isLow }) => isLow);
  const names = managed.map(({ group }) => group.text("name") ?? "");
  // Where one is missing, nothing that lets in comes after all of them.
  const complete = limits.length > 0 && ESSENTIAL.every((name) => names.includes(name));
  const last = [...managed.filter(({ group }) => isEssential(group)), ...limits].map(({ priority }) => priority);
  const closed = block.block("default_action")?.block("block") !== undefined;
  return {
    at: placeOfResource(resource),
    closed,
    groups: new Set(names.flatMap((name) => known(name) ?? [])),
    weakened: managed.flatMap(({ group }) => weakenedIn(group)),
    limitsRate: lows.includes(true) || (lows.find(isUnknown) ?? false),
    bypasses: [
      ...(closed && block.has("rule_json") ? [new Unknown("rule_json")] : []),
      ...bypassesIn(rules, complete ? Math.max(...last) : Number.POSITIVE_INFINITY, terraform),
    ],
    elsewhere: elsewhereOf(block, rules, names),
  };
}

/** What stops something, and when its turn comes; where nobody can tell, it may be last. */
const priorityOf = (block: Block): number => known(block.number("priority")) ?? Number.POSITIVE_INFINITY;

const isEssential = (group: Block): boolean => ESSENTIAL.some((name) => name === known(group.text("name")));

/** Managed groups of a rule that see every request: one with a scope sees what somebody thought of. */
const managedIn = (rule: Block, groups: readonly Block[]): readonly { group: Block; priority: number }[] =>
  groups
    .filter((group) => group.isUnknown || group.block("scope_down_statement") === undefined)
    .map((group) => ({ group, priority: priorityOf(rule) }));

/** A limit for all requests that stops those beyond it. */
function rateLimitIn(rule: Block): readonly { isLow: Value<boolean>; priority: number }[] {
  const rate = rule.block("statement")?.block("rate_based_statement");
  const stops = ["block", "captcha", "challenge"].some((action) => rule.block("action")?.block(action) !== undefined);
  if (rate === undefined || !stops || rate.block("scope_down_statement") !== undefined) return [];
  const limit = rate.number("limit") ?? new Unknown("no limit");
  const seconds = rate.number("evaluation_window_sec") ?? 300;
  const isLow =
    isUnknown(limit) || isUnknown(seconds)
      ? new Unknown(`limit ${limit} in ${seconds} s`)
      : limit / seconds <= MOST_A_SECOND;
  return [{ isLow, priority: priorityOf(rule) }];
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
