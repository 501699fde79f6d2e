import { objection, rule } from "../../engine/rule.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { namesHolder } from "../../model/identity/own-rights.ts";
import { isAdministrative, reachOfAll } from "../../model/identity/reach.ts";
import { strengtheningIn } from "../../model/identity/stronger.ts";
import { shown } from "../../model/value.ts";

/** Changing policies, keys, trusts or functions at will is worth as much as all that they give. */
export const nobodyMakesHimselfStronger = rule({
  id: "IAM-005",
  slug: "nobody-makes-himself-stronger",
  severity: "critical",
  title: "No identity may change rights, its own or others', at will",
  why: "iam:PutRolePolicy, CreatePolicyVersion, sts:AssumeRole or kms:PutKeyPolicy on everything turns any foothold into an administrator.",
  fix: "Leave changes of rights to the pipeline. What must stay needs one named resource that is not its holder, or a condition on iam:PermissionsBoundary.",
  appliesTo: identityPolicies,
  requirements: [],
  check: (policy, estate) =>
    allowedIn(policy).flatMap(([path, statement]) => {
      if (isAdministrative(statement)) return [];
      const atWill = reachOfAll(statement.resources) !== "some";
      // On one named resource it may be in order, but not on whoever has the policy.
      const found = strengtheningIn(statement).filter((each) => atWill || each.startsWith("iam:"));
      if (found.length > 0 && !atWill && !namesHolder(statement, policy, estate)) return [];
      return found.length === 0
        ? []
        : [
            objection(
              `${path}.Action`,
              `${shown(found)} on ${shown(statement.resources?.patterns)}`,
              "none of these, or on a named resource other than its holder, his policies and his boundary",
            ),
          ];
    }),
});
