import { demand, rule } from "../../engine/rule.ts";
import { workbenches } from "../../model/identity/workbenches.ts";

/** Whatever runs there is written by whoever works there, or by whoever sends a change. */
export const workbenchHasNoRightsOnItsMachine = rule({
  id: "IAM-031",
  slug: "workbench-has-no-rights-on-its-machine",
  severity: "high",
  title: "Notebooks and builds are not root on their machine, and get credentials by a token",
  why: "A library that a notebook or a build loads becomes root with them, and reads the role's credentials by one request.",
  fix: 'root_access = "Disabled", minimum_instance_metadata_service_version = "2", privileged_mode = false; images are built without a daemon.',
  appliesTo: workbenches,
  requirements: [],
  check: ({ attribute, value, expected }) => demand(attribute, value, expected, (given) => given === expected),
});
