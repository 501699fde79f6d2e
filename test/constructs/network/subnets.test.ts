import { expect, test } from "vitest";
import { Subnets, type SubnetsProps } from "../../../constructs/network/subnets.ts";
import type { PlatformStack } from "../../../stacks/platform-stack.ts";
import { synth } from "../../support/synth.ts";
import { zones } from "./subnets-fixture.ts";

const props: SubnetsProps = {
  vpcId: "vpc-1",
  vpcCidr: "10.0.0.0/16",
  namePrefix: "example",
  zones,
  tierCidrs: { public: "10.0.0.0/20", app: "10.0.64.0/18", firewall: "10.0.16.0/24" },
  subnets: [
    { name: "public-a", tier: "public", zone: "a", cidr: "10.0.0.0/24" },
    { name: "app-shop-b", tier: "app", zone: "b", cidr: "10.0.64.0/24", service: "shop" },
  ],
};
const build = (change: Partial<SubnetsProps>) => (stack: PlatformStack) =>
  new Subnets(stack, "subnets", { ...props, ...change });
const made = (change: Partial<SubnetsProps>) => synth((stack) => void build(change)(stack));

test("a subnet stands in its zone, gives no public address and has its own empty route table", () => {
  const result = made({});

  expect(result.all("aws_subnet").map(({ address, args }) => [address, args])).toEqual([
    [
      "aws_subnet.subnets_app-shop-b",
      {
        vpc_id: "vpc-1",
        cidr_block: "10.0.64.0/24",
        availability_zone: "eu-central-1b",
        map_public_ip_on_launch: false,
        tags: { Name: "example-app-shop-b", Tier: "app" },
      },
    ],
    ["aws_subnet.subnets_public-a", expect.objectContaining({ map_public_ip_on_launch: false })],
  ]);
  expect(result.all("aws_route_table").map(({ args }) => args.route)).toEqual([undefined, undefined]);
  expect(result.all("aws_route_table_association").map(({ args }) => [args.subnet_id, args.route_table_id])).toEqual([
    ["${aws_subnet.subnets_app-shop-b.id}", "${aws_route_table.subnets_app-shop-b-routes.id}"],
    ["${aws_subnet.subnets_public-a.id}", "${aws_route_table.subnets_public-a-routes.id}"],
  ]);
});

test("a part of a subnet is kept for fixed addresses, and what takes one can come after that", () => {
  let reservations: readonly unknown[] = [];
  const [first, ...rest] = props.subnets;
  const result = synth((stack) => {
    const plans = first === undefined ? rest : [{ ...first, reserved: "10.0.0.128/25" }, ...rest];
    reservations = build({ subnets: plans })(stack).all.map(({ name, reservation }) => [
      name,
      reservation !== undefined,
    ]);
  });

  expect(result.one("aws_ec2_subnet_cidr_reservation")).toMatchObject({
    address: "aws_ec2_subnet_cidr_reservation.subnets_public-a-fixed",
    args: {
      subnet_id: "${aws_subnet.subnets_public-a.id}",
      cidr_block: "10.0.0.128/25",
      reservation_type: "explicit",
    },
  });
  expect(reservations).toEqual([
    ["public-a", true],
    ["app-shop-b", false],
  ]);
});

test("subnets are found by tier and by name", () => {
  let subnets: Subnets | undefined;
  synth((stack) => {
    subnets = build({})(stack);
  });

  expect(subnets?.ofTier("app").map(({ name, service }) => [name, service])).toEqual([["app-shop-b", "shop"]]);
  expect(Object.keys(subnets?.idsByName ?? {})).toEqual(["public-a", "app-shop-b"]);
});

test("fails with every fault at once", () => {
  const subnets: SubnetsProps["subnets"] = [
    { name: "public-a", tier: "public", zone: "z", cidr: "10.0.0.0/24" },
    { name: "app-a", tier: "app", zone: "a", cidr: "10.0.0.128/25" },
    { name: "data-a", tier: "data", zone: "a", cidr: "10.0.200.0/24" },
    { name: "firewall-a", tier: "firewall", zone: "a", cidr: "10.0.16.0/28" },
    { name: "firewall-a2", tier: "firewall", zone: "a", cidr: "10.0.16.16/28" },
  ];
  const tierCidrs = { ...props.tierCidrs, dmz: "10.1.0.0/24", endpoints: "10.0.1.0/24" };

  expect(() => made({ subnets, tierCidrs })).toThrow(
    [
      "subnets:",
      "- tier dmz: must lie in the VPC 10.0.0.0/16, got 10.1.0.0/24",
      "- tier public: overlaps tier endpoints",
      "- public-a: overlaps app-a",
      "- public-a: zone must be one of a, b, got z",
      "- app-a: must lie in tier app 10.0.64.0/18, got 10.0.0.128/25",
      "- app-a: an app subnet names its service",
      "- data-a: must lie in tier data (no prefix), got 10.0.200.0/24",
      "- firewall-a2: tier firewall has one subnet a zone, got another in a",
    ].join("\n"),
  );
});
