import type { Example, Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const LIST = "aws_route53_resolver_firewall_domain_list";
const RULE = "aws_route53_resolver_firewall_rule";
const vpc = "${aws_vpc.main.id}";
const inGroup = { firewall_rule_group_id: "${aws_route53_resolver_firewall_rule_group.main.id}" };
const names = (domains: readonly string[], change: { readonly block?: JsonObject; readonly more?: object } = {}) => ({
  aws_vpc: { main: {} },
  aws_route53_resolver_firewall_rule_group: { main: {} },
  aws_route53_resolver_firewall_rule_group_association: {
    main: { ...inGroup, vpc_id: "${aws_vpc.main.id}", priority: 101 },
  },
  [LIST]: { declared: { domains }, all: { domains: ["*"] } },
  [RULE]: {
    allow: { ...inGroup, action: "ALLOW", priority: 1, firewall_domain_list_id: `\${${LIST}.declared.id}` },
    block: { ...inGroup, action: "BLOCK", priority: 2, firewall_domain_list_id: `\${${LIST}.all.id}`, ...change.block },
  },
  ...change.more,
});

const declaration: NonNullable<Example["declaration"]> = {
  services: [
    {
      ...{ name: "shop", components: [], stores: [], entrypoints: [], flows: [], secrets: [], backups: [] },
      egress: [{ from: "shop/api", sources: ["10.0.1.0/24"], domain: "api.partner.example", port: 443, why: "" }],
    },
  ],
};
const DECLARED = ["api.partner.example", "*.internal.example.org", "kms.eu-central-1.amazonaws.com"];

export const examples: Examples = {
  good: [
    { title: "declared names, and no others", resources: names(DECLARED), declaration },
    {
      title: "a zone of the outputs, and a rule that leaves names to AWS",
      resources: names(DECLARED, {
        more: {
          aws_route53_zone: { own: { name: "internal.example.org" } },
          aws_route53_zone_association: { own: { vpc_id: vpc, zone_id: "${aws_route53_zone.own.zone_id}" } },
          aws_route53_resolver_rule: { own: { domain_name: "example.org", rule_type: "SYSTEM" } },
          aws_route53_resolver_rule_association: {
            own: { vpc_id: vpc, resolver_rule_id: "${aws_route53_resolver_rule.own.id}" },
          },
        },
      }),
      declaration,
    },
  ],
  bad: [
    {
      title: "a VPC without rules for names",
      resources: { aws_vpc: { main: {} } },
      declaration: {},
      finds: ["aws_vpc.main firewall_rule_group"],
    },
    {
      title: "a name that nobody declared",
      resources: names([...DECLARED, "drop.example.net"]),
      declaration,
      finds: [`${LIST}.declared domains`],
    },
    {
      title: "names below a declared one, in which somebody else gives out names",
      resources: names([...DECLARED, "*.partner.example"]),
      declaration,
      finds: [`${LIST}.declared domains`],
    },
    {
      title: "every name of AWS, customers' buckets of all regions among them",
      resources: names([...DECLARED, "*.amazonaws.com"]),
      declaration,
      finds: [`${LIST}.declared domains`],
    },
    {
      title: "a declared name without an answer",
      resources: names(DECLARED.slice(1)),
      declaration,
      finds: [`${LIST}.declared domains`],
    },
    {
      title: "a last rule that only tells",
      resources: names(DECLARED, { block: { action: "ALERT" } }),
      declaration,
      finds: [`${RULE}.block firewall_rule_group`, `${LIST}.all domains`],
    },
    {
      title: "a last rule that blocks addresses, and lets texts pass",
      resources: names(DECLARED, { block: { q_type: "A" } }),
      declaration,
      finds: [`${RULE}.block firewall_rule_group`],
    },
    {
      title: "a zone, a profile and a resolver of elsewhere",
      resources: names(DECLARED, {
        more: {
          aws_route53_zone_association: { a: { vpc_id: vpc, zone_id: "Z0123456789" } },
          aws_route53profiles_association: { a: { resource_id: vpc, profile_id: "rp-0123" } },
          aws_route53_resolver_rule: {
            all: { domain_name: ".", rule_type: "FORWARD", target_ip: { ip: "192.0.2.1" } },
          },
          aws_route53_resolver_rule_association: {
            a: { vpc_id: vpc, resolver_rule_id: "${aws_route53_resolver_rule.all.id}" },
          },
        },
      }),
      declaration,
      finds: [
        "aws_route53_resolver_rule_association.a resolver_rule_id",
        "aws_route53_zone_association.a zone_id",
        "aws_route53profiles_association.a profile_id",
      ],
    },
    {
      title: "a block that stands before what it should leave",
      resources: names(DECLARED, { block: { priority: 0 } }),
      declaration,
      finds: ["aws_vpc.main domains"],
    },
    {
      title: "answers to everything while the firewall is out of order",
      resources: names(DECLARED, {
        more: {
          aws_route53_resolver_firewall_config: {
            main: { resource_id: "${aws_vpc.main.id}", firewall_fail_open: "ENABLED" },
          },
        },
      }),
      declaration,
      finds: ["aws_vpc.main firewall_fail_open"],
    },
    {
      title: "a resolver of somebody else",
      resources: names(DECLARED, {
        more: {
          aws_vpc_dhcp_options: { main: { domain_name_servers: ["8.8.8.8"] } },
          aws_vpc_dhcp_options_association: {
            main: { vpc_id: "${aws_vpc.main.id}", dhcp_options_id: "${aws_vpc_dhcp_options.main.id}" },
          },
        },
      }),
      declaration,
      finds: ["aws_vpc.main domain_name_servers"],
    },
  ],
  unknown: [
    {
      title: "a variable names a zone that answers",
      resources: names(DECLARED, {
        more: { aws_route53_zone_association: { a: { vpc_id: vpc, zone_id: "${var.zone}" } } },
      }),
      declaration,
      finds: ["aws_route53_zone_association.a zone_id"],
    },
    {
      title: "a variable has more names",
      resources: names([...DECLARED, "${var.name}"]),
      declaration,
      finds: [`${LIST}.declared domains`],
    },
  ],
};

const domains = (title: string, change: (all: readonly string[]) => readonly string[]): Mutation =>
  onResource(
    LIST,
    title,
    (list) => ({ ...list, domains: change(list.domains) }),
    ({ name }) => name.includes("declared"),
  );

export const mutations: readonly Mutation[] = [
  domains("answer a name that nobody declared", (all) => [...all, "tunnel.example.net"]),
  domains("answer every name of AWS", (all) => [...all, "*.amazonaws.com"]),
  domains("forget a declared name", (all) => all.filter((each) => !each.startsWith("api."))),
  onResource(
    RULE,
    "drop the last block",
    () => undefined,
    ({ attributes }) => attributes["action"] === "BLOCK",
  ),
  onResource(RULE, "only tell", (rule) => (rule.action === "BLOCK" ? { ...rule, action: "ALERT" } : rule)),
  onResource(RULE, "block questions for addresses alone", (rule) =>
    rule.action === "BLOCK" ? { ...rule, q_type: "A" } : rule,
  ),
  addResource("let a zone of elsewhere answer", "aws_route53_zone_association", {
    vpc_id: "${aws_vpc.network_vpc.id}",
    zone_id: "Z0123456789",
  }),
  onResource("aws_route53_resolver_firewall_config", "fail open", (config) => ({
    ...config,
    firewall_fail_open: "ENABLED",
  })),
  onResource("aws_route53_resolver_firewall_rule_group_association", "associate with nothing", () => undefined),
  onResource("aws_vpc_dhcp_options", "ask another resolver", (options) => ({
    ...options,
    domain_name_servers: ["1.1.1.1"],
  })),
];
