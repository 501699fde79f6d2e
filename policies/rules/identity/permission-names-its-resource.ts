import { objection, rule } from "../../engine/rule.ts";
import { allowedIn, identityPolicies } from "../../model/identity/identity-policies.ts";
import { limitsResource } from "../../model/identity/limits.ts";
import { isAdministrative, reachOfAll } from "../../model/identity/reach.ts";
import { isUnlimited } from "../../model/identity/unlimited-actions.ts";
import { Around } from "../../model/policy-text.ts";
import { isUnknown, shown, type Unknown } from "../../model/value.ts";

/** `*` as resource is for the few actions that AWS grants on nothing less. */
export const permissionNamesItsResource = rule({
  id: "IAM-004",
  slug: "permission-names-its-resource",
  severity: "high",
  title: "What can be limited to a resource is",
  why: "One host that may read any secret, or write to any bucket, is a way into every other service of the account.",
  fix: "Name the resource in the statement, or limit it by a condition on its tags, alias or account.",
  appliesTo: identityPolicies,
  requirements: [],
  check: (policy) =>
    allowedIn(policy).flatMap(([path, statement]) => {
      const { actions, resources } = statement;
      if (isAdministrative(statement) || limitsResource(statement)) return [];
      const unknown = resources?.patterns.filter(
        (each) => isUnknown(each) && each.resource === undefined && !namesKind(each),
      );
      if (reachOfAll(resources) !== "everything") {
        return (unknown ?? []).map((each) => objection(`${path}.Resource`, each, "a resource that outputs show"));
      }
      const limitable = actions.patterns.filter((each) => isUnknown(each) || !isUnlimited(each));
      if (limitable.length === 0 && !actions.except) return [];
      return [
        objection(`${path}.Resource`, `${shown(limitable)} on everything`, "resources that these actions are used on"),
      ];
    }),
});

/** Of an ARN with an expression in it, what it is an ARN of is still plain; so is what stands around a reference. */
const namesKind = (pattern: Unknown): boolean =>
  pattern instanceof Around || /^arn:[^:]*:[a-z0-9-]+:|^\$\{(?:data\.aws_|aws_)/.test(pattern.expression);
