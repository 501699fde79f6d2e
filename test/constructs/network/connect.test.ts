import { SecurityGroup as AwsSecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { describe, expect, test } from "vitest";
import { connect, type Flow, type GroupPeer } from "../../../constructs/network/connect.ts";
import { SecurityGroup } from "../../../constructs/network/security-group.ts";
import { synth } from "../../support/synth.ts";

const web: GroupPeer = { kind: "group", name: "web", id: "sg-web" };
const database: GroupPeer = { kind: "group", name: "database", id: "sg-database" };
const users = { kind: "range", name: "users", cidr: "203.0.113.0/24" } as const;
const egressRule = "aws_vpc_security_group_egress_rule";
const ingressRule = "aws_vpc_security_group_ingress_rule";
const made = (flows: Flow | readonly Flow[]) => synth((stack) => connect(stack, flows));
const making = (flow: Partial<Flow>) => () => made({ from: web, to: database, port: 5432, why: "tickets", ...flow });

describe("connect", () => {
  test("writes the egress of the source and the ingress of the destination, and nothing else [TKT-5.5]", () => {
    const result = made({ from: web, to: database, port: 5432, why: "reads tickets (TKT-6.2)" });

    const common = {
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      description: "web to database:5432 reads tickets (TKT-6.2)",
      tags: { Name: "web-to-database-5432" },
      lifecycle: { create_before_destroy: true },
    };
    expect(result.all().map(({ address, args }) => [address, args])).toEqual([
      [
        `${egressRule}.web-to-database-5432_egress`,
        { ...common, security_group_id: "sg-web", referenced_security_group_id: "sg-database" },
      ],
      [
        `${ingressRule}.web-to-database-5432_ingress`,
        { ...common, security_group_id: "sg-database", referenced_security_group_id: "sg-web" },
      ],
    ]);
  });

  test("writes only the group's side when the other is a range or a prefix list", () => {
    const result = made([
      { from: users, to: web, port: 443, why: "users" },
      { from: { ...users, name: "users6", cidr: "2001:db8::/32" }, to: web, port: 443, why: "users" },
      { from: web, to: { kind: "prefixList", name: "s3", id: "pl-1" }, port: 443, why: "uploads" },
    ]);

    expect(result.all().map(({ type, args }) => [type, args.cidr_ipv4, args.cidr_ipv6, args.prefix_list_id])).toEqual([
      [egressRule, undefined, undefined, "pl-1"],
      [ingressRule, "203.0.113.0/24", undefined, undefined],
      [ingressRule, undefined, "2001:db8::/32", undefined],
    ]);
  });

  test("merges flows that need the same rule into one that gives every reason once", () => {
    const result = made([
      { from: web, to: database, port: 5432, why: "api reads" },
      { from: web, to: database, port: 5432, why: "worker writes" },
      { from: web, to: database, port: 5432, why: "api reads" },
    ]);

    expect(result.one(egressRule).args.description).toBe("web to database:5432 api reads; worker writes");
    expect(result.one(ingressRule).args.description).toBe("web to database:5432 api reads; worker writes");
  });

  test("gives as many reasons as EC2 takes, and says how many more there are", () => {
    const why = (letter: string) => letter.repeat(100);
    const result = made(["a", "b", "c"].map((letter) => ({ from: web, to: database, port: 5432, why: why(letter) })));

    expect(result.one(egressRule).args.description).toBe(`web to database:5432 ${why("a")}; ${why("b")}; and 1 more`);
  });

  test("recognizes one group behind two reads of its id", () => {
    const result = synth((stack) => {
      const cache = new AwsSecurityGroup(stack, "cache", {});
      const peer = (id: string): GroupPeer => ({ kind: "group", name: "cache", id });
      connect(stack, [
        { from: web, to: peer(cache.id), port: 6379, why: "queue" },
        { from: web, to: peer(cache.id), port: 6379, why: "locks" },
      ]);
    });

    expect(result.one(ingressRule).args).toMatchObject({
      security_group_id: "${aws_security_group.cache.id}",
      description: "web to cache:6379 queue; locks",
    });
  });

  test("connects a group to itself, for replication", () => {
    const result = made({ from: database, to: database, port: 5432, why: "replication" });

    for (const type of [egressRule, ingressRule]) {
      expect(result.one(type).args).toMatchObject({
        security_group_id: "sg-database",
        referenced_security_group_id: "sg-database",
      });
    }
  });

  test("keeps port ranges and UDP apart from TCP", () => {
    const result = made([
      { from: web, to: database, port: { from: 2379, to: 2380 }, why: "etcd" },
      { from: web, to: database, port: 53, protocol: "udp", why: "names" },
      { from: web, to: database, port: 53, why: "long names" },
    ]);

    expect(
      result.all(egressRule).map(({ name, args }) => [name, args.ip_protocol, args.from_port, args.to_port]),
    ).toEqual([
      ["web-to-database-2379-2380_egress", "tcp", 2379, 2380],
      ["web-to-database-53-udp_egress", "udp", 53, 53],
      ["web-to-database-53_egress", "tcp", 53, 53],
    ]);
  });

  test("fails when another call has already made the rule, under whatever name", () => {
    const twice = (again: GroupPeer) => () =>
      synth((stack) => {
        connect(stack, { from: web, to: database, port: 5432, why: "reads" });
        connect(stack, { from: again, to: database, port: 5432, why: "writes" });
      });

    expect(twice(web)).toThrow(
      'web to database:5432: this rule exists as "web-to-database-5432"; pass both flows to one connect()',
    );
    expect(twice({ ...web, name: "front" })).toThrow('this rule exists as "web-to-database-5432"');
  });

  test("fails when two groups have one name", () => {
    const flow = { to: database, port: 5432, why: "reads" };
    expect(() =>
      made([
        { ...flow, from: web },
        { ...flow, from: { ...web, id: "sg-other" } },
      ]),
    ).toThrow('web to database:5432: two different peers of stack "test" have one name');
  });

  test("fails when neither end is a security group", () => {
    expect(making({ from: users, to: users })).toThrow("one end must be a security group, got range and range");
  });

  test.each([
    ["host bits", "203.0.113.7/24", "must be the canonical range without host bits, that is 203.0.113.0/24"],
    ["an octal octet", "010.0.0.0/8", "must be the canonical range without host bits, that is 8.0.0.0/8"],
    ["a spelled-out IPv6 range", "2001:0DB8::/32", "that is 2001:db8::/32"],
    ["no length", "203.0.113.0", "must be an IPv4 or IPv6 range"],
  ])("fails when a range has %s", (_, cidr, message) => {
    expect(making({ from: { ...users, cidr } })).toThrow(message);
  });

  test.each([0, 65536, 1.5, { from: 2, to: 1 }])("fails when the port is %j", (port) => {
    expect(making({ port })).toThrow(/a port (must be a whole number from 1 to 65535|range must run upwards)/);
  });

  test("fails when the reason has a character EC2 refuses, is empty or is too long", () => {
    expect(making({ why: "user's > data" })).toThrow(/allowed are letters, digits.*got ' >/);
    expect(making({ why: " " })).toThrow("web to database:5432: a flow must say why it is needed");
    expect(making({ why: "x".repeat(240) })).toThrow(
      `description "web to database:5432 ${"x".repeat(240)}": must have 1 to 255 characters, got 261`,
    );
  });

  test("fails when a peer's name could not be part of an address", () => {
    expect(making({ from: { ...web, name: "web_1" } })).toThrow('got "web_1"');
  });
});

describe("SecurityGroup", () => {
  const group = (awsName: string) =>
    synth((stack) => {
      new SecurityGroup(stack, "web", { vpcId: "vpc-1", name: "web", awsName, description: "Web hosts" });
    });

  test("has no inline rules and can be replaced while in use", () => {
    expect(group("example-web").one("aws_security_group")).toMatchObject({
      address: "aws_security_group.web_group",
      args: {
        vpc_id: "vpc-1",
        name_prefix: "example-web-",
        description: "Web hosts",
        revoke_rules_on_delete: false,
        tags: { Name: "example-web" },
        lifecycle: { create_before_destroy: true },
      },
    });
    expect(Object.keys(group("example-web").one("aws_security_group").args)).not.toContain("egress");
  });

  test("fails when the name leaves no room for its suffix or looks like an id", () => {
    expect(() => group("x".repeat(91))).toThrow("at most 90 characters");
    expect(() => group("sg-web")).toThrow("not start with sg-");
  });
});
