import { objection, rule } from "../../engine/rule.ts";
import { namedBuckets } from "../../model/contract/named-buckets.ts";
import type { Estate } from "../../model/estate.ts";

const BUCKETS = {};

/** Names of buckets that Terraform makes. */
const ownBuckets = (estate: Estate): ReadonlySet<unknown> =>
  estate.once(
    BUCKETS,
    () => new Set(estate.terraform.ofType("aws_s3_bucket").map(({ block }) => block.text("bucket"))),
  );

/** What a host installs, leaves or reads lies in a bucket that is judged. */
export const hostNamesOwnBuckets = rule({
  id: "ONE-013",
  slug: "host-names-own-buckets",
  severity: "high",
  title: "Files of a host name only buckets that Terraform makes",
  why: "Packages of a stranger's bucket run as root; backups and logs in one are his, and the next restore finds nothing.",
  fix: "The name comes from the catalogue, as the bucket's own does.",
  appliesTo: namedBuckets,
  requirements: [],
  // Files of hosts alone do not show what there is.
  concerns: (_, estate) => ownBuckets(estate).size > 0,
  check: ({ names }, estate) =>
    names
      .filter((name) => !ownBuckets(estate).has(name))
      .map((name) => objection("bucket", name, "a bucket of Terraform")),
});
