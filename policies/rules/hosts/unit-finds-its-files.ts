import { objection, rule } from "../../engine/rule.ts";
import { unitReads } from "../../model/hosts/unit-reads.ts";
import { Unknown } from "../../model/value.ts";

/** What a unit reads is rendered with it: otherwise nobody knows what it will read. */
export const unitFindsItsFiles = rule({
  id: "HOST-048",
  slug: "unit-finds-its-files",
  severity: "medium",
  title: "Environments, settings and tasks that units name are among the files of their host",
  why: "What is not rendered is judged by nobody: the service fails at its next start, or starts with whatever lies there.",
  fix: "Render the file with the unit; take the unit away with it.",
  appliesTo: unitReads,
  requirements: [],
  check: ({ lost, unread }) => [
    ...lost.map(({ setting, what }) => objection(setting, new Unknown(`${what} is not shown`), "a file of this host")),
    ...unread.map((path) => objection("EnvironmentFile", path, "a name that ends in .env, by which rules know it")),
  ],
});
