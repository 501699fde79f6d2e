import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const group = (name: string, more: object = {}, override: object = { none: {} }): Loose => ({
  name,
  priority: 2,
  override_action: override,
  statement: { managed_rule_group_statement: { name, vendor_name: "AWS", ...more } },
});
const rate = (action: object = { block: {} }, more: object = {}): Loose => ({
  name: "rate",
  priority: 1,
  action,
  statement: { rate_based_statement: { limit: 1000, aggregate_key_type: "IP", ...more } },
});
const never = { scope_down_statement: { byte_match_statement: { search_string: "never" } } };
/** Lets requests in, ahead of everything. */
const allow = (statement: object, priority = 0): Loose => ({ name: "in", priority, action: { allow: {} }, statement });
const anything = { size_constraint_statement: { comparison_operator: "GE", size: 0 } };
const office = { ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.office.arn}" } };
const offices = (...addresses: readonly string[]): Loose => ({ aws_wafv2_ip_set: { office: { addresses } } });
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
      title: "rules that let in few addresses at once, and others behind all that stops attacks",
      resources: {
        ...offices("203.0.113.0/24"),
        ...acl(
          allow(office),
          allow({ and_statement: { statement: [anything, office] } }),
          common,
          inputs,
          rate(),
          allow(anything, 9),
        ),
      },
    },
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
      title: "groups and a limit for one path only, and a limit that nobody reaches",
      resources: acl(
        group("AWSManagedRulesCommonRuleSet", never),
        inputs,
        rate({ block: {} }, never),
        rate({ block: {} }, { limit: 2e9 }),
      ),
      finds: ["aws_wafv2_web_acl.web rule", "aws_wafv2_web_acl.web rule"],
    },
    ...[
      ["a rule that lets everything in first", acl(allow(anything), common, inputs, rate())],
      ["a rule that lets everything in between", acl(rate(), allow(anything, 1), common, inputs)],
      [
        "a rule for two halves of the internet",
        { ...offices("0.0.0.0/1", "128.0.0.0/1"), ...acl(allow(office), common, inputs, rate()) },
      ],
      [
        "a rule for few addresses, or anything",
        {
          ...offices("203.0.113.0/24"),
          ...acl(allow({ or_statement: { statement: [office, anything] } }), common, inputs, rate()),
        },
      ],
      [
        "a rule for addresses that a header names",
        {
          ...offices("203.0.113.0/24"),
          ...acl(
            allow({
              ip_set_reference_statement: { ...office.ip_set_reference_statement, ip_set_forwarded_ip_config: {} },
            }),
            common,
            inputs,
            rate(),
          ),
        },
      ],
      [
        "a group of one's own that lets everything in first",
        {
          ...acl(
            { priority: 0, statement: { rule_group_reference_statement: { arn: "${aws_wafv2_rule_group.own.arn}" } } },
            common,
            inputs,
            rate(),
          ),
          aws_wafv2_rule_group: { own: { rule: [allow(anything)] } },
        },
      ],
      [
        "a closed web ACL that lets everything in",
        { ...logged, aws_wafv2_web_acl: { web: { default_action: { block: {} }, rule: [allow(anything)] } } },
      ],
    ].map(([title, resources]) => ({ title, resources, finds: ["aws_wafv2_web_acl.web rule.action.allow"] }) as Loose),
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
      title: "a closed web ACL whose rules stand in a text of their own",
      resources: {
        ...logged,
        aws_wafv2_web_acl: { web: { default_action: { block: {} }, rule_json: "${var.rules}" } },
      },
      finds: ["aws_wafv2_web_acl.web rule.action.allow"],
    },
    {
      title: "a statement that a variable gives",
      resources: acl(common, { ...inputs, statement: "${var.statement}" }, rate()),
      finds: ["aws_wafv2_web_acl.web rule.action.allow", "aws_wafv2_web_acl.web rule"],
    },
    {
      title: "a limit that a variable sets",
      resources: acl(common, inputs, rate({ block: {} }, { limit: "${var.limit}" })),
      finds: ["aws_wafv2_web_acl.web rule"],
    },
    {
      title: "a group of somebody else's, and rules that nobody knows, before all that stops attacks",
      resources: acl(
        { priority: 0, statement: { rule_group_reference_statement: { arn: "${var.group}" } } },
        { priority: 0, name: "${var.name}", action: { allow: {} }, statement: "${var.statement}" },
        common,
        inputs,
        rate(),
      ),
      finds: ["aws_wafv2_web_acl.web rule.action.allow", "aws_wafv2_web_acl.web rule.action.allow"],
    },
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

/** Changes the limit of a rule, where it has one. */
const rated = (own: Loose, change: object): Loose =>
  own.statement.rate_based_statement === undefined
    ? own
    : { ...own, statement: { rate_based_statement: { ...own.statement.rate_based_statement, ...change } } };

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
  rules("ask the group of known bad inputs about one path only", (own) => (bad(own) ? group(own.name, never) : own)),
  rules("limit the rate of one path only", (own) => rated(own, never)),
  rules("limit the rate far above any flood", (own) => rated(own, { limit: 2_000_000_000 })),
  onResource("aws_wafv2_web_acl", "let everything in first", (each) => ({
    ...each,
    rule: [allow(anything, -1), ...each.rule],
  })),
  rules("only count floods", (own) =>
    own.statement.rate_based_statement === undefined ? own : { ...own, action: { count: {} } },
  ),
];
