import { objection, rule } from "../../engine/rule.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { isAdministrative } from "../../model/identity/reach.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** Whole services on everything are an administrator's, however they are spelled: `*`, `?*`, `iam:*`, NotAction. */
export const grantIsLimited = rule({
  id: "IAM-001",
  slug: "grant-is-limited",
  severity: "critical",
  title: "No policy of an identity allows a whole service on all that there is",
  why: "Whoever takes over one host or pod with such a policy has the account: all data, all keys, all backups.",
  fix: "Name the actions that are used and the resources that they are used on.",
  appliesTo: identityPolicies,
  requirements: [],
  check: (policy) =>
    isUnknown(policy.document)
      ? [objection(policy.attribute, policy.document, "a policy that outputs show")]
      : allowedIn(policy).flatMap(([path, statement]) =>
          isAdministrative(statement)
            ? [
                objection(
                  `${path}.${statement.actions.except ? "NotAction" : "Action"}`,
                  `${statement.actions.except ? "everything but " : ""}${shown(statement.actions.patterns)} on ${shown(statement.resources?.except ? "all but a few" : statement.resources?.patterns)}`,
                  "named actions, or named resources",
                ),
              ]
            : [],
        ),
});
