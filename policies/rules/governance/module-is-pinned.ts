import { objection, rule } from "../../engine/rule.ts";
import { isPinned, moduleCalls } from "../../model/governance/modules.ts";
import { shown } from "../../model/value.ts";

/** Code of others is what it was when somebody read it. */
export const moduleIsPinned = rule({
  id: "GOV-010",
  slug: "module-is-pinned",
  severity: "high",
  title: "Modules of others are pinned to a commit or to one version of a registry",
  why: "A branch or a tag can be moved: the next plan runs whatever its owner, or a thief, has put there.",
  fix: "source with ?ref=<40 characters of a commit>, or of a registry with one exact version.",
  appliesTo: moduleCalls,
  requirements: [],
  check: (call) =>
    isPinned(call)
      ? []
      : [objection("source", `${call.source}, version ${shown(call.version)}`, "a commit, or one exact version")],
});
