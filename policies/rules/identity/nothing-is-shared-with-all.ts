import { objection, rule } from "../../engine/rule.ts";
import { shares } from "../../model/identity/shares.ts";

/** Images, snapshots, keys, networks and lists of S3 are opened to others past every policy: by a name, or by a switch. */
export const nothingIsSharedWithAll = rule({
  id: "IAM-023",
  slug: "nothing-is-shared-with-all",
  severity: "critical",
  title:
    "Nothing is shared with everyone or with accounts that nobody declared: no image, snapshot, document, key, list or network",
  why: "A snapshot shared with all is the whole database, to be copied by any customer of AWS within minutes; a grant of its key reads it for good.",
  fix: "Take the share away, or name an account of ours.",
  appliesTo: shares,
  requirements: [],
  check: ({ attribute, whom }, estate) =>
    whom(estate).map((each) => objection(attribute, each, "nobody outside the account")),
});
