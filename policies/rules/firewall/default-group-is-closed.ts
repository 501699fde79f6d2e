import { objection, rule } from "../../engine/rule.ts";
import { securityGroups } from "../../model/network/groups.ts";
import { unknownOf } from "../../model/network/openings.ts";

/** What names no group gets the VPC's default one: it must let nothing through. */
export const defaultGroupIsClosed = rule({
  id: "FW-005",
  slug: "default-group-is-closed",
  severity: "high",
  title: "The default security group of every VPC lets nothing through",
  why: "Whatever is started without naming a group lands in it; as AWS makes it, it lets its members talk to each other and to the whole world.",
  fix: "Manage it with aws_default_security_group and give it no rules.",
  appliesTo: securityGroups,
  requirements: [],
  concerns: ({ origin }) => origin === "default",
  check: ({ rules }) =>
    rules.map((each) => {
      const { at, path, direction, implied } = each;
      const said = implied ? `the rule that AWS makes for ${direction}` : `a rule for ${direction}`;
      return objection(path, unknownOf(each) ?? said, "no rules", at);
    }),
});
