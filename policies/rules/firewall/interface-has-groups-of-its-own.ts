import { objection, rule } from "../../engine/rule.ts";
import { interfaces } from "../../model/network/interfaces.ts";

/** Whatever has an address has a security group that was made for it. */
export const interfaceHasGroupsOfItsOwn = rule({
  id: "FW-016",
  slug: "interface-has-groups-of-its-own",
  severity: "high",
  title: "Everything with an address in a network has security groups of its own",
  why: "A network load balancer without groups is open on every listener; what names no group shares the default one with everything else that forgot.",
  fix: "Name security groups that are made for it. A network load balancer takes them only when it is made.",
  appliesTo: interfaces,
  requirements: ["TKT-5.5"],
  check: ({ groups, subnets, unknownSubnets, what }) => {
    const expected = "security groups made for it";
    // Outside a VPC there are none.
    if (subnets.length === 0 && unknownSubnets.length === 0 && groups.length === 0 && what !== "load balancer")
      return [];
    if (groups.length === 0) {
      const place = unknownSubnets[0];
      return [objection("security_groups", what === "load balancer" ? undefined : place, expected)];
    }
    return groups
      .filter(({ origin }) => origin === "default")
      .map(({ key }) => objection("security_groups", `the ${key}`, expected));
  },
});
