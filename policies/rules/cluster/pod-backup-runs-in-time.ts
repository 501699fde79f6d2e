import { objection, rule } from "../../engine/rule.ts";
import { longestGapOfCron } from "../../model/backups/aws-schedules.ts";
import { podBackups } from "../../model/backups/pod-backups.ts";
import { Fields } from "../../model/cluster/fields.ts";
import { placeOfManifest } from "../../model/place.ts";
import { isUnknown } from "../../model/value.ts";

/** As on hosts, where a timer makes it. */
export const podBackupRunsInTime = rule({
  id: "K8S-047",
  slug: "pod-backup-runs-in-time",
  severity: "critical",
  title: "Every declared backup that pods make is started by a CronJob, often enough",
  why: "A dump that is suspended, or that runs on a day that never comes, is missed on the day it is needed.",
  fix: "A CronJob with the runner's name, not suspended, whose schedule is within the recovery point.",
  appliesTo: podBackups,
  needsDeclaration: true,
  requirements: ["NOD-3.2"],
  check: ({ backup: { runner, recoveryPointSeconds: most }, job }) => {
    if (job === undefined) return [objection("CronJob", undefined, `${runner}, at least every ${most} s`)];
    const at = placeOfManifest(job);
    const spec = new Fields(job.body["spec"]);
    const suspended = spec.flag("suspend") ?? false;
    const schedule = spec.text("schedule") ?? "";
    const gap = isUnknown(schedule) ? undefined : longestGapOfCron(schedule);
    const got = gap === undefined ? schedule : `${String(schedule)}: every ${gap} s`;
    return [
      ...(suspended === false ? [] : [objection("spec.suspend", suspended, "false", at)]),
      ...(gap !== undefined && gap <= most ? [] : [objection("spec.schedule", got, `every ${most} s at least`, at)]),
    ];
  },
});
