import type { Job } from "../../services/schema/job.ts";
import { type Context, pathOf } from "./context.ts";
import { cronOf } from "./cron.ts";
import type { JobValues } from "./service-values.ts";
import { uploadOf } from "./uploads.ts";
import { workloadValues } from "./workload.ts";

/**
 * What a job waits for. Pods know two ways: jobs of one release run one after another, and a job that reads a backup back
 * fails where the last run left no copy. Throws for any other.
 */
function predecessorOf(path: string, job: Job): Job | undefined {
  const { after, schedule, verifies } = job;
  if (after === undefined || (after.kind === "backup" && after === verifies)) return undefined;
  const both = after.kind === "job" && after.on.kind === "pods" && after.schedule.every === "release";
  if (after.kind === "job" && both && schedule.every === "release") return after;
  const allowed = "a job before the same release, or the backup that it verifies";
  throw new Error(`${path}/after: must be ${allowed}; got ${after.name}`);
}

/** How many jobs run before this one. */
function orderOf(context: Context, job: Job): number {
  const before = predecessorOf(pathOf(context, job), job);
  return before === undefined ? 0 : orderOf(context, before) + 1;
}

function runOf(context: Context, job: Job): JobValues["run"] {
  const order = orderOf(context, job);
  switch (job.schedule.every) {
    case "release":
      return { on: "release", order };
    case "demand":
      return { on: "demand" };
    default:
      return { on: "schedule", ...cronOf(`${pathOf(context, job)}/schedule`, job.schedule) };
  }
}

/** Values of a job on pods. */
export function jobValues(context: Context, job: Job): JobValues {
  const upload = uploadOf(context, job);
  return {
    ...workloadValues(context, job),
    limitSeconds: Math.ceil(job.limit),
    run: runOf(context, job),
    ...(upload === undefined ? {} : { upload }),
  };
}
