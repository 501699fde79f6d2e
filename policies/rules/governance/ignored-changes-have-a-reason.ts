import { objection, rule } from "../../engine/rule.ts";
import { ignoredChanges, withoutReason } from "../../model/governance/ignored-changes.ts";

/** What Terraform ignores, someone may change by hand, and no plan tells. */
export const ignoredChangesHaveAReason = rule({
  id: "GOV-011",
  slug: "ignored-changes-have-a-reason",
  severity: "medium",
  title: "Terraform ignores only what others change in the normal course of things",
  why: "A policy, a group or an encryption flag that is ignored stays open after the mistake that opened it.",
  fix: "Take it out of lifecycle.ignore_changes.",
  appliesTo: ignoredChanges,
  requirements: [],
  check(ignored) {
    const found = withoutReason(ignored);
    return found.length === 0
      ? []
      : [objection("lifecycle.ignore_changes", found, "what scalers, patching or AWS itself change")];
  },
});
