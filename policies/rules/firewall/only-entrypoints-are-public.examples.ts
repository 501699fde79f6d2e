import type { Example, Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

type Declared = NonNullable<Example["declaration"]>;

const entry = { name: "web", kind: "web", host: "shop.example.org", to: "shop/api", port: 443 } as const;
const flow = { id: "web", to: "shop/web", protocol: "tcp", transport: "tls", why: "", origin: "service" } as const;
const declared = (audience: "internet" | "clients" | "cloudfront"): Declared => ({
  ranges: { clients: ["198.51.100.0/24"], admins: [] },
  services: [
    {
      ...{ name: "shop", components: [], stores: [], egress: [], secrets: [], backups: [] },
      entrypoints: [
        {
          ...entry,
          audience: audience === "clients" ? "clients" : "internet",
          ...{ health: "/health", minimumTls: "1.2", loadBalancer: "shop-web" },
        },
      ],
      flows: [{ ...flow, from: `outside/${audience}`, ports: [443] }],
    },
  ],
});

const rule = (change: JsonObject) => ({
  aws_security_group: { web: { description: "the shop" } },
  aws_vpc_security_group_ingress_rule: {
    web: {
      ...{ security_group_id: "${aws_security_group.web.id}", ip_protocol: "tcp", from_port: 443, to_port: 443 },
      ...change,
    },
  },
});
const balancer = { aws_lb: { web: { name: "shop-web", security_groups: ["${aws_security_group.web.id}"] } } };
const host = { aws_instance: { web: { vpc_security_group_ids: ["${aws_security_group.web.id}"] } } };
const found = (attribute: string) => [`aws_vpc_security_group_ingress_rule.web ${attribute}`];

export const examples: Examples = {
  good: [
    {
      title: "an entrypoint for the internet",
      resources: { ...rule({ cidr_ipv4: "0.0.0.0/0" }), ...balancer },
      declaration: declared("internet"),
    },
    {
      title: "an entrypoint for clients, of whom some are let in",
      resources: { ...rule({ cidr_ipv4: "198.51.100.0/25" }), ...balancer },
      declaration: declared("clients"),
    },
    {
      title: "an entrypoint behind CloudFront",
      resources: { ...rule({ prefix_list_id: "pl-a3a144ca" }), ...balancer },
      declaration: declared("cloudfront"),
    },
  ],
  bad: [
    {
      title: "a port that no entrypoint declares",
      resources: { ...rule({ cidr_ipv4: "0.0.0.0/0", to_port: 444 }), ...balancer },
      declaration: declared("internet"),
      finds: found("cidr_ipv4"),
    },
    {
      title: "more than the ranges of clients",
      resources: { ...rule({ cidr_ipv4: "198.51.100.0/23" }), ...balancer },
      declaration: declared("clients"),
      finds: found("cidr_ipv4"),
    },
    {
      title: "a way around CloudFront",
      resources: { ...rule({ cidr_ipv4: "0.0.0.0/0" }), ...balancer },
      declaration: declared("cloudfront"),
      finds: found("cidr_ipv4"),
    },
    {
      title: "the group of an entrypoint on a host too",
      resources: { ...rule({ cidr_ipv4: "0.0.0.0/0" }), ...balancer, ...host },
      declaration: declared("internet"),
      finds: found("cidr_ipv4"),
    },
    {
      title: "an unused group that waits for a host",
      resources: rule({ cidr_ipv4: "0.0.0.0/0" }),
      declaration: declared("internet"),
      finds: found("cidr_ipv4"),
    },
    {
      title: "an accelerator, which leads past every entrypoint",
      resources: {
        aws_globalaccelerator_listener: { web: { protocol: "TCP", port_range: [{ from_port: 443, to_port: 443 }] } },
      },
      declaration: declared("internet"),
      finds: ["aws_globalaccelerator_listener.web port_range[0]"],
    },
    {
      title: "an answer to pings",
      resources: { ...rule({ cidr_ipv4: "0.0.0.0/0", ip_protocol: "icmp", from_port: 8, to_port: 0 }), ...balancer },
      declaration: declared("internet"),
      finds: found("cidr_ipv4"),
    },
  ],
  unknown: [
    {
      title: "a variable decides for whom",
      resources: { ...rule({ cidr_ipv4: "${var.clients}" }), ...balancer },
      declaration: declared("clients"),
      finds: found("cidr_ipv4"),
    },
  ],
};

const RULE = "aws_vpc_security_group_ingress_rule";

export const mutations: readonly Mutation[] = [
  onResource(RULE, "let everybody in to the port for clients", (rule) =>
    rule.cidr_ipv4 === "198.51.100.0/24" ? { ...rule, cidr_ipv4: "0.0.0.0/0" } : rule,
  ),
  onResource(RULE, "let one network more in to the port for clients", (rule) =>
    rule.cidr_ipv4 === "198.51.100.0/24" ? { ...rule, cidr_ipv4: "198.51.100.0/23" } : rule,
  ),
  onResource(
    RULE,
    "let everybody around CloudFront",
    ({ prefix_list_id: list, ...rule }) => (list === undefined ? { ...rule } : { ...rule, cidr_ipv4: "0.0.0.0/0" }),
    ({ attributes }) => attributes["prefix_list_id"] !== undefined,
  ),
  onResource(RULE, "open a port beside that of the entrypoint", (rule) =>
    rule.cidr_ipv4 === "0.0.0.0/0" && rule.from_port === 443 ? { ...rule, to_port: 444 } : rule,
  ),
  onResource(
    RULE,
    "open a port of an application over IPv6",
    ({ referenced_security_group_id: _, ...rule }) => ({ ...rule, cidr_ipv6: "::/0" }),
    ({ attributes }) => attributes["from_port"] === 8443,
  ),
];
