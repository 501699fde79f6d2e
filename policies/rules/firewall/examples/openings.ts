import { addResource, type Mutation, onResource } from "../../../engine/mutation.ts";
import type { JsonObject } from "../../../model/json.ts";

const RULE = "aws_vpc_security_group_ingress_rule";

type Widened = JsonObject;

/** Widens a rule that has been for a group. */
const widen = (title: string, change: Widened): Mutation =>
  onResource(
    RULE,
    `widen a rule: ${title}`,
    ({ referenced_security_group_id: _, ...rule }) => ({ ...rule, ...change }),
    ({ attributes }) => attributes["from_port"] === 5432 || attributes["from_port"] === 6379,
  );
const addedTo = (title: string, change: Widened): Mutation =>
  addResource(
    title,
    "aws_security_group_rule",
    {
      ...{ type: "ingress", security_group_id: "${aws_security_group.database_group.id}", protocol: "tcp" },
      ...{ from_port: 5432, to_port: 5432, description: "opened", ...change },
    },
    "ticketing",
  );

/** Ways to open a database of the real estate to the internet. */
export const openings: readonly Mutation[] = [
  widen("0.0.0.0/0", { cidr_ipv4: "0.0.0.0/0" }),
  widen("an address before /0", { cidr_ipv4: "203.0.113.7/0" }),
  widen("half of the internet", { cidr_ipv4: "128.0.0.0/1" }),
  widen("::/0", { cidr_ipv6: "::/0" }),
  widen("0::0/0", { cidr_ipv6: "0::0/0" }),
  widen("0:0:0:0:0:0:0:0/0", { cidr_ipv6: "0:0:0:0:0:0:0:0/0" }),
  widen("global unicast", { cidr_ipv6: "2000::/3" }),
  widen("IPv4-mapped", { cidr_ipv6: "::ffff:0:0/96" }),
  widen("a variable", { cidr_ipv4: "${var.cidr}" }),
  widen("a list of elsewhere", { prefix_list_id: "pl-0123456789abcdef0" }),
  widen("all protocols", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1", from_port: null, to_port: null }),
  widen("a range of ports", { cidr_ipv4: "0.0.0.0/0", from_port: 1024, to_port: 65_535 }),
  addResource("lead the internet inside by an accelerator", "aws_globalaccelerator_listener", {
    protocol: "TCP",
    port_range: [{ from_port: 22, to_port: 22 }],
  }),
  addedTo("add a rule for four quarters", {
    cidr_blocks: ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"],
  }),
  addedTo("add a rule for the group itself and for everybody", { self: true, cidr_blocks: ["0.0.0.0/0"] }),
];
