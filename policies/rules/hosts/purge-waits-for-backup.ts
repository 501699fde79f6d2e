import { objection, rule } from "../../engine/rule.ts";
import { purges } from "../../model/hosts/purges.ts";

/** What deletes for good begins only after a backup that has been made. */
export const purgeWaitsForBackup = rule({
  id: "HOST-019",
  slug: "purge-waits-for-backup",
  severity: "high",
  title: "What deletes data waits for a backup of the same host",
  why: "At the same hour, or after a backup that failed, a purge deletes messages of which no copy exists.",
  fix: "Name the backup as `after` of the task, or Requires= and After= of its service.",
  appliesTo: purges,
  requirements: ["BRK-27.5", "BRK-SEC.26"],
  check: ({ name, waitsFor, backups }) =>
    waitsFor.length > 0
      ? []
      : [objection(`${name}: after`, undefined, `a backup of this host: ${backups.join(", ") || "it makes none"}`)],
});
