import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { accountOf, isForeign, isWholeAccount } from "../../model/identity/accounts.ts";
import {
  admitsOthers,
  demandsFactor,
  exactly,
  namesOthers,
  narrows,
  sourcesOf,
} from "../../model/identity/conditions.ts";
import { standingOf } from "../../model/identity/standing.ts";
import { type Trust, trusts } from "../../model/identity/trusts.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown, type Value } from "../../model/value.ts";

/** A role is taken by named principals, or by an account under a condition that only the right one can meet. */
export const trustOfAccountsIsConditioned = rule({
  id: "IAM-008",
  slug: "trust-of-accounts-is-conditioned",
  severity: "critical",
  title:
    "No role can be taken by anyone, by an account that nobody declared, nor by a whole account without a further condition",
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
  const open = isWholeAccount(who) && !isForeign(estate, who) ? ofAccount(who, statement, attribute) : [];
  if (open.length > 0) return open;
  if (isUnknown(who)) {
    return who.resource === undefined && !isWholeAccount(who)
      ? [objection(attribute, who, "a principal that outputs show")]
      : [];
  }
  if (who.includes("*")) {
    const isOfOthers = sourcesOf(statement).some((each) => isForeign(estate, each));
    return narrows(statement, estate) && !isOfOthers
      ? []
      : [objection(attribute, who, "named principals, or those of our organization")];
  }
  return ofSomeone(who, statement, attribute, estate);
}

/** Someone by his ARN, his account or his id. */
function ofSomeone(who: string, statement: Statement, attribute: string, estate: Estate): readonly Objection[] {
  const standing = standingOf(who, estate);
  if (isUnknown(standing) && accountOf(who) === undefined)
    return [objection(attribute, standing, "a principal that outputs show")];
  const got = isUnknown(standing) ? standing : `${who}, of another account`;
  if (standing === "ours" || admitsOthers(statement, estate)) return [];
  const isDeclared = estate.declaration !== undefined;
  return [
    objection(
      attribute,
      got,
      isDeclared ? "principals of this account" : "a condition on sts:ExternalId or aws:PrincipalOrgID",
    ),
  ];
}

/** All of our own account may: whoever of it is robbed lets others in. */
function ofAccount(who: Value<string>, statement: Statement, attribute: string): readonly Objection[] {
  const isGuarded =
    demandsFactor(statement) || namesOthers(statement) || exactly(statement, "aws:principalarn") !== undefined;
  const expected = "a second factor, sts:ExternalId, aws:PrincipalOrgID or aws:PrincipalArn";
  return isGuarded ? [] : [objection(attribute, `${who} without a condition`, expected)];
}
