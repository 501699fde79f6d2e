import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { longestGapOfCron } from "../../model/backups/aws-schedules.ts";
import { Fields } from "../../model/cluster/fields.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { isUnknown } from "../../model/value.ts";

const HOURS = 3600;

/** A job that hangs is ended, one that fails stops trying, and none runs beside itself. */
export const jobComesToAnEnd = rule({
  id: "K8S-013",
  slug: "job-comes-to-an-end",
  severity: "medium",
  title: "Jobs start, end in time, try again a few times, go away, and never run beside themselves",
  why: "A dump that hangs for a week is a week without dumps and nobody is told; two that run together spoil each other's files.",
  fix: "Set activeDeadlineSeconds, backoffLimit 0 to 6 and ttlSecondsAfterFinished; of a CronJob timeZone, concurrencyPolicy Forbid, startingDeadlineSeconds and history limits of 3 or less.",
  appliesTo: pods,
  requirements: ["NOD-3.2"],
  concerns: ({ kind }) => kind === "Job" || kind === "CronJob",
  check: (pod, { declaration }) => {
    const spec = new Fields(pod.manifest.body["spec"]);
    if (pod.kind === "Job") return endOf(pod, spec, "spec");
    return [
      ...scheduleOf(spec),
      ...(declaration === undefined ? [] : startOf(spec)),
      ...endOf(pod, spec.in("jobTemplate", "spec"), "spec.jobTemplate.spec"),
    ];
  },
});

function endOf(pod: Pod, job: Fields, at: string): readonly Objection[] {
  const within = (field: string, most: number): readonly Objection[] =>
    demand<number | string>(
      `${at}.${field}`,
      job.number(field) ?? "nothing",
      `${most} or less`,
      (each) => Number(each) <= most,
    );
  return [
    ...within("activeDeadlineSeconds", 24 * HOURS),
    ...within("backoffLimit", 6),
    // Of a CronJob history limits do the same.
    ...(pod.kind === "Job" ? within("ttlSecondsAfterFinished", 7 * 24 * HOURS) : []),
    ...demand(`${pod.path}.restartPolicy`, pod.spec.text("restartPolicy") ?? "Always", "Never or OnFailure", (each) =>
      ["Never", "OnFailure"].includes(each),
    ),
  ];
}

/** What people start by hand is suspended, and its day never comes; all else runs. One alone is a job that somebody switched off. */
function startOf(spec: Fields): readonly Objection[] {
  const [suspended, schedule] = [spec.flag("suspend") ?? false, spec.text("schedule") ?? ""];
  if (isUnknown(suspended) || isUnknown(schedule)) return [objection("spec.suspend", suspended, "true or false")];
  const never = longestGapOfCron(schedule) === Number.POSITIVE_INFINITY;
  if (suspended === never) return [];
  return suspended
    ? [objection("spec.suspend", "true", `false, for ${schedule} is a day that comes`)]
    : [objection("spec.schedule", `${schedule}, a day that never comes`, "a day that comes, or suspend")];
}

function scheduleOf(spec: Fields): readonly Objection[] {
  const few = (field: string, fallback: number): readonly Objection[] =>
    demand(`spec.${field}`, spec.number(field) ?? fallback, "1 to 3", (each) => each >= 1 && each <= 3);
  const schedule = spec.text("schedule") ?? "nothing";
  return [
    ...demand(
      "spec.schedule",
      schedule,
      "five fields, or @daily and the like, without TZ",
      (each) =>
        /^(?:\S+\s+){4}\S+$|^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(each) &&
        !each.includes("TZ="),
    ),
    ...(spec.has("timeZone") ? [] : [objection("spec.timeZone", undefined, "a name, or the cluster's own decides")]),
    ...demand("spec.concurrencyPolicy", spec.text("concurrencyPolicy") ?? "Allow", "Forbid or Replace", (each) =>
      ["Forbid", "Replace"].includes(each),
    ),
    // Ten seconds are how often the controller looks: below, runs are missed.
    ...demand<number | string>(
      "spec.startingDeadlineSeconds",
      spec.number("startingDeadlineSeconds") ?? "nothing",
      "10 or more",
      (each) => Number(each) >= 10,
    ),
    ...few("successfulJobsHistoryLimit", 3),
    ...few("failedJobsHistoryLimit", 1),
  ];
}
