import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const NAMED = 'pass tls $HOME_NET any -> any 443 (tls.sni; content:"api.example.org"; startswith; endswith; sid:1;)';

const STRICT = {
  stateless_default_actions: ["aws:forward_to_sfe"],
  stateless_fragment_default_actions: ["aws:forward_to_sfe"],
  stateful_default_actions: ["aws:drop_established", "aws:alert_established"],
  stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "REJECT" },
  stateful_rule_group_reference: { priority: 1, resource_arn: "${aws_networkfirewall_rule_group.names.arn}" },
};
const firewall = (rules: JsonObject, policy: JsonObject = {}) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_networkfirewall_firewall: {
    main: { vpc_id: "${aws_vpc.main.id}", firewall_policy_arn: "${aws_networkfirewall_firewall_policy.main.arn}" },
  },
  aws_networkfirewall_firewall_policy: { main: { firewall_policy: { ...STRICT, ...policy } } },
  aws_networkfirewall_rule_group: { names: rules },
});
const text = (...rules: readonly string[]) => ({
  rule_group: {
    rules_source: { rules_string: rules.join("\n") },
    stateful_rule_options: { rule_order: "STRICT_ORDER" },
  },
});
const POLICY = "aws_networkfirewall_firewall_policy.main";
const GROUP = "aws_networkfirewall_rule_group.names rule_group.rules_source";
const MANAGED =
  "arn:aws:network-firewall:eu-central-1:aws-managed:stateful-rulegroup/AbusedLegitMalwareDomainsStrictOrder";
const ACTION_ORDER = { stateful_engine_options: {}, stateful_default_actions: [] };

export const examples: Examples = {
  good: [
    { title: "names, and a default that drops", resources: firewall(text(NAMED)) },
    {
      title: "names by list and by blocks, in the group's old spelling of order, with a last drop",
      resources: firewall(
        {
          rule_group: {
            rules_source: {
              stateful_rule: [
                {
                  action: "PASS",
                  header: {
                    protocol: "TLS",
                    source: "ANY",
                    source_port: "ANY",
                    direction: "FORWARD",
                    destination: "ANY",
                    destination_port: "443",
                  },
                  rule_option: [
                    { keyword: "tls.sni" },
                    { keyword: "content", settings: ['"api.example.org"'] },
                    { keyword: "startswith" },
                    { keyword: "endswith" },
                  ],
                },
                {
                  action: "DROP",
                  header: {
                    protocol: "IP",
                    source: "ANY",
                    source_port: "ANY",
                    direction: "ANY",
                    destination: "ANY",
                    destination_port: "ANY",
                  },
                  rule_option: [{ keyword: "sid", settings: ["2"] }],
                },
              ],
            },
          },
        },
        ACTION_ORDER,
      ),
    },
    {
      title: "an open rule that nothing comes to any more",
      resources: firewall(text(NAMED, "drop ip any any -> any any (sid:2;)", "pass tcp any any -> any any (sid:3;)")),
    },
  ],
  bad: [
    {
      title: "a default that only tells",
      resources: firewall(text(NAMED), { stateful_default_actions: ["aws:alert_strict"] }),
      finds: [`${POLICY} stateful_default_actions`],
    },
    {
      title: "the order by actions, in which what no rule is for passes",
      resources: firewall(text(NAMED), ACTION_ORDER),
      finds: [`${POLICY} stateful_default_actions`],
    },
    {
      title: "packets that pass before any rule with a name",
      resources: firewall(text(NAMED), { stateless_default_actions: ["aws:pass"] }),
      finds: [`${POLICY} stateless_default_actions`],
    },
    {
      title: "a firewall that looks into TLS",
      resources: firewall(text(NAMED), { tls_inspection_configuration_arn: "arn:x" }),
      finds: [`${POLICY} tls_inspection_configuration_arn`],
    },
    {
      title: "stateless rules before all others",
      resources: firewall(text(NAMED), { stateless_rule_group_reference: { priority: 1, resource_arn: "arn:x" } }),
      finds: [`${POLICY} stateless_rule_group_reference`],
    },
    {
      title: "connections taken up in their middle",
      resources: firewall(text(NAMED), {
        stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "CONTINUE" },
      }),
      finds: [`${POLICY} stateful_engine_options.stream_exception_policy`],
    },
    {
      title: "passes without a name, in five spellings",
      resources: firewall(
        text(
          "pass tcp any any -> any 443 (sid:1;)",
          'pass tls any any -> any 443 (tls.sni; content:"example.org"; endswith; sid:2;)',
          'pass tls any any -> any 443 (tls.sni; content:!"evil.example.org"; startswith; endswith; sid:3;)',
          "pass ip any any <> any any (flow:established; sid:4;)",
          'pass tls any any -> any 443 (tls.sni; pcre:"/example/"; sid:5;)',
        ),
      ),
      finds: [1, 2, 3, 4, 5].map((number) => `${GROUP}.rules_string line ${number}`),
    },
  ],
  unknown: [
    {
      title: "rules from elsewhere",
      resources: firewall(text(NAMED), {
        stateful_rule_group_reference: { priority: 1, resource_arn: "${var.rules}" },
      }),
      finds: [`${POLICY} stateful_rule_group_reference`],
    },
    {
      title: "rules that AWS keeps, and changes by itself",
      resources: firewall(text(NAMED), {
        stateful_rule_group_reference: [STRICT.stateful_rule_group_reference, { priority: 2, resource_arn: MANAGED }],
      }),
      finds: [`${POLICY} stateful_rule_group_reference`],
    },
    {
      title: "rules that are no rules",
      resources: firewall(text(NAMED, "pass everything")),
      finds: [`${POLICY} stateful_rule_group_reference`],
    },
    {
      title: "a policy from elsewhere",
      resources: { aws_networkfirewall_firewall: { main: { firewall_policy_arn: "${var.policy}" } } },
      finds: [
        "aws_networkfirewall_firewall.main stateful_default_actions",
        "aws_networkfirewall_firewall.main stateful_rule_group_reference",
      ],
    },
  ],
};

const inPolicy = (title: string, change: JsonObject): Mutation =>
  onResource("aws_networkfirewall_firewall_policy", title, (policy) => ({
    ...policy,
    firewall_policy: { ...policy.firewall_policy, ...change },
  }));
const addRule = (title: string, rule: string): Mutation =>
  onResource("aws_networkfirewall_rule_group", title, (group) => {
    const source = group.rule_group.rules_source;
    const rules_string = `${rule}\n${source.rules_string}`;
    return { ...group, rule_group: { ...group.rule_group, rules_source: { ...source, rules_string } } };
  });

export const mutations: readonly Mutation[] = [
  inPolicy("drop no default", { stateful_default_actions: ["aws:alert_established"] }),
  onResource("aws_networkfirewall_firewall_policy", "add rules that AWS keeps", (policy) => {
    const given = policy.firewall_policy.stateful_rule_group_reference;
    const both = [given, { priority: 9, resource_arn: MANAGED }].flat();
    return { ...policy, firewall_policy: { ...policy.firewall_policy, stateful_rule_group_reference: both } };
  }),
  inPolicy("order by action", { stateful_engine_options: { rule_order: "DEFAULT_ACTION_ORDER" } }),
  inPolicy("pass packets before rules", { stateless_default_actions: ["aws:pass"] }),
  inPolicy("pass fragments before rules", { stateless_fragment_default_actions: ["aws:pass"] }),
  inPolicy("take connections up in their middle", {
    stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "CONTINUE" },
  }),
  addRule("pass a source without a name", "pass tcp 10.0.0.0/8 any -> any any (sid:9;)"),
  addRule("pass names that end alike", 'pass tls any any -> any 443 (tls.sni; content:"org"; endswith; sid:9;)'),
];
