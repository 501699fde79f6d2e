import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { isForeign, isWholeAccount } from "../../model/identity/accounts.ts";
import { demandsFactor, exactly, namesOthers, narrows } from "../../model/identity/conditions.ts";
import { standingOf } from "../../model/identity/standing.ts";
import { type Trust, trusts } from "../../model/identity/trusts.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown, type Value } from "../../model/value.ts";

/** A role is taken by named principals, or by an account under a condition that only the right one can meet. */
export const trustOfAccountsIsConditioned = rule({
  id: "IAM-008",
  slug: "trust-of-accounts-is-conditioned",
  severity: "critical",
  title: "No role can be taken by anyone, nor by a whole account without a further condition",
  why: "A principal of * is every customer of AWS; a whole account is every key of it that is ever stolen.",
  fix: "Name roles. For people demand aws:MultiFactorAuthPresent, for others sts:ExternalId or aws:PrincipalOrgID.",
  appliesTo: trusts,
  requirements: ["NOD-5.4", "BRK-24.5"],
  check(trust, estate) {
    const { path, statement } = trust;
    if (isUnknown(statement)) return [objection(path, statement, "a trust that outputs show")];
    if (statement.principals === undefined || statement.principals.except) {
      return [objection(`${path}.Principal`, "everyone but a few", "named principals")];
    }
    return trust.principals
      .filter(({ type, who }) => (type !== "Service" && type !== "Federated") || who === "*")
      .flatMap(({ who }) => against(who, statement, trust, estate));
  },
});

function against(who: Value<string>, statement: Statement, { path }: Trust, estate: Estate): readonly Objection[] {
  const attribute = `${path}.Principal`;
  if (isWholeAccount(who) && !isForeign(estate, who)) return ofAccount(who, statement, attribute);
  if (isUnknown(who)) {
    return who.resource === undefined ? [objection(attribute, who, "a principal that outputs show")] : [];
  }
  if (who.includes("*")) {
    return narrows(statement) ? [] : [objection(attribute, who, "named principals, or those of an organization")];
  }
  const standing = standingOf(who, estate);
  if (isUnknown(standing)) return [objection(attribute, standing, "a principal that outputs show")];
  return standing === "ours" || namesOthers(statement)
    ? []
    : [objection(attribute, `${who}, of another account`, "a condition on sts:ExternalId or aws:PrincipalOrgID")];
}

/** All of our own account may: whoever of it is robbed lets others in. */
function ofAccount(who: Value<string>, statement: Statement, attribute: string): readonly Objection[] {
  const isGuarded =
    demandsFactor(statement) || namesOthers(statement) || exactly(statement, "aws:principalarn") !== undefined;
  const expected = "a second factor, sts:ExternalId, aws:PrincipalOrgID or aws:PrincipalArn";
  return isGuarded ? [] : [objection(attribute, `${who} without a condition`, expected)];
}
