import { demand, type Objection, rule } from "../../engine/rule.ts";
import { buckets, type PublicAccess, refusals } from "../../model/buckets/buckets.ts";

const refusing = (access: PublicAccess): readonly Objection[] =>
  refusals.flatMap((name) => demand(name, access[name], "true", (refused) => refused));

/** Policies are judged by who they let in; this holds whatever a policy will say one day. */
export const bucketIsClosed = rule({
  id: "DATA-005",
  slug: "bucket-is-closed",
  severity: "critical",
  title: "Every bucket refuses the public, and its owner owns what lies in it",
  why: "One careless list or policy opens a bucket to everyone; each bucket refuses by itself, wherever it is moved to.",
  fix: "Add aws_s3_bucket_public_access_block with all four, aws_s3_bucket_ownership_controls with BucketOwnerEnforced, and no ACL.",
  appliesTo: buckets,
  requirements: ["MUN-2.9", "TKT-7.4", "BRK-25.6"],
  check: ({ publicAccess, accessPoints, ownership, acls }) => [
    ...refusing(publicAccess),
    ...accessPoints.flatMap((each) => refusing(each.publicAccess).map((said) => ({ ...said, at: each.at }))),
    ...demand(
      "rule.object_ownership",
      // The default of buckets made since April 2023 (Amazon S3 user guide), and not of older ones.
      ownership ?? "nothing",
      "BucketOwnerEnforced",
      (owner) => owner === "BucketOwnerEnforced",
    ),
    ...acls.flatMap((acl) => demand("acl", acl, "private, or none", (name) => name === "private")),
  ],
});
