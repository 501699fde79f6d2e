import { objection, rule } from "../../engine/rule.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { passedRoles } from "../../model/identity/passed-roles.ts";
import { allowsAction, isAdministrative } from "../../model/identity/reach.ts";
import { shown } from "../../model/value.ts";

/** Who hands a role to a service acts with it: each hand-over names the role and the service. */
export const passRoleIsLimited = rule({
  id: "IAM-006",
  slug: "pass-role-is-limited",
  severity: "critical",
  title: "Roles are handed over one by one, each to the service that it is for",
  why: "iam:PassRole on everything with ec2:RunInstances or a function is an administrator with one step more.",
  fix: "Name the role in Resource, and its service in a condition StringEquals iam:PassedToService.",
  appliesTo: identityPolicies,
  requirements: [],
  check: (policy, estate) =>
    allowedIn(policy).flatMap(([path, statement]) => {
      if (isAdministrative(statement) || !allowsAction(statement.actions, "iam:PassRole")) return [];
      const services = exactly(statement, "iam:passedtoservice");
      const unnamed = passedRoles(statement, services ?? [], estate);
      return [
        ...unnamed.map((role) =>
          objection(
            `${path}.Resource`,
            role,
            `a role by its name, or a pattern of roles that trust ${shown(services)} alone`,
          ),
        ),
        ...(services === undefined
          ? [
              objection(
                `${path}.Condition.iam:PassedToService`,
                statement.actions.patterns.includes("*") ? "any service" : "no service named",
                "the service that the role is for",
              ),
            ]
          : []),
      ];
    }),
});
