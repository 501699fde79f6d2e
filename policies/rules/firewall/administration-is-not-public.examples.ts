import type { Example, Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { openings } from "./examples/openings.ts";

/** A group with rules of its own resource type: each by its name. */
const group = (rules: Readonly<Record<string, JsonObject>>, more: JsonObject = {}) => ({
  aws_security_group: { db: { description: "database", ...more } },
  aws_vpc_security_group_ingress_rule: Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, { security_group_id: "${aws_security_group.db.id}", ...rule }]),
  ),
});
const inline = (...ingress: readonly JsonObject[]) => ({ aws_security_group: { db: { ingress } } });
const tcp = (port: number, rest: JsonObject) => ({ ip_protocol: "tcp", from_port: port, to_port: port, ...rest });
const old = (port: number, rest: JsonObject) => ({ protocol: "tcp", from_port: port, to_port: port, ...rest });

const ssh = (cidrs: readonly string[]): Pick<Example, "resources" | "finds"> => ({
  resources: inline(old(22, { cidr_blocks: cidrs })),
  finds: ["aws_security_group.db ingress[0]"],
});
const RULE = "aws_vpc_security_group_ingress_rule";

export const examples: Examples = {
  good: [
    {
      title: "a port of Lightsail for one office, and an accelerator of HTTPS",
      resources: {
        aws_lightsail_instance: { host: { name: "host" } },
        aws_lightsail_instance_public_ports: {
          host: {
            instance_name: "${aws_lightsail_instance.host.name}",
            port_info: [{ protocol: "tcp", from_port: 22, to_port: 22, cidrs: ["203.0.113.0/24"] }],
          },
        },
        aws_globalaccelerator_listener: { web: { protocol: "TCP", port_range: { from_port: 443, to_port: 443 } } },
      },
    },
    { title: "SSH from inside", resources: group({ ssh: tcp(22, { cidr_ipv4: "10.0.0.0/8" }) }) },
    { title: "HTTPS for everybody", resources: group({ web: tcp(443, { cidr_ipv4: "0.0.0.0/0" }) }) },
    { title: "SSH from one office", resources: group({ ssh: tcp(22, { cidr_ipv4: "203.0.113.0/24" }) }) },
    {
      title: "a database that a group may ask",
      resources: inline(old(5432, { security_groups: ["${aws_security_group.db.id}"], self: true })),
    },
    {
      title: "an entrypoint on a port of metrics, declared",
      resources: {
        ...group({ web: tcp(9443, { cidr_ipv4: "0.0.0.0/0" }) }),
        aws_lb: { web: { name: "web", security_groups: ["${aws_security_group.db.id}"] } },
      },
      declaration: {
        services: [
          {
            ...{ name: "shop", components: [], stores: [], egress: [], secrets: [], backups: [] },
            entrypoints: [
              {
                ...{
                  name: "web",
                  kind: "web",
                  host: "shop.example.org",
                  audience: "internet",
                  to: "shop/api",
                  port: 443,
                },
                ...{ health: "/health", minimumTls: "1.2", loadBalancer: "web" },
              },
            ],
            flows: [
              {
                ...{ id: "web", from: "outside/internet", to: "shop/web", protocol: "tcp", transport: "tls", why: "" },
                ...{ origin: "service", ports: [9443] },
              },
            ],
          },
        ],
      },
    },
  ],
  bad: [
    { title: "SSH for everybody", ...ssh(["0.0.0.0/0"]) },
    { title: "SSH for everybody in two halves", ...ssh(["0.0.0.0/1", "128.0.0.0/1"]) },
    { title: "SSH for everybody in four quarters", ...ssh(["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"]) },
    { title: "SSH for everybody, with an address before the mask", ...ssh(["203.0.113.7/0"]) },
    { title: "SSH for everybody over IPv6, written as 0::0/0", ...ssh(["0::0/0"]) },
    { title: "SSH for everybody as IPv4-mapped addresses", ...ssh(["::ffff:0.0.0.0/96"]) },
    { title: "SSH for everybody on the internet over IPv6, and not one address more", ...ssh(["2000::/3"]) },
    { title: "SSH for everybody of IPv4, as NAT64 has them on IPv6", ...ssh(["64:ff9b::/96"]) },
    {
      title: "SSH from so many networks that together they are half the internet",
      ...ssh(["10.0.0.0/8", "128.0.0.0/1"]),
    },
    {
      title: "SSH for everybody in two rules, each for a half",
      resources: group({
        low: tcp(22, { cidr_ipv4: "0.0.0.0/1" }),
        high: tcp(22, { cidr_ipv4: "128.0.0.0/1" }),
      }),
      finds: [`${RULE}.low cidr_ipv4`, `${RULE}.high cidr_ipv4`],
    },
    {
      title: "SSH from five offices, which together are more than a site",
      resources: inline(old(22, { cidr_blocks: ["203.0.113.0/25"] }), old(22, { cidr_blocks: ["198.51.100.0/24"] })),
      finds: ["aws_security_group.db ingress[0]", "aws_security_group.db ingress[1]"],
    },
    {
      title: "a public rule behind one for the group itself",
      resources: inline(old(6379, { self: true, cidr_blocks: ["0.0.0.0/0"] })),
      finds: ["aws_security_group.db ingress[0]"],
    },
    {
      title: "a rule of its own beside harmless ones in the group",
      resources: {
        ...inline(old(5432, { cidr_blocks: ["10.0.0.0/8"] })),
        aws_security_group_rule: {
          more: {
            ...{ type: "ingress", security_group_id: "${aws_security_group.db.id}", protocol: "6" },
            ...{ from_port: 5000, to_port: 6000, ipv6_cidr_blocks: ["::/0"] },
          },
        },
      },
      finds: ["aws_security_group_rule.more ipv6_cidr_blocks"],
    },
    {
      title: "every protocol for everybody",
      resources: group({ all: { ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" } }),
      finds: [`${RULE}.all cidr_ipv4`, `${RULE}.all cidr_ipv4`],
    },
    {
      title: "TCP without ports, which means all of them",
      resources: group({ all: { ip_protocol: "tcp", cidr_ipv6: "::/0" } }),
      finds: [`${RULE}.all cidr_ipv6`],
    },
    {
      title: "a range that has the port in it",
      resources: group({ range: { ip_protocol: "tcp", from_port: 8000, to_port: 8100, cidr_ipv4: "0.0.0.0/0" } }),
      finds: [`${RULE}.range cidr_ipv4`],
    },
    {
      title: "a prefix list that is the whole internet",
      resources: {
        ...group({ list: tcp(27_017, { prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}" }) }),
        aws_ec2_managed_prefix_list: { all: { entry: [{ cidr: "0.0.0.0/1" }] } },
        aws_ec2_managed_prefix_list_entry: {
          rest: { prefix_list_id: "${aws_ec2_managed_prefix_list.all.id}", cidr: "128.0.0.0/1" },
        },
      },
      finds: [`${RULE}.list prefix_list_id`],
    },
    {
      title: "two groups on one host, each with half of the internet",
      resources: {
        aws_security_group: {
          low: { ingress: [old(3389, { cidr_blocks: ["0.0.0.0/25", "10.0.0.0/8"] })] },
          high: { ingress: [old(3389, { cidr_blocks: ["203.0.113.0/24", "198.51.100.0/25"] })] },
          one: { ingress: [old(3389, { cidr_blocks: ["198.51.100.0/24"] })] },
          other: { ingress: [old(3389, { cidr_blocks: ["203.0.113.0/24"] })] },
        },
        aws_instance: {
          host: { vpc_security_group_ids: ["${aws_security_group.one.id}", "${aws_security_group.other.id}"] },
        },
      },
      finds: [
        "aws_security_group.high ingress[0]",
        "aws_security_group.one ingress[0]",
        "aws_security_group.other ingress[0]",
      ],
    },
    {
      title: "a rule added to a group of elsewhere",
      resources: {
        aws_security_group_rule: {
          ssh: {
            ...{ type: "ingress", security_group_id: "sg-0a1b2c3d4e5f60718", protocol: "tcp" },
            ...{ from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] },
          },
        },
      },
      finds: ["aws_security_group_rule.ssh cidr_blocks"],
    },
    {
      title: "nodes with a key for SSH, and nobody said from where",
      resources: { aws_eks_node_group: { nodes: { remote_access: { ec2_ssh_key: "admin" } } } },
      finds: ["aws_eks_node_group.nodes remote_access"],
    },
    {
      title: "one address of the internet, where a declaration has none",
      resources: group({ ssh: tcp(22, { cidr_ipv4: "203.0.113.7/32" }) }),
      declaration: {},
      finds: [`${RULE}.ssh cidr_ipv4`],
    },
    {
      title: "memcached over UDP for everybody",
      resources: group({ cache: { ip_protocol: "udp", from_port: 11_211, to_port: 11_211, cidr_ipv4: "0.0.0.0/0" } }),
      finds: [`${RULE}.cache cidr_ipv4`],
    },
    {
      title: "the list of a service of AWS on a port of databases",
      resources: group({ db: tcp(5432, { prefix_list_id: "pl-a3a144ca" }) }),
      finds: [`${RULE}.db prefix_list_id`],
    },
    {
      title: "ports that services open without a group",
      resources: {
        aws_lightsail_instance: { said: { name: "said" }, unsaid: { name: "unsaid" } },
        aws_lightsail_instance_public_ports: {
          said: { instance_name: "said", port_info: [{ protocol: "tcp", from_port: 22, to_port: 22 }] },
        },
        aws_globalaccelerator_listener: { ssh: { protocol: "TCP", port_range: { from_port: 20, to_port: 25 } } },
        aws_redshift_security_group: { old: { name: "old", ingress: [{ cidr: "0.0.0.0/0" }] } },
      },
      finds: [
        "aws_globalaccelerator_listener.ssh port_range[0]",
        "aws_lightsail_instance_public_ports.said port_info[0]",
        "aws_redshift_security_group.old ingress[0]",
        "aws_redshift_security_group.old ingress[0]",
        "aws_lightsail_instance.unsaid aws_lightsail_instance_public_ports",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable decides from where",
      resources: group({ ssh: tcp(22, { cidr_ipv4: "${var.admins}" }) }),
      finds: [`${RULE}.ssh cidr_ipv4`],
    },
    {
      title: "a list of elsewhere decides from where",
      resources: group({ ssh: tcp(22, { prefix_list_id: "pl-0123456789abcdef0" }) }),
      finds: [`${RULE}.ssh prefix_list_id`],
    },
    {
      title: "blocks that nobody knows",
      resources: { aws_security_group: { db: { dynamic: { ingress: { for_each: "${var.rules}" } } } } },
      finds: ["aws_security_group.db ingress[0]", "aws_security_group.db ingress[0]"],
    },
  ],
};

export const mutations: readonly Mutation[] = openings;
