import { objection, rule } from "../../engine/rule.ts";
import { boundaries, openWays } from "../../model/identity/boundaries.ts";
import { isUnknown } from "../../model/value.ts";

/** A boundary that its carriers can lift, change or make others without is none. */
export const boundaryHolds = rule({
  id: "IAM-003",
  slug: "boundary-holds",
  severity: "critical",
  title: "Nobody gets around a boundary that he carries",
  why: "A pipeline that makes one role without the boundary, or a new version of it, has made itself an administrator.",
  fix: "Deny making and changing roles and users but with iam:PermissionsBoundary, lifting a boundary, keys and groups, and new versions of the boundary itself.",
  appliesTo: boundaries,
  requirements: [],
  check: (boundary) =>
    isUnknown(boundary.document)
      ? [objection("policy", boundary.document, "a boundary that outputs show")]
      : openWays(boundary).map((action) =>
          objection("policy", `leaves ${action} open`, `${action} denied, or allowed within the same boundary only`),
        ),
});
