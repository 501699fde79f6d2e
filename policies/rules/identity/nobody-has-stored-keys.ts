import { objection, rule } from "../../engine/rule.ts";
import { storedKeys } from "../../model/identity/stored-keys.ts";

/** What never ends is stolen one day: roles give credentials for an hour. */
export const nobodyHasStoredKeys = rule({
  id: "IAM-012",
  slug: "nobody-has-stored-keys",
  severity: "critical",
  title: "Nobody is given an access key, a password or a key of SSH that lasts",
  why: "A key made by Terraform lies in its state, works from anywhere and without a second factor, and never expires.",
  fix: "Use roles: of hosts, of pods, of jobs by their tokens, of people by the organization's sign-in.",
  appliesTo: storedKeys,
  requirements: ["NOD-2.3", "TKT-5.2", "NOD-SEC.1"],
  check: ({ attribute, what }) =>
    what === undefined ? [] : [objection(attribute, what, "a role that is taken for a while")],
});
