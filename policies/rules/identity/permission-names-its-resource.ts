import { type Objection, objection, rule } from "../../engine/rule.ts";
import { isGrave } from "../../model/identity/grave-actions.ts";
import { allowedIn, type IdentityPolicy, identityPolicies } from "../../model/identity/identity-policies.ts";
import { limitsResource } from "../../model/identity/limits.ts";
import { isAdministrative, reachOf, reachOfAll } from "../../model/identity/reach.ts";
import { isUnlimited } from "../../model/identity/unlimited-actions.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { Around } from "../../model/policy-text.ts";
import { isUnknown, shown, type Unknown, type Value } from "../../model/value.ts";

/** `*` as resource is for the few actions that AWS grants on nothing less; everything of a kind is for those that do no harm. */
export const permissionNamesItsResource = rule({
  id: "IAM-004",
  slug: "permission-names-its-resource",
  severity: "high",
  title: "What can be limited to a resource is; data, keys, deletion and commands never reach everything of a kind",
  why: "One host that may read any secret, or write to any bucket, is a way into every other service of the account.",
  fix: "Name the resource in the statement, or limit it by a condition on its tags or alias.",
  appliesTo: identityPolicies,
  requirements: [],
  check: (policy) =>
    allowedIn(policy).flatMap(([path, statement]) =>
      isAdministrative(statement) || limitsResource(statement)
        ? []
        : [...ofUnknown(path, statement), ...ofReached(path, statement, policy)],
    ),
});

/** Resources that outputs do not show; where the statement reaches everything anyhow, that is said instead. */
function ofUnknown(path: string, { resources }: Statement): readonly Objection[] {
  if (reachOfAll(resources) === "everything") return [];
  return (resources?.patterns ?? []).flatMap((each) =>
    isUnknown(each) && each.resource === undefined && !namesKind(each)
      ? [objection(`${path}.Resource`, each, "a resource that outputs show")]
      : [],
  );
}

/** Actions that reach farther than they may. */
function ofReached(path: string, { actions, resources }: Statement, { holders }: IdentityPolicy): readonly Objection[] {
  const everything = reachOfAll(resources) === "everything";
  const kind = everything ? undefined : resources?.patterns.find((each) => reachOf(plain(each)) === "a kind");
  if (!everything && kind === undefined) return [];
  const wrong = actions.patterns.filter((each) =>
    everything ? isUnknown(each) || !isUnlimited(each) : isGrave(each, holders),
  );
  if (wrong.length === 0 && !actions.except) return [];
  const on = kind === undefined ? "everything" : shown(kind);
  const got = wrong.length > 0 && wrong.every(isUnknown) ? wrong[0] : `${shown(wrong)} on ${on}`;
  return [objection(`${path}.Resource`, got, "resources that these actions are used on")];
}

/** An ARN with what outputs do not show in it replaced by some name: how far it reaches, the rest tells. */
const plain = (pattern: Value<string>): Value<string> =>
  isUnknown(pattern) && pattern.expression.startsWith("arn:")
    ? pattern.expression.replaceAll(/\$\{[^}]*\}/g, "some")
    : pattern;

/** Of an ARN with an expression in it, what it is an ARN of is still plain; so is what stands around a reference. */
const namesKind = (pattern: Unknown): boolean =>
  pattern instanceof Around || /^arn:[^:]*:[a-z0-9-]+:|^\$\{(?:data\.aws_|aws_)/.test(pattern.expression);
