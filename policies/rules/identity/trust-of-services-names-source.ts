import { objection, rule } from "../../engine/rule.ts";
import { isForeign } from "../../model/identity/accounts.ts";
import { namesSource, sourcesOf, strangeOrganizations } from "../../model/identity/conditions.ts";
import { sayForWhomTheyTakeRoles } from "../../model/identity/deputies.ts";
import { trustedServices, trusts } from "../../model/identity/trusts.ts";
import { isUnknown, shown } from "../../model/value.ts";

const EXPECTED = "aws:SourceAccount or aws:SourceArn of this account";

/** A service that says for whom it takes a role takes ours for nobody else. */
export const trustOfServicesNamesSource = rule({
  id: "IAM-010",
  slug: "trust-of-services-names-source",
  severity: "high",
  title: "A service takes a role only on behalf of this account, where it says on whose",
  why: "A customer of the same service who learns the role's ARN could otherwise make the service act with our rights.",
  fix: "Add StringEquals aws:SourceAccount with the account, or ArnLike aws:SourceArn with what the role is for.",
  appliesTo: trusts,
  requirements: [],
  concerns: (trust) => trustedServices(trust).some((each) => sayForWhomTheyTakeRoles.has(each)),
  check(trust, estate) {
    const { statement, path } = trust;
    if (isUnknown(statement)) return [];
    const services = trustedServices(trust).filter((each) => sayForWhomTheyTakeRoles.has(each));
    const others = [
      ...sourcesOf(statement).filter((each) => isForeign(estate, each)),
      ...strangeOrganizations(statement, estate),
    ];
    const whom = namesSource(statement) ? others.join(", ") : "anyone";
    return whom === "" ? [] : [objection(`${path}.Condition`, `${shown(services)} for ${whom}`, EXPECTED)];
  },
});
