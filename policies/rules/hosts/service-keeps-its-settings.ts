import { objection, rule } from "../../engine/rule.ts";
import { ownFiles } from "../../model/hosts/unit-files.ts";

/** An empty assignment takes away what stands above it: in a drop-in that is meant, in one file it is a mistake. */
export const serviceKeepsItsSettings = rule({
  id: "HOST-015",
  slug: "service-keeps-its-settings",
  severity: "medium",
  title: "No unit takes back what it has just said",
  why: "The service starts without its environment or its list of system calls, and the file looks as if it had them.",
  fix: "Leave the empty assignment to drop-ins, or put it first.",
  appliesTo: ownFiles,
  requirements: [],
  check: ({ lost }) => lost.map((name) => objection(name, "emptied after it was set", "what is set stays set")),
});
