import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { job, minimal, withJob } from "./support/values.ts";

/** Jobs by a schedule, and those that an operator starts. */

const { resources } = job;
const upload = { image: "platform/backup-tools", command: ["upload"], env: {}, resources };

test("starts at its time in its zone, never two at once, and ends at its limit", async () => {
  const { spec } = the(await render(withJob({})), "CronJob", "dump");
  const { jobTemplate, ...rest } = spec;
  const { template: _, ...run } = jobTemplate.spec;

  expect(rest).toEqual({
    schedule: "30 0 * * *",
    timeZone: "UTC",
    suspend: false,
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
  });
  expect(run).toEqual({
    backoffLimit: 1,
    activeDeadlineSeconds: 3600,
    podReplacementPolicy: "Failed",
    ttlSecondsAfterFinished: 600,
  });
});

test("its pod ends for good, and its node stays until then", async () => {
  const { template } = the(await render(withJob({})), "CronJob", "dump").spec.jobTemplate.spec;

  expect(template.spec.restartPolicy).toBe("Never");
  expect(template.metadata.annotations["karpenter.sh/do-not-disrupt"]).toBe("true");
});

test("one on demand never starts by itself, and is tried once: somebody is watching", async () => {
  const { spec } = the(await render(withJob({ run: { on: "demand" } }, "keys")), "CronJob", "keys");

  expect([spec.suspend, spec.schedule, spec.jobTemplate.spec.backoffLimit]).toEqual([true, "0 0 31 2 *", 0]);
});

test("the upload starts once the job has succeeded, and finds what that left", async () => {
  const objects = await render(
    withJob({
      upload,
      scratch: { "/backup": "1Gi", "/tmp": "64Mi" },
      secrets: { PASSWORD: { secret: "production/records/db-dump" } },
    }),
  );
  const pod = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec;
  const scratch = [
    { name: "scratch-backup", mountPath: "/backup" },
    { name: "scratch-tmp", mountPath: "/tmp" },
  ];

  expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual(["dump"]);
  expect(pod.initContainers[0].restartPolicy).toBeUndefined();
  expect(pod.initContainers[0].volumeMounts).toEqual([
    ...scratch,
    { name: "secrets", mountPath: "/mnt/secrets", readOnly: true },
  ]);
  expect(pod.containers.map(({ name }: { name: string }) => name)).toEqual(["upload"]);
  expect(pod.containers[0].volumeMounts).toEqual(scratch);
});

test("the upload gets none of the job's secrets", async () => {
  const objects = await render(
    withJob({
      upload,
      scratch: { "/backup": "1Gi" },
      secrets: { PASSWORD: { secret: "production/records/db-dump" } },
      composed: { URL: "x:$(PASSWORD)" },
    }),
  );
  const [container] = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec.containers;

  expect([container.env, container.envFrom]).toEqual([undefined, undefined]);
});

test("has no Job of its own", async () => {
  expect(names(await render(withJob({})), "Job")).toEqual([]);
});

test("fails when an upload would find nothing", async () => {
  expect(await refusal(withJob({ upload }))).toEqual([
    "jobs/dump/scratch: must be a map with /backup, where the upload finds what the job left, got /tmp",
  ]);
});

test.each([
  [
    "a time without its zone",
    { on: "schedule", cron: "30 0 * * *" },
    "at '/jobs/dump/run': missing property 'timeZone'",
  ],
  [
    "a name for a time",
    { on: "schedule", cron: "@daily", timeZone: "UTC" },
    "at '/jobs/dump/run/cron': '@daily' does not match pattern",
  ],
  [
    "an offset for a zone",
    { on: "schedule", cron: "30 0 * * *", timeZone: "+03:30" },
    "at '/jobs/dump/run/timeZone': '+03:30' does not match pattern",
  ],
  [
    "a day that is none",
    { on: "weekly" },
    "at '/jobs/dump/run/on': value must be one of 'schedule', 'release', 'demand'",
  ],
  ["a time that nobody reads", { on: "demand", cron: "30 0 * * *" }, "additional properties 'cron' not allowed"],
])("fails when it runs at %s", async (_, run, message) => {
  const lines = await refusal({ ...minimal, jobs: { dump: { ...job, run } } });

  expect(lines.join("\n")).toContain(message);
});
