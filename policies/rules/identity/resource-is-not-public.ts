import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { isForeign } from "../../model/identity/accounts.ts";
import { namesOthers, narrows, sourcesOf } from "../../model/identity/conditions.ts";
import { allowedBy, resourcePolicies } from "../../model/identity/resource-policies.ts";
import { standingOf } from "../../model/identity/standing.ts";
import type { Principal, Statement } from "../../model/policy-statement.ts";
import { isUnknown } from "../../model/value.ts";

/** Who may use a resource is someone of this account, or named: never anyone. */
export const resourceIsNotPublic = rule({
  id: "IAM-014",
  slug: "resource-is-not-public",
  severity: "critical",
  title: "No policy of a resource lets in anyone, or another account that nobody declared",
  why: "A bucket, key, queue, topic, secret or image that anyone may use is on the internet, whatever networks say.",
  fix: "Name roles of this account. For a principal of * demand aws:PrincipalOrgID, aws:PrincipalAccount, aws:PrincipalArn or an endpoint.",
  appliesTo: resourcePolicies,
  requirements: ["TKT-7.4", "BRK-25.6"],
  check(policy, estate) {
    const { document, attribute, of } = policy;
    if (isUnknown(document)) return [objection(attribute, document, `a policy of the ${of} that outputs show`)];
    return allowedBy(policy).flatMap(([path, statement]) => {
      // What a device may do follows from its certificate, and what stands without principals is its carrier's.
      if (statement.principals === undefined) return [];
      if (statement.principals.except)
        return [objection(`${path}.NotPrincipal`, "everyone but a few", "named principals")];
      return statement.principals.all.flatMap((each) => against(each, statement, path, estate));
    });
  },
});

function against({ type, who }: Principal, statement: Statement, path: string, estate: Estate): readonly Objection[] {
  const attribute = `${path}.Principal`;
  const strangers = sourcesOf(statement).filter((each) => isForeign(estate, each));
  if (strangers.length > 0) return [objection(attribute, `whoever acts for ${strangers.join(", ")}`, "this account")];
  if (type === "Service" && !isUnknown(who) && who !== "*") return [];
  const standing = standingOf(who, estate);
  if (isUnknown(standing)) return [objection(attribute, standing, "principals that outputs show")];
  const expected = "named principals, or a condition that only ours can meet";
  if (standing === "anyone") return narrows(statement) ? [] : [objection(attribute, "anyone", expected)];
  return standing === "ours" || namesOthers(statement)
    ? []
    : [objection(attribute, `${who}, of another account`, "principals of this account")];
}
