import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const PASS = 'pass tls [10.0.1.0/24] any -> any 443 (tls.sni; content:"api.example.org"; startswith; endswith; sid:1;)';

/** A host whose way out leads through a firewall with these rules and this default. */
const behindFirewall = (rules: string, defaults = "aws:drop_established", target: JsonObject = {}) => ({
  aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: { app: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24" } },
  aws_route_table: { app: { vpc_id: "${aws_vpc.main.id}" } },
  aws_route_table_association: {
    app: { subnet_id: "${aws_subnet.app.id}", route_table_id: "${aws_route_table.app.id}" },
  },
  aws_route: {
    out: {
      route_table_id: "${aws_route_table.app.id}",
      destination_cidr_block: "0.0.0.0/0",
      vpc_endpoint_id:
        "${tolist(aws_networkfirewall_firewall.main.firewall_status[0].sync_states)[0].attachment[0].endpoint_id}",
      ...target,
    },
  },
  aws_networkfirewall_firewall: {
    main: {
      vpc_id: "${aws_vpc.main.id}",
      firewall_policy_arn: "${aws_networkfirewall_firewall_policy.main.arn}",
    },
  },
  aws_networkfirewall_firewall_policy: {
    main: {
      firewall_policy: {
        stateless_default_actions: ["aws:forward_to_sfe"],
        stateless_fragment_default_actions: ["aws:forward_to_sfe"],
        stateful_default_actions: [defaults],
        stateful_engine_options: { rule_order: "STRICT_ORDER" },
        stateful_rule_group_reference: { priority: 1, resource_arn: "${aws_networkfirewall_rule_group.names.arn}" },
      },
    },
  },
  aws_networkfirewall_rule_group: { names: { rule_group: { rules_source: { rules_string: rules } } } },
  aws_instance: {
    host: { subnet_id: "${aws_subnet.app.id}", vpc_security_group_ids: ["${aws_security_group.app.id}"] },
  },
});
const egress = (...rules: readonly JsonObject[]) => ({ aws_security_group: { app: { egress: rules } } });
const https = { protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["0.0.0.0/0"] };
const all = { protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"], ipv6_cidr_blocks: ["::/0"] };
const GROUP = "aws_security_group.app egress[0]";

export const examples: Examples = {
  good: [
    {
      title: "peers by group, by private range and by a service's own list",
      resources: {
        ...egress(
          { ...https, cidr_blocks: [], security_groups: ["sg-0a1b2c3d4e5f60718"] },
          { ...all, cidr_blocks: ["10.0.0.0/8"], ipv6_cidr_blocks: ["fd00::/8"] },
          { ...https, cidr_blocks: [], prefix_list_ids: ["${aws_vpc_endpoint.s3.prefix_list_id}"] },
        ),
        aws_vpc_endpoint: { s3: { service_name: "com.amazonaws.eu-central-1.s3" } },
      },
    },
    {
      title: "a service's own list that is looked up by name",
      configuration: { data: { aws_prefix_list: { s3: { name: "com.amazonaws.eu-central-1.s3" } } } },
      resources: egress({ ...https, cidr_blocks: [], prefix_list_ids: ["${data.aws_prefix_list.s3.id}"] }),
    },
    {
      title: "HTTPS to anywhere, behind a firewall that pairs the host with a name",
      resources: { ...egress(https), ...behindFirewall(PASS) },
    },
    { title: "the addresses of one provider", resources: egress({ ...https, cidr_blocks: ["140.82.112.0/20"] }) },
  ],
  bad: [
    { title: "everything to everywhere", resources: egress(all), finds: [GROUP, GROUP] },
    { title: "HTTPS to anywhere", resources: egress(https), finds: [GROUP] },
    {
      title: "HTTPS to anywhere in two halves, over two groups",
      resources: {
        aws_security_group: {
          low: { egress: [{ ...https, cidr_blocks: ["1.0.0.0/17"] }] },
          high: { egress: [{ ...https, cidr_blocks: ["1.0.128.0/17", "1.1.0.0/17"] }] },
        },
        aws_instance: {
          host: { vpc_security_group_ids: ["${aws_security_group.low.id}", "${aws_security_group.high.id}"] },
        },
      },
      finds: ["aws_security_group.low egress[0]", "aws_security_group.high egress[0]"],
    },
    {
      title: "a firewall that passes what it has no rule for",
      resources: { ...egress(https), ...behindFirewall(PASS, "aws:alert_established") },
      finds: [GROUP],
    },
    {
      title: "a firewall with rules that nobody can read",
      resources: { ...egress(https), ...behindFirewall(`${PASS}\npass what you like`) },
      finds: [GROUP],
    },
    {
      title: "a firewall that names another source",
      resources: { ...egress(https), ...behindFirewall(PASS.replace("10.0.1.0/24", "10.0.2.0/24")) },
      finds: [GROUP],
    },
    {
      title: "a firewall that lets this source anywhere too",
      resources: { ...egress(https), ...behindFirewall(`${PASS}\npass tcp 10.0.0.0/16 any -> any any (sid:2;)`) },
      finds: [GROUP],
    },
    {
      title: "a route around the firewall",
      resources: {
        ...egress(https),
        ...behindFirewall(PASS, "aws:drop_strict", { vpc_endpoint_id: null, nat_gateway_id: "nat-0a1b2c3d4e5f60718" }),
      },
      finds: [GROUP],
    },
    {
      title: "UDP beside HTTPS behind a firewall",
      resources: { ...egress(https, { ...https, protocol: "17" }), ...behindFirewall(PASS) },
      finds: ["aws_security_group.app egress[1]"],
    },
    {
      title: "a default group as AWS makes it",
      resources: { aws_default_security_group: { app: { egress: [all] } } },
      finds: ["aws_default_security_group.app egress[0]", "aws_default_security_group.app egress[0]"],
    },
    {
      title: "the addresses of one provider, where a declaration names domains",
      resources: egress({ ...https, cidr_blocks: ["140.82.112.0/20"] }),
      declaration: {},
      finds: [GROUP],
    },
  ],
  unknown: [
    { title: "a variable decides whereto", resources: egress({ ...https, cidr_blocks: "${var.all}" }), finds: [GROUP] },
  ],
};

const RULE = "aws_vpc_security_group_egress_rule";
const toGroup = ({ attributes }: { readonly attributes: object }) => "referenced_security_group_id" in attributes;

export const mutations: readonly Mutation[] = [
  onResource(
    RULE,
    "send to anywhere instead of to a group",
    ({ referenced_security_group_id: _, ...rule }) => ({ ...rule, cidr_ipv4: "0.0.0.0/0" }),
    toGroup,
  ),
  onResource(
    RULE,
    "send to anywhere over IPv6",
    ({ referenced_security_group_id: _, ...rule }) => ({ ...rule, cidr_ipv6: "0::0/0" }),
    toGroup,
  ),
  onResource(RULE, "send everything where only HTTPS passes the firewall", (rule) =>
    rule.cidr_ipv4 === "0.0.0.0/0" ? { ...rule, ip_protocol: "-1", from_port: null, to_port: null } : rule,
  ),
  onResource(
    "aws_route",
    "lead a way out around the firewall",
    ({ vpc_endpoint_id: endpoint, ...route }) =>
      endpoint === undefined ? { ...route } : { ...route, nat_gateway_id: "${aws_nat_gateway.nat_a.id}" },
    ({ attributes }) => attributes["vpc_endpoint_id"] !== undefined,
  ),
  onResource("aws_networkfirewall_firewall_policy", "pass what no rule is for", (policy) => ({
    ...policy,
    firewall_policy: { ...policy.firewall_policy, stateful_default_actions: ["aws:alert_strict"] },
  })),
  addResource(
    "add two halves of the internet",
    "aws_security_group_rule",
    {
      ...{ type: "egress", security_group_id: "${aws_security_group.api_group.id}", description: "out" },
      ...{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["0.0.0.0/1", "128.0.0.0/1"] },
    },
    "ticketing",
  ),
];
