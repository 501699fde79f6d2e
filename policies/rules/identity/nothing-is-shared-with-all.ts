import { objection, rule } from "../../engine/rule.ts";
import { shares } from "../../model/identity/shares.ts";

/** Images, snapshots and documents are shared by switches of their own, past every policy. */
export const nothingIsSharedWithAll = rule({
  id: "IAM-023",
  slug: "nothing-is-shared-with-all",
  severity: "critical",
  title: "No image, snapshot, document or identity pool is open to everyone or to undeclared accounts",
  why: "A snapshot shared with all is the whole database, to be copied by any customer of AWS within minutes.",
  fix: "Take the share away, or name an account of ours.",
  appliesTo: shares,
  requirements: [],
  check: ({ attribute, whom }, estate) =>
    whom(estate).map((each) => objection(attribute, each, "nobody outside the account")),
});
