import { parseCidr, union } from "../addresses.ts";
import { isMoreThanAProvider } from "../network/widths.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";

/**
 * Rules of a web ACL that let requests in before its last protection has seen them, by name. Senders choose all of a request
 * but their own address: only rules for few addresses are none.
 */
export function bypassesIn(
  rules: readonly Block[],
  lastProtection: number,
  terraform: Graph,
): readonly Value<string>[] {
  return rules
    .filter((each) => (known(each.number("priority")) ?? Number.NEGATIVE_INFINITY) < lastProtection)
    .flatMap((each) => bypassesOf(each, terraform));
}

function bypassesOf(rule: Block, terraform: Graph): readonly Value<string>[] {
  const statement = rule.block("statement");
  const reference = statement?.block("rule_group_reference_statement");
  if (reference === undefined || rule.isUnknown) return letsIn(rule, terraform) ? [nameOf(rule)] : [];
  const arn = reference.text("arn");
  const group = terraform.find(arn, "aws_wafv2_rule_group");
  if (group === undefined) return [isUnknown(arn) ? arn : new Unknown(arn ?? "a rule group")];
  return group.block
    .blocks("rule")
    .filter((each) => letsIn(each, terraform))
    .map(nameOf);
}

const nameOf = (rule: Block): Value<string> => rule.text("name") ?? "a rule";

function letsIn(rule: Block, terraform: Graph): boolean {
  if (rule.block("action")?.block("allow") === undefined) return false;
  const statement = rule.block("statement");
  return statement === undefined || !isOfFewAddresses(statement, terraform);
}

/** Whether a statement holds for few addresses at most, and is about those a request really comes from. */
function isOfFewAddresses(statement: Block, terraform: Graph): boolean {
  if (statement.isUnknown) return false;
  const reference = statement.block("ip_set_reference_statement");
  if (reference !== undefined) {
    return !reference.has("ip_set_forwarded_ip_config") && isSmall(reference.text("arn"), terraform);
  }
  const few = (each: Block): boolean => isOfFewAddresses(each, terraform);
  const all = statement.block("and_statement");
  if (all !== undefined) return all.blocks("statement").some(few);
  const any = statement.block("or_statement")?.blocks("statement") ?? [];
  return any.length > 0 && any.every(few);
}

function isSmall(arn: Value<string> | undefined, terraform: Graph): boolean {
  const set = terraform.find(arn, "aws_wafv2_ip_set");
  const ranges = set?.block.texts("addresses").map((each) => parseCidr(known(each) ?? ""));
  const addresses = ranges?.flatMap((each) => each ?? []);
  return addresses !== undefined && addresses.length === ranges?.length && !isMoreThanAProvider(union(addresses));
}
