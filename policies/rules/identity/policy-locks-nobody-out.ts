import { objection, rule } from "../../engine/rule.ts";
import { pathOf } from "../../model/identity/identity-policies.ts";
import { coversService, isAllow } from "../../model/identity/reach.ts";
import { resourcePolicies } from "../../model/identity/resource-policies.ts";
import { isUnknown } from "../../model/value.ts";

/** A denial of everything to everyone cannot be taken back by anyone but the root of the account. */
export const policyLocksNobodyOut = rule({
  id: "IAM-026",
  slug: "policy-locks-nobody-out",
  severity: "high",
  title: "No policy of a resource denies everything to everyone",
  why: "Data and the policy itself are then out of reach, and only the account's root, with its hardware token, gets them back.",
  fix: "Add the condition under which it is to be denied, or name the actions.",
  appliesTo: resourcePolicies,
  requirements: [],
  check: ({ document, attribute }) =>
    isUnknown(document)
      ? []
      : document.statements.flatMap((statement, at) => {
          const { principals, actions, conditions } = statement;
          const isForAll =
            principals !== undefined && (principals.except || principals.all.some(({ who }) => who === "*"));
          return !isAllow(statement) && isForAll && coversService(actions) && conditions.length === 0
            ? [
                objection(
                  `${pathOf(attribute, statement, at)}.Effect`,
                  "everything denied to everyone",
                  "a condition, or named actions",
                ),
              ]
            : [];
        }),
});
