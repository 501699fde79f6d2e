import { objection, rule } from "../../engine/rule.ts";
import { identities } from "../../model/identity/identities.ts";
import { isAdministrativePolicy } from "../../model/identity/managed-policies.ts";
import { isUnknown } from "../../model/value.ts";

/** What the pipeline makes, and what people and the pipeline take, has a limit that its policies cannot pass. */
export const identityHasBoundary = rule({
  id: "IAM-007",
  slug: "identity-has-boundary",
  severity: "high",
  title: "Every role and user carries a permissions boundary",
  why: "One policy too wide, attached by mistake or by a thief, then still cannot end backups, keys and the record.",
  fix: "Set permissions_boundary to the ARN of the account's boundary.",
  appliesTo: identities,
  requirements: [],
  concerns: ({ type }) => type !== "group",
  check({ boundary }) {
    const expected = "the policy that bounds whatever is made in the account";
    if (boundary === undefined) return [objection("permissions_boundary", boundary, expected)];
    const isNone = isUnknown(boundary)
      ? boundary.resource?.type !== "aws_iam_policy"
      : isAdministrativePolicy(boundary);
    return isNone ? [objection("permissions_boundary", boundary, expected)] : [];
  },
});
