import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Estate } from "../../model/estate.ts";
import { isForeign } from "../../model/identity/accounts.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { endpoints } from "../../model/identity/endpoints.ts";
import { pathOf } from "../../model/identity/identity-policies.ts";
import { isAllow, reachOf, reachOfAll } from "../../model/identity/reach.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown, shown } from "../../model/value.ts";

const WHOSE = ["aws:resourceaccount", "aws:resourceorgid"];

/** What leaves by an endpoint passes no firewall: it must not lead to buckets of strangers. */
export const endpointServesItsAccount = rule({
  id: "IAM-027",
  slug: "endpoint-serves-its-account",
  severity: "high",
  title: "An endpoint leads to resources of the account, or to named ones of AWS",
  why: "With a stranger's keys, a stolen host copies its data through the endpoint into the stranger's bucket, past the egress list.",
  fix: "Set policy with StringEquals aws:ResourceAccount and aws:PrincipalAccount; name what AWS keeps in its own accounts.",
  appliesTo: endpoints,
  requirements: [],
  check({ document }, estate) {
    if (document === undefined) return [objection("policy", "everyone, everything", "resources of the account")];
    if (isUnknown(document)) return [objection("policy", document, "a policy that outputs show")];
    return document.statements.flatMap((statement, at) => against(statement, pathOf("policy", statement, at), estate));
  },
});

function against(statement: Statement, path: string, estate: Estate): readonly Objection[] {
  if (!isAllow(statement)) return [];
  const whose = WHOSE.flatMap((key) => exactly(statement, key) ?? []);
  const strange = whose.filter((each) => isForeign(estate, each));
  const expected = "aws:ResourceAccount of the account";
  if (strange.length > 0) return [objection(`${path}.Condition`, `resources of ${shown(strange)}`, expected)];
  return whose.length > 0 || !leadsAnywhere(statement)
    ? []
    : [objection(`${path}.Condition`, "resources of anyone", expected)];
}

/**
 * Whether a statement reaches what others hold: ARNs of buckets name no account, so that all of them are everybody's. Other
 * ARNs without one are of what AWS keeps: `arn:aws:ssm:*::document/*`.
 */
const leadsAnywhere = ({ resources }: Statement): boolean =>
  reachOfAll(resources) === "everything" ||
  (resources?.patterns ?? []).some(
    (each) => !isUnknown(each) && reachOf(each) === "a kind" && /^arn:[^:]*:(?:s3:|[^:]*:[^:]*:[^:]*[*?])/.test(each),
  );
