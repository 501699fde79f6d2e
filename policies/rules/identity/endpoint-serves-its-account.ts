import { type Objection, objection, rule } from "../../engine/rule.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { endpoints } from "../../model/identity/endpoints.ts";
import { pathOf } from "../../model/identity/identity-policies.ts";
import { isAllow, reachOfAll } from "../../model/identity/reach.ts";
import type { Statement } from "../../model/policy-statement.ts";
import { isUnknown } from "../../model/value.ts";

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
  check({ document }) {
    if (document === undefined) return [objection("policy", "everyone, everything", "resources of the account")];
    if (isUnknown(document)) return [objection("policy", document, "a policy that outputs show")];
    return document.statements.flatMap((statement, at) => against(statement, pathOf("policy", statement, at)));
  },
});

function against(statement: Statement, path: string): readonly Objection[] {
  const isNamed =
    reachOfAll(statement.resources) !== "everything" || WHOSE.some((key) => exactly(statement, key) !== undefined);
  return !isAllow(statement) || isNamed
    ? []
    : [objection(`${path}.Condition`, "resources of anyone", "aws:ResourceAccount of the account")];
}
