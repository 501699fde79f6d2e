import { objection, rule } from "../../engine/rule.ts";
import { machines, partiesWith } from "../../model/identity/machines.ts";
import { trustedServices, trusts } from "../../model/identity/trusts.ts";

/** A machine has credentials that end, of a role that nothing but machines take. */
export const machineHasItsOwnRole = rule({
  id: "IAM-018",
  slug: "machine-has-its-own-role",
  severity: "medium",
  title: "Every machine has an instance profile whose role only EC2 takes, for its own component",
  why: "A machine without a role is given keys in a file sooner or later; a role that others take too has their rights as well.",
  fix: "Set iam_instance_profile to a profile with a role of its own that trusts ec2.amazonaws.com alone.",
  appliesTo: machines,
  requirements: [],
  check({ profile, role, party, isTemplate }, estate) {
    if (profile === undefined) {
      return isTemplate ? [] : [objection("iam_instance_profile", profile, "the profile of a role of its own")];
    }
    const others = estate
      .of(trusts)
      .filter((each) => each.role === role && role !== undefined)
      .flatMap((each) =>
        each.principals.every(({ type }) => type === "Service") ? trustedServices(each) : ["people or tokens"],
      )
      .filter((who) => who !== "ec2.amazonaws.com");
    // Machines of one component are alike; those of others do what they do.
    const parties = role === undefined || party === undefined ? [] : [...partiesWith(estate, role)];
    const takers = [...others, ...parties.filter((each) => each !== party)];
    return takers.length === 0
      ? []
      : [
          objection(
            "iam_instance_profile",
            `a role that ${takers.join(", ")} take too`,
            "a role that its component alone takes, by EC2",
          ),
        ];
  },
});
