import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { cronJob, job, onPod } from "./examples/workloads.ts";

const JOB = "Job/shop/web spec";
const CRON = "CronJob/shop/web spec";

export const examples: Examples = {
  good: [
    { title: "a job that ends, and a nightly one", manifests: [job(), cronJob()] },
    {
      title: "a job that runs, and one that people start by hand",
      manifests: [cronJob(), cronJob({ metadata: { name: "keys" } }, { suspend: true, schedule: "0 0 31 2 *" })],
      declaration: {},
    },
    { title: "what another team suspended", manifests: [cronJob({}, { suspend: true })] },
    { title: "a schedule by name", manifests: [cronJob({}, { schedule: "@daily", concurrencyPolicy: "Replace" })] },
  ],
  bad: [
    {
      title: "a nightly job that somebody suspended",
      manifests: [cronJob({}, { suspend: true })],
      declaration: {},
      finds: [`${CRON}.suspend`],
    },
    {
      title: "a job on a day that never comes",
      manifests: [cronJob({}, { schedule: "0 0 31 2 *" })],
      declaration: {},
      finds: [`${CRON}.schedule`],
    },
    {
      title: "a job without bounds",
      manifests: [
        job({
          spec: { activeDeadlineSeconds: undefined, backoffLimit: undefined, ttlSecondsAfterFinished: undefined },
        }),
      ],
      finds: [`${JOB}.activeDeadlineSeconds`, `${JOB}.backoffLimit`, `${JOB}.ttlSecondsAfterFinished`],
    },
    {
      title: "a job that is tried a hundred times for a week",
      manifests: [job({ spec: { activeDeadlineSeconds: 604_800, backoffLimit: 100 } })],
      finds: [`${JOB}.activeDeadlineSeconds`, `${JOB}.backoffLimit`],
    },
    {
      title: "a nightly job in whatever time zone, beside itself",
      manifests: [
        cronJob(
          {},
          {
            timeZone: undefined,
            concurrencyPolicy: undefined,
            startingDeadlineSeconds: undefined,
            failedJobsHistoryLimit: 0,
          },
        ),
      ],
      finds: [
        `${CRON}.timeZone`,
        `${CRON}.concurrencyPolicy`,
        `${CRON}.startingDeadlineSeconds`,
        `${CRON}.failedJobsHistoryLimit`,
      ],
    },
    {
      title: "a schedule that is none, and a pod that starts again for ever",
      manifests: [cronJob({ pod: { restartPolicy: "Always" } }, { schedule: "TZ=UTC 0 4 * *" })],
      finds: [`${CRON}.schedule`, `${CRON}.jobTemplate.spec.template.spec.restartPolicy`],
    },
  ],
  unknown: [
    {
      title: "the schedule is still to be filled in",
      manifests: [cronJob({}, { schedule: "{{ .Values.schedule }}" })],
      finds: [`${CRON}.schedule`],
    },
  ],
};

const inCron = (title: string, change: JsonObject): Mutation =>
  onObject("CronJob", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  inCron("let a nightly job run beside itself", { concurrencyPolicy: "Allow" }),
  inCron("suspend a job", { suspend: true, schedule: "0 3 * * *" }),
  inCron("run on a day that never comes", { suspend: false, schedule: "0 0 31 2 *" }),
  inCron("leave the time zone to the cluster", { timeZone: undefined }),
  onObject("CronJob", "lift the deadline of a nightly job", (body) => {
    delete body.spec.jobTemplate.spec.activeDeadlineSeconds;
    return body;
  }),
  onObject("Job", "try a migration again and again", (body) => ({ ...body, spec: { ...body.spec, backoffLimit: 20 } })),
  onObject("Job", "keep finished jobs", (body) => ({
    ...body,
    spec: { ...body.spec, ttlSecondsAfterFinished: undefined },
  })),
  onPod(
    "restart a nightly job for ever",
    (pod) => {
      pod.restartPolicy = "Always";
    },
    "CronJob",
  ),
];
