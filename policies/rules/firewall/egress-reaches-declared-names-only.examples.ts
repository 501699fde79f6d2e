import type { Example, Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const NAMED = "10.0.1.0/24 any -> any 443 (tls.sni;";
const API = `pass tls ${NAMED} content:"api.example.org"; startswith; endswith; nocase; sid:1;)`;
const OPEN = "pass tcp 10.0.1.0/24 any -> any 443 (flow:not_established,to_server; sid:2;)";
const CLOSE = "drop tcp any any -> any any (flow:not_established,to_server; sid:3;)";

const firewall = (source: JsonObject) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_networkfirewall_firewall: {
    main: { vpc_id: "${aws_vpc.main.id}", firewall_policy_arn: "${aws_networkfirewall_firewall_policy.main.arn}" },
  },
  aws_networkfirewall_firewall_policy: {
    main: {
      firewall_policy: {
        stateful_default_actions: ["aws:drop_established"],
        stateful_engine_options: { rule_order: "STRICT_ORDER" },
        stateful_rule_group_reference: { priority: 1, resource_arn: "${aws_networkfirewall_rule_group.names.arn}" },
      },
    },
  },
  aws_networkfirewall_rule_group: { names: { rule_group: { rules_source: source } } },
});
const text = (...rules: readonly string[]) => firewall({ rules_string: `# names\n${rules.join("\n")}\n` });

const declaration: NonNullable<Example["declaration"]> = {
  services: [
    {
      ...{ name: "shop", components: [], stores: [], entrypoints: [], flows: [], secrets: [], backups: [] },
      egress: [
        { from: "shop/api", sources: ["10.0.1.0/25", "10.0.1.128/25"], domain: "api.example.org", port: 443, why: "" },
      ],
    },
  ],
};
const GROUP = "aws_networkfirewall_rule_group.names";
const line = (number: number) => `${GROUP} rule_group.rules_source.rules_string line ${number}`;

export const examples: Examples = {
  good: [
    { title: "a rule for the declared name", resources: text(API, OPEN, CLOSE), declaration },
    { title: "nothing declared, and no firewall", resources: { aws_vpc: { main: {} } }, declaration: {} },
  ],
  bad: [
    {
      title: "a name that nobody declared",
      resources: text(API, `pass tls ${NAMED} content:"files.example.net"; startswith; endswith; sid:4;)`),
      declaration,
      finds: [line(3)],
    },
    {
      title: "names below the declared one",
      resources: text(API, `pass tls ${NAMED} dotprefix; content:".api.example.org"; endswith; sid:4;)`),
      declaration,
      finds: [line(3)],
    },
    {
      title: "a declared name without a rule",
      resources: text(OPEN, CLOSE),
      declaration,
      finds: [`${GROUP} rules_string`, line(2)],
    },
    {
      title: "no firewall at all",
      resources: { aws_vpc: { main: {} } },
      declaration,
      finds: ["aws_vpc.main rules_string"],
    },
    {
      title: "a name for half of those who declared it",
      resources: text(API.replace("10.0.1.0/24", "10.0.1.0/25")),
      declaration,
      finds: [`${GROUP} rules_string`],
    },
    {
      title: "a source that did not declare it",
      resources: text(API.replace("10.0.1.0/24", "$HOME_NET")),
      declaration,
      finds: [line(2)],
    },
    {
      title: "a list where one is negated: everybody but a few",
      resources: text(API.replace("10.0.1.0/24", "[10.0.0.0/16, !10.0.2.0/24]")),
      declaration,
      finds: [line(2)],
    },
    {
      title: "other ports of the declared name",
      resources: text(API.replace(" 443 ", " [443,8443] ")),
      declaration,
      finds: [line(2)],
    },
    {
      title: "a list of names, which holds for the whole VPC and on every port",
      resources: firewall({
        rules_source_list: {
          generated_rules_type: "ALLOWLIST",
          target_types: ["TLS_SNI"],
          targets: ["api.example.org"],
        },
      }),
      declaration,
      finds: [`${GROUP} rule_group.rules_source.rules_source_list.targets[0]`],
    },
    {
      title: "a rule that comes too late",
      resources: text("drop tcp any any -> any any (flow:established; sid:5;)", API),
      declaration,
      finds: [`${GROUP} rules_string`],
    },
    {
      title: "no handshake, so no name is ever seen",
      resources: text(CLOSE, API, OPEN),
      declaration,
      finds: [`${GROUP} rules_string`],
    },
    {
      title: "handshakes to anywhere for whom no name is declared",
      resources: text(API, OPEN.replace("10.0.1.0/24", "10.0.0.0/16"), CLOSE),
      declaration,
      finds: [line(3)],
    },
  ],
  unknown: [
    {
      title: "rules that use a list of elsewhere",
      resources: text(
        API,
        `pass tls $PARTNERS any -> any 443 (tls.sni; content:"api.example.org"; startswith; endswith; sid:4;)`,
      ),
      declaration,
      finds: [line(3)],
    },
  ],
};

/** Changes the text of the rules. */
const inRules = (title: string, change: (rules: string) => string): Mutation =>
  onResource("aws_networkfirewall_rule_group", title, (group) => {
    const source = group.rule_group.rules_source;
    return {
      ...group,
      rule_group: { ...group.rule_group, rules_source: { ...source, rules_string: change(source.rules_string) } },
    };
  });

export const mutations: readonly Mutation[] = [
  inRules("drop a name", (rules) => rules.split("\n").slice(1).join("\n")),
  inRules("let a name through that nobody declared", (rules) => rules.replace('content:"', 'content:"x.')),
  inRules("let more sources through", (rules) => rules.replace("/32", "/28")),
  inRules("let one more port through", (rules) => rules.replace(" 443 (", " [443,8443] (")),
  inRules("let every name below through", (rules) =>
    rules.replace('content:"', 'dotprefix; content:".').replace("startswith; ", ""),
  ),
  inRules("drop handshakes before all else", (rules) => {
    const drop = rules.split("\n").find((each) => each.startsWith("drop tcp")) ?? "";
    return `${drop}\n${rules}`;
  }),
  inRules("let everybody begin connections", (rules) => rules.replace(/pass tcp \[[^\]]*\]/, "pass tcp $HOME_NET")),
];
