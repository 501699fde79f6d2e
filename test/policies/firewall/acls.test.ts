import fc from "fast-check";
import { expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import { covers, nowhere, parseCidr, shownAddresses } from "../../../policies/model/addresses.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { admitted, networkAcls } from "../../../policies/model/network/acls.ts";
import { TCP } from "../../../policies/model/network/protocol.ts";
import { subnets } from "../../../policies/model/network/subnets.ts";

/** Network ACLs by their effect: the first entry that matches decides. */

const aclOf = (ingress: readonly JsonObject[]) =>
  estateOf({ title: "", resources: { aws_network_acl: { app: { ingress } } } }).of(networkAcls);

test("what an ACL lets in agrees with reading its entries one by one", () => {
  const entry = fc.record({
    rule_no: fc.integer({ min: 1, max: 6 }),
    action: fc.constantFrom("allow", "deny"),
    protocol: fc.constantFrom("tcp", "6", "-1", "udp"),
    cidr_block: fc.constantFrom("0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32"),
    from_port: fc.constantFrom(0, 20, 22),
    to_port: fc.constantFrom(22, 1023, 65_535),
  });
  const entries = fc.uniqueArray(entry, { maxLength: 6, selector: ({ rule_no }) => rule_no });
  const packet = fc.record({
    from: fc.constantFrom("10.1.2.3", "10.1.0.1", "10.9.9.9", "9.9.9.9", "200.1.1.1"),
    port: fc.constantFrom(1, 21, 22, 80, 5432),
  });
  fc.assert(
    fc.property(entries, packet, (all, { from, port }) => {
      const address = parseCidr(from) ?? nowhere;
      const first = [...all]
        .sort((a, b) => a.rule_no - b.rule_no)
        .find(
          ({ protocol, cidr_block: cidr, from_port, to_port }) =>
            protocol !== "udp" &&
            covers(parseCidr(cidr) ?? nowhere, address) &&
            (protocol === "-1" || (port >= from_port && port <= to_port)),
        );
      const [acl] = aclOf(all);
      const set = acl === undefined ? nowhere : admitted(acl, "ingress", TCP, port);
      expect(covers(set, address)).toBe(first?.action === "allow");
    }),
  );
});

test("an entry that nobody knows allows at most everything, and at least nothing", () => {
  const unknown = {
    rule_no: 1,
    action: "allow",
    protocol: "tcp",
    cidr_block: "${var.cidr}",
    from_port: 22,
    to_port: 22,
  };
  const [allows] = aclOf([unknown]);
  const [denies] = aclOf([
    { ...unknown, action: "deny" },
    { ...unknown, rule_no: 2, cidr_block: "10.0.0.0/8" },
  ]);
  const shown = (acl: typeof allows, bound: "most" | "least") =>
    acl === undefined ? "" : shownAddresses(admitted(acl, "ingress", TCP, 22, bound));
  expect([shown(allows, "most"), shown(allows, "least")]).toEqual(["0.0.0.0/0, ::/0", "no address"]);
  expect([shown(denies, "most"), shown(denies, "least")]).toEqual(["10.0.0.0/8", "no address"]);
});

test("a subnet has the ACL and the table that name it, and else those of its VPC", () => {
  const estate = estateOf({
    title: "",
    resources: {
      aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: Object.fromEntries(["a", "b", "c"].map((name) => [name, { vpc_id: "${aws_vpc.main.id}" }])),
      aws_network_acl: { a: { subnet_ids: ["${aws_subnet.a.id}"] }, b: {} },
      aws_network_acl_association: {
        b: { network_acl_id: "${aws_network_acl.b.id}", subnet_id: "${aws_subnet.b.id}" },
      },
      aws_route_table: { a: { vpc_id: "${aws_vpc.main.id}" }, main: { vpc_id: "${aws_vpc.main.id}" } },
      aws_route_table_association: {
        a: { subnet_id: "${aws_subnet.a.id}", route_table_id: "${aws_route_table.a.id}" },
      },
      aws_main_route_table_association: {
        main: { vpc_id: "${aws_vpc.main.id}", route_table_id: "${aws_route_table.main.id}" },
      },
    },
  });
  expect(estate.of(subnets).map(({ at, acl, routes }) => [at.resource, acl?.at.resource, routes?.at.resource])).toEqual(
    [
      ["aws_subnet.a", "aws_network_acl.a", "aws_route_table.a"],
      ["aws_subnet.b", "aws_network_acl.b", "aws_route_table.main"],
      ["aws_subnet.c", "aws_vpc.main", "aws_route_table.main"],
    ],
  );
});
