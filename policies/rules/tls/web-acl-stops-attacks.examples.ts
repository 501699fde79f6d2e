import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const group = (name: string, more: object = {}, override: object = { none: {} }): Loose => ({
  name,
  override_action: override,
  statement: { managed_rule_group_statement: { name, vendor_name: "AWS", ...more } },
});
const rate = (action: object = { block: {} }): Loose => ({
  name: "rate",
  action,
  statement: { rate_based_statement: { limit: 1000, aggregate_key_type: "IP" } },
});
const common = group("AWSManagedRulesCommonRuleSet");
const inputs = group("AWSManagedRulesKnownBadInputsRuleSet");
const logged: Loose = {
  aws_wafv2_web_acl_logging_configuration: { web: { resource_arn: "${aws_wafv2_web_acl.web.arn}" } },
};
const acl = (...rule: readonly object[]): Loose => ({
  ...logged,
  aws_wafv2_web_acl: { web: { default_action: { allow: {} }, rule } },
});

export const examples: Examples = {
  good: [
    { title: "a web ACL with both groups and a limit", resources: acl(common, inputs, rate()) },
    {
      title: "a web ACL that lets in only what it names",
      resources: { ...logged, aws_wafv2_web_acl: { web: { default_action: { block: {} } } } },
    },
    {
      title: "a group that is associated from outside",
      resources: {
        ...acl(common, rate({ challenge: {} })),
        aws_wafv2_web_acl_rule_group_association: {
          inputs: {
            web_acl_arn: "${aws_wafv2_web_acl.web.arn}",
            managed_rule_group: [{ name: "AWSManagedRulesKnownBadInputsRuleSet", vendor_name: "AWS" }],
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "a web ACL without rules",
      resources: acl(),
      finds: ["aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule"],
    },
    {
      title: "a web ACL that writes nothing down",
      resources: { ...acl(common, inputs, rate()), aws_wafv2_web_acl_logging_configuration: {} },
      finds: ["aws_wafv2_web_acl.web aws_wafv2_web_acl_logging_configuration"],
    },
    {
      title: "a group and a limit that only count",
      resources: acl(group("AWSManagedRulesCommonRuleSet", {}, { count: {} }), inputs, rate({ count: {} })),
      finds: ["aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule"],
    },
    {
      title: "a common group without its rule for paths",
      resources: acl(
        group("AWSManagedRulesCommonRuleSet", {
          excluded_rule: [{ name: "GenericLFI_URIPATH" }, { name: "GenericLFI_BODY" }],
        }),
        inputs,
        rate(),
      ),
      finds: ["aws_wafv2_web_acl.web rule.statement.managed_rule_group_statement"],
    },
    {
      title: "a group without its rule for Log4j",
      resources: acl(
        common,
        group("AWSManagedRulesKnownBadInputsRuleSet", {
          rule_action_override: [{ name: "Log4JRCE_HEADER", action_to_use: [{ count: [{}] }] }],
        }),
        rate(),
      ),
      finds: ["aws_wafv2_web_acl.web rule.statement.managed_rule_group_statement"],
    },
  ],
  unknown: [
    {
      title: "rules in a text of their own",
      resources: {
        ...logged,
        aws_wafv2_web_acl: { web: { default_action: { allow: {} }, rule_json: "${var.rules}" } },
      },
      finds: ["aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule"],
    },
  ],
};

/** Changes rules of a web ACL; to nothing, they are left out. */
const rules = (title: string, change: (rule: Loose) => Loose | undefined): Mutation =>
  onResource("aws_wafv2_web_acl", title, (each) => ({
    ...each,
    rule: each.rule.flatMap((own: Loose) => change(own) ?? []),
  }));
const bad = (own: Loose): boolean => own.name === "AWSManagedRulesKnownBadInputsRuleSet";

export const mutations: readonly Mutation[] = [
  onResource("aws_wafv2_web_acl_logging_configuration", "write nothing down", () => undefined),
  rules("drop the group of known bad inputs", (own) => (bad(own) ? undefined : own)),
  rules("only count known bad inputs", (own) => (bad(own) ? { ...own, override_action: { count: {} } } : own)),
  rules("let one known bad input in", (own) =>
    bad(own)
      ? group(own.name, { rule_action_override: [{ name: "Log4JRCE_BODY", action_to_use: { allow: {} } }] })
      : own,
  ),
  rules("drop every limit of rate", (own) => (own.statement.rate_based_statement === undefined ? own : undefined)),
  rules("only count floods", (own) =>
    own.statement.rate_based_statement === undefined ? own : { ...own, action: { count: {} } },
  ),
];
