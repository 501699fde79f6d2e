import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl/index.js";
import { type Acceptance, checkAcceptance } from "../acceptance.ts";
import { managedGroup, pathIsOneOf, type Statement } from "./web-acl-statements.ts";

/** Rule groups of AWS by our short names. */
const managedGroups = {
  reputation: "AWSManagedRulesAmazonIpReputationList",
  anonymous: "AWSManagedRulesAnonymousIpList",
  common: "AWSManagedRulesCommonRuleSet",
  badInputs: "AWSManagedRulesKnownBadInputsRuleSet",
  sql: "AWSManagedRulesSQLiRuleSet",
  linux: "AWSManagedRulesLinuxRuleSet",
  bots: "AWSManagedRulesBotControlRuleSet",
} as const;
type ManagedGroup = keyof typeof managedGroups;

/** Requests of one client address to one class of paths. */
export interface RateClass {
  /** Lower-case word: rule and metric are `rate-<name>`. */
  readonly name: string;
  /** `/exact`, `/from/*`; default every request. */
  readonly paths?: readonly string[];
  /** Requests in the window from which the address is answered 429; AWS takes 10 or more. */
  readonly limit: number;
  readonly windowSeconds: 60 | 120 | 300 | 600;
}

/** A rule of a managed group that only counts, because it would block what is legitimate. */
export interface CountedRule extends Acceptance {
  readonly group: ManagedGroup;
  /** Exact name, for example `CrossSiteScripting_BODY`. */
  readonly rule: string;
}

/** Paths that only the addresses of a set reach. */
interface NarrowedClass {
  /** Lower-case word: the rule is `narrowed-<name>`. */
  readonly name: string;
  readonly paths: readonly string[];
  readonly ipSetArn: string;
}

interface RuleChoices {
  readonly narrowed: readonly NarrowedClass[];
  readonly hidden: readonly string[];
  readonly rateClasses: readonly RateClass[];
  readonly uploadPaths: readonly string[];
  readonly anonymous: boolean;
  readonly bots: "COMMON" | "TARGETED" | undefined;
  readonly counted: readonly CountedRule[];
}

/**
 * All rules of a web ACL in order: cheap refusals first, what costs per request last.
 * The size rule of the common group only counts; a rule of ours right behind it refuses with 413 what it labelled,
 * except on upload paths (the load balancer shows the firewall 8 KB, so that "too large" means "not inspected").
 */
export function webAclRules(what: string, choices: RuleChoices): Wafv2WebAclRule[] {
  const { rateClasses, uploadPaths, counted } = choices;
  for (const rule of counted) checkAcceptance(`${what}/counted/${rule.rule}`, rule);
  const group = (short: ManagedGroup, priority: number, extra: readonly string[] = []) =>
    managed(short, priority, [...extra, ...counted.filter((c) => c.group === short).map((c) => c.rule)], choices.bots);
  return [
    group("reputation", 0),
    ...(choices.anonymous ? [group("anonymous", 1)] : []),
    ...choices.narrowed.map((each, index) => narrowedRule(`${what}/narrowed/${each.name}`, each, 2 + index)),
    ...(choices.hidden.length === 0 ? [] : [hiddenRule(`${what}/hidden`, choices.hidden)]),
    ...rateClasses.map((rate, index) => rateRule(`${what}/rateClasses/${rate.name}`, rate, 10 + index)),
    group("common", 40, ["SizeRestrictions_BODY"]),
    // Where every path takes uploads it could refuse nothing, at the capacity of all its patterns.
    ...(uploadPaths.includes("/*") ? [] : [bodySizeRule(`${what}/uploadPaths`, uploadPaths)]),
    group("badInputs", 50),
    group("sql", 51),
    group("linux", 52),
    ...(choices.bots === undefined ? [] : [group("bots", 60)]),
  ];
}

const sizeLabel = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body";

function bodySizeRule(what: string, uploadPaths: readonly string[]): Wafv2WebAclRule {
  const tooLarge: Statement = { label_match_statement: { scope: "LABEL", key: sizeLabel } };
  const statement: Statement =
    uploadPaths.length === 0
      ? tooLarge
      : {
          and_statement: {
            statement: [tooLarge, { not_statement: { statement: pathIsOneOf(what, uploadPaths) } }],
          },
        };
  return blocking("body-size", 41, statement, { responseCode: 413 });
}

function managed(
  short: ManagedGroup,
  priority: number,
  counted: readonly string[],
  bots: RuleChoices["bots"],
): Wafv2WebAclRule {
  const name = managedGroups[short];
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: managedGroup(name, counted, short === "bots" ? bots : undefined),
    visibilityConfig: visibility(name),
  };
}

/** Answers 404 to everybody. */
const hiddenRule = (what: string, paths: readonly string[]): Wafv2WebAclRule =>
  blocking("hidden", 9, pathIsOneOf(what, paths), { responseCode: 404 });

/** Answers 404 to everybody else: who may not come in does not learn what is there. */
function narrowedRule(what: string, { name, paths, ipSetArn }: NarrowedClass, priority: number): Wafv2WebAclRule {
  const stranger: Statement = { not_statement: { statement: { ip_set_reference_statement: { arn: ipSetArn } } } };
  return blocking(
    `narrowed-${name}`,
    priority,
    { and_statement: { statement: [pathIsOneOf(what, paths), stranger] } },
    { responseCode: 404 },
  );
}

function rateRule(what: string, rate: RateClass, priority: number): Wafv2WebAclRule {
  if (!/^[a-z][a-z0-9-]*$/.test(rate.name)) {
    throw new Error(`${what}: name must be a lower-case word, got "${rate.name}"`);
  }
  if (!Number.isInteger(rate.limit) || rate.limit < 10) {
    throw new Error(`${what}: limit must be a whole number >= 10, got ${rate.limit}`);
  }
  const statement: Statement = {
    rate_based_statement: {
      limit: rate.limit,
      evaluation_window_sec: rate.windowSeconds,
      aggregate_key_type: "IP",
      ...(rate.paths === undefined ? {} : { scope_down_statement: pathIsOneOf(what, rate.paths) }),
    },
  };
  return blocking(`rate-${rate.name}`, priority, statement, {
    responseCode: 429,
    responseHeader: [{ name: "Retry-After", value: String(rate.windowSeconds) }],
  });
}

function blocking(
  name: string,
  priority: number,
  statement: Statement,
  customResponse: { responseCode: number; responseHeader?: { name: string; value: string }[] },
): Wafv2WebAclRule {
  return { name, priority, action: { block: { customResponse } }, statement, visibilityConfig: visibility(name) };
}

/** Metrics and sampled requests on: an alarm names the rule that fired. */
export const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
