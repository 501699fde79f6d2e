import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { isForeign, isWholeAccount } from "../../model/identity/accounts.ts";
import { demandsFactor, exactly, namesOthers, narrows } from "../../model/identity/conditions.ts";
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
  if (isUnknown(who) && !isWholeAccount(who)) {
    return who.resource === undefined ? [objection(attribute, who, "a principal that outputs show")] : [];
  }
  if (!isUnknown(who) && who.includes("*")) {
    return narrows(statement) ? [] : [objection(attribute, who, "named principals, or those of an organization")];
  }
  if (isForeign(estate, who)) {
    return namesOthers(statement)
      ? []
      : [objection(attribute, `${who}, of another account`, "a condition on sts:ExternalId or aws:PrincipalOrgID")];
  }
  const isGuarded =
    demandsFactor(statement) || namesOthers(statement) || exactly(statement, "aws:principalarn") !== undefined;
  return !isWholeAccount(who) || isGuarded
    ? []
    : [
        objection(
          attribute,
          `${who} without a condition`,
          "a second factor, sts:ExternalId, aws:PrincipalOrgID or aws:PrincipalArn",
        ),
      ];
}
