import { estateOf } from "../../../policies/engine/example.ts";
import type { DeclaredFlow, DeclaredService } from "../../../policies/model/declaration.ts";
import type { Estate } from "../../../policies/model/estate.ts";
import type { JsonObject } from "../../../policies/model/json.ts";

/** A network of two hosts: an API in one subnet, a database in another, one declared flow. Parts may be put otherwise. */
export interface Parts {
  readonly resources?: JsonObject;
  readonly acl?: JsonObject;
  readonly rules?: JsonObject;
  readonly nftables?: Readonly<Record<string, string>>;
  readonly flows?: readonly DeclaredFlow[];
}

export const flow = (from: string, to: string, port: number): DeclaredFlow => ({
  ...{
    id: `${from}->${to}:${port}`,
    from,
    to,
    protocol: "tcp",
    transport: "tls",
    why: "since it must",
    origin: "service",
  },
  ports: [port],
});

const part = (name: string, address: string) => ({
  ...{ name, kind: "hosts", why: "", ports: [] },
  hosts: [{ name: `${name}-a`, zone: "a", subnet: name, address, domain: "", machine: "" }],
});

const shop: DeclaredService = {
  ...{ name: "shop", components: [part("api", "10.0.1.4"), part("database", "10.0.2.4")], stores: [] },
  ...{ entrypoints: [], flows: [], egress: [], secrets: [], backups: [] },
};

/** A ruleset that lets answers pass, and these. */
export const ruleset = (input: string, output: string): string => `
table inet t {
  chain in { type filter hook input priority filter; policy drop; ct state established accept; ${input}; }
  chain out { type filter hook output priority filter; policy drop; ct state established accept; ${output}; }
}`;

const allow = (cidr: string, from: number, to: number, at: number): JsonObject => ({
  ...{ rule_no: at, action: "allow", protocol: "tcp", cidr_block: cidr, from_port: from, to_port: to },
});

const instance = (name: string, address: string): JsonObject => ({
  ...{ private_ip: address, subnet_id: `\${aws_subnet.${name}.id}`, associate_public_ip_address: false },
  ...{ vpc_security_group_ids: [`\${aws_security_group.${name}.id}`], tags: { Name: `${name}-a` } },
});

const subnet = (cidr: string): JsonObject => ({ vpc_id: "${aws_vpc.main.id}", cidr_block: cidr });

export const accessRules = (port = 5432): JsonObject => ({
  aws_vpc_security_group_egress_rule: {
    out: {
      ...{
        security_group_id: "${aws_security_group.api.id}",
        referenced_security_group_id: "${aws_security_group.database.id}",
      },
      ...{ ip_protocol: "tcp", from_port: port, to_port: port },
    },
  },
  aws_vpc_security_group_ingress_rule: {
    in: {
      ...{
        security_group_id: "${aws_security_group.database.id}",
        referenced_security_group_id: "${aws_security_group.api.id}",
      },
      ...{ ip_protocol: "tcp", from_port: port, to_port: port },
    },
  },
});

export function smallEstate({
  resources = {},
  acl = {},
  rules = accessRules(),
  nftables = {},
  flows,
}: Parts = {}): Estate {
  const entries = [allow("10.0.0.0/16", 1024, 65_535, 100)];
  const group = { vpc_id: "${aws_vpc.main.id}" };
  return estateOf({
    title: "a shop",
    resources: {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: { api: subnet("10.0.1.0/24"), database: subnet("10.0.2.0/24") },
      aws_network_acl: {
        all: {
          ...{ vpc_id: "${aws_vpc.main.id}", subnet_ids: ["${aws_subnet.api.id}", "${aws_subnet.database.id}"] },
          ...{ ingress: entries, egress: entries, ...acl },
        },
      },
      aws_security_group: { api: group, database: group },
      aws_instance: { api: instance("api", "10.0.1.4"), database: instance("database", "10.0.2.4") },
      ...rules,
      ...resources,
    },
    hosts: {
      "api-a": { "/etc/nftables.conf": nftables["api"] ?? ruleset("drop", "ip daddr 10.0.2.4 tcp dport 5432 accept") },
      "database-a": {
        "/etc/nftables.conf": nftables["database"] ?? ruleset("ip saddr 10.0.1.4 tcp dport 5432 accept", "drop"),
      },
    },
    declaration: {
      ...{ cidr: "10.0.0.0/16", services: [{ ...shop, flows: flows ?? [flow("shop/api", "shop/database", 5432)] }] },
    },
  });
}
