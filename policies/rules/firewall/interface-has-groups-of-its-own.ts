import { objection, rule } from "../../engine/rule.ts";
import { interfaces } from "../../model/network/interfaces.ts";
import { Unknown } from "../../model/value.ts";

/** Whatever has an address has a security group that was made for it. */
export const interfaceHasGroupsOfItsOwn = rule({
  id: "FW-016",
  slug: "interface-has-groups-of-its-own",
  severity: "high",
  title: "Everything with an address in a network has security groups of its own",
  why: "A network load balancer without groups is open on every listener; what names no group shares the default one with everything else that forgot; a group of elsewhere, beside those that are judged, may open all.",
  fix: "Name security groups that are made for it. A network load balancer takes them only when it is made.",
  appliesTo: interfaces,
  requirements: ["TKT-5.5"],
  check: ({ groups, subnets, unknownSubnets, what }, estate) => {
    const expected = "security groups made for it";
    // Outside a VPC there are none.
    if (subnets.length === 0 && unknownSubnets.length === 0 && groups.length === 0 && what !== "load balancer")
      return [];
    if (groups.length === 0) {
      const place = unknownSubnets[0];
      return [objection("security_groups", what === "load balancer" ? undefined : place, expected)];
    }
    return groups.flatMap(({ origin, key }) => {
      if (origin === "default") return [objection("security_groups", `the ${key}`, expected)];
      // What a group of elsewhere lets through, no rule sees. Of a part of an environment another file may hold it.
      const isElsewhere = origin === "foreign" && estate.isWhole;
      return isElsewhere ? [objection("security_groups", new Unknown(key), "groups that outputs show")] : [];
    });
  },
});
