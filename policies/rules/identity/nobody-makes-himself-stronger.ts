import { objection, rule } from "../../engine/rule.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { namesHolder } from "../../model/identity/own-rights.ts";
import { isAdministrative, reachOfAll } from "../../model/identity/reach.ts";
import { strengtheningIn } from "../../model/identity/stronger.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown, shown } from "../../model/value.ts";

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
      const ofHolder = (each: string) => each.startsWith("iam:") && namesHolder(statement, policy, estate);
      const anywhere = (each: string) => each === "sts:AssumeRole" && isOfAnyAccount(statement);
      const found = strengtheningIn(statement).filter((each) => atWill || ofHolder(each) || anywhere(each));
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

const OF_ACCOUNT = ["aws:resourceaccount", "aws:resourceorgid"];

/** A role of a name in whatever account: everybody has accounts, and gives roles what names he likes. */
const isOfAnyAccount = (statement: Statement): boolean =>
  (statement.resources?.patterns ?? []).some((each) => !isUnknown(each) && /^arn:[^:]*:iam::[^:]*\*/.test(each)) &&
  !OF_ACCOUNT.some((key) => exactly(statement, key) !== undefined);
