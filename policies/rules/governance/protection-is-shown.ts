import { objection, rule } from "../../engine/rule.ts";
import { shownNames } from "../../model/governance/shown-names.ts";

/** A name is no proof: what it stands for is judged where outputs hold it, and nowhere else. */
export const protectionIsShown = rule({
  id: "GOV-025",
  slug: "protection-is-shown",
  severity: "high",
  title: "Boundaries, roles, certificates, web ACLs and copies that an environment names stand in its outputs",
  why: "A boundary that bounds nothing, an administrator's role or an empty web ACL is named just like one that was judged.",
  fix: "Refer to the resource, or name one that a state of the environment makes.",
  appliesTo: shownNames,
  requirements: [],
  check: ({ attribute, named, isShown, what }) =>
    isShown ? [] : [objection(attribute, named, `${what} that outputs show`)],
});
