import { type Objection, objection, rule } from "../../engine/rule.ts";
import { allowsAction, coversService } from "../../model/identity/reach.ts";
import { allowedBy, type ResourcePolicy, resourcePolicies } from "../../model/identity/resource-policies.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown } from "../../model/value.ts";

/** A key's policy leaves someone who can mend it, and gives nobody but the account everything. */
export const keyKeepsAnAdministrator = rule({
  id: "IAM-016",
  slug: "key-keeps-an-administrator",
  severity: "critical",
  title: "A key's policy can be changed by someone of the account, and gives all of kms:* to nobody else",
  why: "A key without an administrator locks its data away for good: not even AWS's support opens it.",
  fix: "Allow kms:PutKeyPolicy, without conditions, to the account's root or to an administrative role.",
  appliesTo: resourcePolicies,
  requirements: [],
  concerns: ({ of }) => of === "key",
  check: (policy) => (isUnknown(policy.document) ? [] : [...administratorOf(policy), ...widelyGiven(policy)]),
});

function administratorOf(policy: ResourcePolicy): readonly Objection[] {
  const keeps = allowedBy(policy).some(
    ([, statement]) =>
      allowsAction(statement.actions, "kms:PutKeyPolicy") &&
      isOfSomeone(statement) &&
      statement.conditions.every(({ key }) => key === "aws:principalarn" || key === "kms:calleraccount"),
  );
  return keeps
    ? []
    : [objection(policy.attribute, "nobody may change it", "kms:PutKeyPolicy for someone of the account")];
}

const isOfSomeone = ({ principals }: Statement): boolean =>
  principals !== undefined && !principals.except && principals.all.some(({ type }) => type === "AWS");

function widelyGiven(policy: ResourcePolicy): readonly Objection[] {
  return allowedBy(policy).flatMap(([path, { actions, principals }]) => {
    const others = (principals?.all ?? []).filter(({ who }) =>
      isUnknown(who) ? !/:root$|caller_identity/.test(who.expression) : !who.endsWith(":root") && !/^\d{12}$/.test(who),
    );
    return coversService(actions) && others.length > 0
      ? [objection(`${path}.Action`, `kms:* for ${others.map(({ who }) => String(who)).join(", ")}`, "named actions")]
      : [];
  });
}
