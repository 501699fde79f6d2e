import { inFile, type Loose, type Mutation, onFile, onObject, onResource } from "../engine/mutation.ts";

const NFTABLES = /nftables\.conf$/;
const isPostgres = ({ from_port: port }: Loose): boolean => port === 5432;
const inGroup = (title: string, rule: Loose): Mutation =>
  onResource("aws_security_group", title, (group) => ({
    ...group,
    ingress: [{ from_port: 22, to_port: 22, ...rule }],
  }));
const ingress = (title: string, change: (rule: Loose) => Loose): Mutation =>
  onResource("aws_vpc_security_group_ingress_rule", title, (rule) => (isPostgres(rule) ? change(rule) : rule));
const egress = (title: string, change: (rule: Loose) => Loose): Mutation =>
  onResource("aws_vpc_security_group_egress_rule", title, (rule) => (isPostgres(rule) ? change(rule) : rule));
const domains = (title: string, change: (rules: string) => string): Mutation =>
  onResource("aws_networkfirewall_rule_group", title, (group) => {
    group.rule_group.rules_source.rules_string = change(group.rule_group.rules_source.rules_string);
    return group;
  });
const policy = (title: string, change: (spec: Loose) => Loose): Mutation =>
  onObject("NetworkPolicy", title, (object) =>
    object.metadata.name === "api" ? { ...object, spec: { ...object.spec, ...change(object.spec) } } : object,
  );
const acl = (title: string, direction: "ingress" | "egress", entry: Loose): Mutation =>
  onResource("aws_network_acl", title, (each) => ({
    ...each,
    [direction]: [{ ...each[direction][0], ...entry }, ...each[direction]],
  }));
const anything = { rule_no: 1, cidr_block: "0.0.0.0/0" };

/** Ways to break the real estate, by the rule that owns each: others may find it too. */
export const mutations: readonly (readonly [rule: string, mutation: Mutation])[] = [
  ["REACH-001", onResource("aws_route", "lead the internet past the firewall", pastFirewall)],
  ["REACH-001", domains("pass any name", (rules) => `pass tls any any -> any 443 (sid:1;)\n${rules}`)],
  [
    "REACH-001",
    domains("pass another name", (rules) => rules.replace('"api.telegram.org"; starts', '"evil.example"; starts')),
  ],
  [
    "REACH-001",
    onResource("aws_networkfirewall_firewall_policy", "drop no rest", (each) => ({
      ...each,
      firewall_policy: { ...each.firewall_policy, stateful_default_actions: [] },
    })),
  ],
  [
    "REACH-001",
    onResource("aws_instance", "a host at another address", (each) => ({ ...each, private_ip: "10.30.66.99" })),
  ],
  ["REACH-001", policy("let a pod out to all", () => ({ egress: [{}] }))],
  ["REACH-002", egress("drop a way out", () => undefined)],
  ["REACH-002", ingress("drop a way in", () => undefined)],
  ["REACH-002", inFile(NFTABLES, "a host lets no answers pass", /ct state established accept/g, "")],
  [
    "REACH-002",
    inFile(NFTABLES, "a host opens no database", /ip daddr @ticketing_database tcp dport 5432 accept.*/, ""),
  ],
  [
    "REACH-002",
    onObject("NetworkPolicy", "drop a policy", (each) => (each.metadata.name === "api" ? undefined : each)),
  ],
  [
    "REACH-002",
    onResource("aws_network_acl", "let replies to half of the ports pass", (each) => ({
      ...each,
      egress: each.egress.map((entry: Loose) => (entry.from_port === 1024 ? { ...entry, from_port: 32_768 } : entry)),
    })),
  ],
  ["REACH-002", onResource("aws_route", "drop a way to the internet", () => undefined)],
  [
    "REACH-002",
    onResource("aws_route", "drop the way back through the firewall", (each) =>
      each.destination_cidr_block === "0.0.0.0/0" ? each : undefined,
    ),
  ],
  [
    "REACH-002",
    domains("pass a declared name no longer", (rules) => rules.replace(/pass tls[^\n]*api\.telegram[^\n]*\n/, "")),
  ],
  ["REACH-002", onResource("aws_lb_target_group_attachment", "drop a target", () => undefined)],
  ["REACH-002", onResource("aws_lb_listener", "drop a listener", () => undefined)],
  ["REACH-002", onObject("TargetGroupBinding", "drop a binding", () => undefined)],
  ["REACH-002", onResource("aws_instance", "drop a host", () => undefined)],
  [
    "REACH-003",
    ingress("from anybody", (rule) => ({ ...rule, referenced_security_group_id: null, cidr_ipv4: "0.0.0.0/0" })),
  ],
  ["REACH-003", ingress("more ports", (rule) => ({ ...rule, from_port: 22 }))],
  [
    "REACH-003",
    ingress("a list that nobody knows", (rule) => ({
      ...rule,
      referenced_security_group_id: null,
      prefix_list_id: "${var.list}",
    })),
  ],
  ["REACH-003", egress("every protocol", (rule) => ({ ...rule, ip_protocol: "-1" }))],
  ["REACH-003", inGroup("two halves", { protocol: "6", cidr_blocks: ["0.0.0.0/1", "128.0.0.0/1"] })],
  ["REACH-003", inGroup("IPv6 in another spelling", { protocol: "tcp", ipv6_cidr_blocks: ["0::0/0"] })],
  ["REACH-003", inGroup("itself", { protocol: "tcp", self: true })],
  ["REACH-003", inGroup("a neighbour's address", { protocol: "tcp", cidr_blocks: ["10.30.66.4/32"] })],
  ["REACH-004", policy("take in any pod", () => ({ ingress: [{ from: [{ podSelector: {} }] }] }))],
  [
    "REACH-004",
    policy("take in any namespace", () => ({
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 8443 }] }],
    })),
  ],
  [
    "REACH-004",
    policy("more ports", ({ ingress: rules }) => ({
      ingress: rules.map((rule: Loose) => ({ ...rule, ports: [{ port: 1, endPort: 9000 }] })),
    })),
  ],
  [
    "REACH-004",
    policy("an exception less", ({ egress: rules }) => ({
      egress: rules.map((rule: Loose) => ({
        ...rule,
        to: rule.to?.map((peer: Loose) => ({
          ...peer,
          ...(peer.ipBlock ? { ipBlock: { cidr: peer.ipBlock.cidr } } : {}),
        })),
      })),
    })),
  ],
  [
    "REACH-005",
    inFile(NFTABLES, "from anybody", "ip saddr @ticketing_web tcp dport 443 accept", "tcp dport 443 accept"),
  ],
  [
    "REACH-005",
    inFile(NFTABLES, "from anybody who comes by IPv6", "ct state invalid counter drop", "meta nfproto ipv6 accept"),
  ],
  ["REACH-005", inFile(NFTABLES, "accept everything", "ct state invalid counter drop", "accept")],
  [
    "REACH-005",
    inFile(NFTABLES, "accept by default", /policy drop;([\s\S]*?)counter drop comment "the rest"/, "policy accept;$1"),
  ],
  ["REACH-005", inFile(NFTABLES, "something unknown", "ct state invalid counter drop", 'ct helper "ftp" accept')],
  [
    "REACH-005",
    inFile(
      NFTABLES,
      "accept what nobody tracks",
      /ct state invalid counter drop/,
      "ct state { invalid, untracked } accept",
    ),
  ],
  [
    "REACH-005",
    inFile(NFTABLES, "accept all that is related", "ct state related meta l4proto icmp", "ct state related"),
  ],
  ["REACH-005", inFile(NFTABLES, "hand on packets", 'counter drop comment "no host is a router"', "accept")],
  ["REACH-005", onFile(NFTABLES, "no firewall", () => undefined)],
  ["REACH-006", acl("let 22 in", "ingress", { ...anything, from_port: 22, to_port: 22 })],
  ["REACH-006", acl("let everything out", "egress", { ...anything, protocol: "-1", from_port: 0, to_port: 0 })],
  ["REACH-006", acl("let names out", "egress", { ...anything, protocol: "udp", from_port: 53, to_port: 53 })],
  [
    "REACH-007",
    onResource("aws_route_table", "a way to the internet", (table) => ({
      ...table,
      route: [{ cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.network_internet.id}" }],
    })),
  ],
  [
    "REACH-007",
    onResource("aws_route_table", "a way to a neighbour", (table) => ({
      ...table,
      route: [{ cidr_block: "10.99.0.0/16", vpc_peering_connection_id: "pcx-1" }],
    })),
  ],
  ["REACH-007", onResource("aws_route", "a way past the firewall", pastFirewall)],
  ["REACH-010", inFile(/nginx\.conf$/, "NGINX without TLS", /listen ([^;]*:443) ssl/g, "listen $1")],
  ["REACH-010", inFile(/redis.*\.conf$/, "Redis in clear", /^port 0$/m, "port 6379")],
  ["REACH-010", inFile(/\/mongod[^/]*\.conf$/, "MongoDB that takes both", "requireTLS", "preferTLS")],
  ["REACH-010", inFile(/\/etcd$/, "etcd in clear", /(LISTEN_PEER_URLS="?)https/, "$1http")],
  [
    "REACH-010",
    onResource("aws_lb_listener", "a listener in clear", (each) =>
      each.protocol === "HTTPS" ? { ...each, protocol: "HTTP" } : each,
    ),
  ],
  ["REACH-010", onResource("aws_lb_target_group", "targets in clear", (each) => ({ ...each, protocol: "HTTP" }))],
  ["REACH-010", onResource("aws_efs_file_system_policy", "files in clear", () => undefined)],
  [
    "REACH-010",
    onResource("aws_rds_cluster_parameter_group", "a database in clear", (each) => ({
      ...each,
      parameter: [{ name: "rds.force_ssl", value: "0" }],
    })),
  ],
  [
    "REACH-010",
    onObject("ConfigMap", "a pod in clear", (each) => JSON.parse(JSON.stringify(each).replaceAll("8443 ssl", "8443"))),
  ],
  ["REACH-010", domains("let more than TLS pass", (rules) => rules.replaceAll("pass tls", "pass http"))],
];

function pastFirewall(route: Loose): Loose {
  return route.vpc_endpoint_id === undefined
    ? route
    : { ...route, vpc_endpoint_id: null, nat_gateway_id: "${aws_nat_gateway.nat_a.id}" };
}
