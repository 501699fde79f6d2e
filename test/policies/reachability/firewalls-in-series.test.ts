import { expect, test } from "vitest";
import type { JsonObject } from "../../../policies/model/json.ts";
import { reachability } from "../../../policies/reachability/judge.ts";
import { ruleset, smallEstate } from "./small-estate.ts";

/** Two network firewalls on one way out: what passes has passed both. */

const subnet = (cidr: string): JsonObject => ({ vpc_id: "${aws_vpc.main.id}", cidr_block: cidr });
const names = ["api", "database", "first", "second", "nat"];
const ENDPOINT = "firewall_status[0].sync_states[0].attachment[0].endpoint_id";
const all = (): JsonObject => ({ rule_no: 1, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" });

const pass = (name: string): string =>
  `pass tls any any -> any 443 (tls.sni; content:"${name}"; startswith; endswith; sid:1;)`;
const HANDSHAKE = "pass tcp any any -> any 443 (flow:not_established; sid:2;)";
const FREE = "pass ip any any -> any any (sid:3;)";

const firewall = (name: string) => ({
  ...{ vpc_id: "${aws_vpc.main.id}", subnet_mapping: { subnet_id: `\${aws_subnet.${name}.id}` } },
  firewall_policy_arn: `\${aws_networkfirewall_firewall_policy.${name}.arn}`,
});
const policy = (name: string) => ({
  firewall_policy: {
    ...{
      stateless_default_actions: ["aws:forward_to_sfe"],
      stateless_fragment_default_actions: ["aws:forward_to_sfe"],
    },
    ...{ stateful_default_actions: ["aws:drop_established"], stateful_engine_options: { rule_order: "STRICT_ORDER" } },
    stateful_rule_group_reference: { priority: 1, resource_arn: `\${aws_networkfirewall_rule_group.${name}.arn}` },
  },
});
const group = (...rules: readonly string[]) => ({ rule_group: { rules_source: { rules_string: rules.join("\n") } } });
const out = (to: JsonObject): JsonObject => ({ destination_cidr_block: "0.0.0.0/0", ...to });

/** Names of servers that the API reaches, though nothing is declared. */
function reached(first: readonly string[], second: readonly string[]): readonly string[] {
  const table = (name: string) => ({ route_table_id: `\${aws_route_table.${name}.id}` });
  const estate = smallEstate({
    flows: [],
    nftables: { api: ruleset("accept", "accept") },
    acl: {
      subnet_ids: names.map((name) => `\${aws_subnet.${name}.id}`),
      ...{ ingress: [all()], egress: [all()] },
    },
    rules: {
      aws_vpc_security_group_egress_rule: {
        out: { security_group_id: "${aws_security_group.api.id}", cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" },
      },
    },
    resources: {
      aws_subnet: Object.fromEntries(names.map((name, at) => [name, subnet(`10.0.${at + 1}.0/24`)])),
      aws_route_table: Object.fromEntries(names.map((name) => [name, { vpc_id: "${aws_vpc.main.id}" }])),
      aws_route_table_association: Object.fromEntries(
        names.map((name) => [name, { subnet_id: `\${aws_subnet.${name}.id}`, ...table(name) }]),
      ),
      aws_internet_gateway: { main: {} },
      aws_nat_gateway: { main: { subnet_id: "${aws_subnet.nat.id}" } },
      aws_route: {
        api: { ...table("api"), ...out({ vpc_endpoint_id: `\${aws_networkfirewall_firewall.first.${ENDPOINT}}` }) },
        first: {
          ...table("first"),
          ...out({ vpc_endpoint_id: `\${aws_networkfirewall_firewall.second.${ENDPOINT}}` }),
        },
        second: { ...table("second"), ...out({ nat_gateway_id: "${aws_nat_gateway.main.id}" }) },
        nat: { ...table("nat"), ...out({ gateway_id: "${aws_internet_gateway.main.id}" }) },
      },
      aws_networkfirewall_firewall: { first: firewall("first"), second: firewall("second") },
      aws_networkfirewall_firewall_policy: { first: policy("first"), second: policy("second") },
      aws_networkfirewall_rule_group: { first: group(...first), second: group(...second) },
    },
  });
  const found = reachability(estate).findings.filter(({ attribute }) => attribute === "shop/api -> outside/internet");
  return found.flatMap(({ got }) => /\(servers called (.+?)\)/.exec(got)?.[1] ?? []);
}

const API = "api.example.org";

test("a name that both firewalls pass is reached", () => {
  expect(reached([HANDSHAKE, pass(API)], [HANDSHAKE, pass(API), pass("more.example.org")])).toEqual([API]);
});

test("a name is reached that the one passes alone and the other among those below", () => {
  const all = 'pass tls any any -> any 443 (tls.sni; dotprefix; content:".example.org"; endswith; sid:4;)';
  expect(reached([HANDSHAKE, all], [HANDSHAKE, pass(API)])).toEqual([API]);
});

test("a name that only one of them passes is not reached", () => {
  expect(reached([HANDSHAKE, pass(API)], [HANDSHAKE, pass("other.example.org")])).toEqual([]);
});

test("a name is reached where the other firewall passes whatever there is", () => {
  expect(reached([FREE], [HANDSHAKE, pass(API)])).toEqual([API]);
});
