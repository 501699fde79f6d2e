import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { digest, job, minimal, withJob } from "./support/values.ts";

/** Jobs before a release, and all they need, which nothing else is there to bring yet. */

const release = { on: "release", order: 1 } as const;
const hook = (weight: string) => ({
  "helm.sh/hook": "pre-install,pre-upgrade",
  "helm.sh/hook-weight": weight,
  "helm.sh/hook-delete-policy": "before-hook-creation",
});

const whole = withJob(
  {
    run: release,
    env: { A: "b" },
    secrets: { PASSWORD: { secret: "production/records/db-migrate" } },
    certificate: { commonName: "migrate.records", dnsNames: [], usages: ["client auth"] },
  },
  "migrate",
);

test("runs before an install and before an upgrade, in its order, and is tried once", async () => {
  const objects = await render(whole);
  const { metadata, spec } = the(objects, "Job", "migrate");
  const { template: _, ...run } = spec;

  expect(metadata.annotations).toEqual({ ...hook("1"), "kubernetes.io/description": "dumps" });
  expect(run).toEqual({
    backoffLimit: 0,
    activeDeadlineSeconds: 3600,
    podReplacementPolicy: "Failed",
    ttlSecondsAfterFinished: 600,
  });
  expect(names(objects, "CronJob")).toEqual([]);
});

test("what it needs comes before it: all the same hook, of lower weight", async () => {
  const objects = await render(whole);
  const own = objects.filter(({ metadata }) => metadata.labels["app.kubernetes.io/name"] === "migrate");

  expect(own.map(({ kind, metadata }) => [kind, metadata.name, metadata.annotations]).sort()).toEqual([
    ["Certificate", "migrate", hook("-1")],
    ["ConfigMap", "migrate-env", hook("-1")],
    ["Job", "migrate", { ...hook("1"), "kubernetes.io/description": "dumps" }],
    ["NetworkPolicy", "migrate", hook("-1")],
    ["SecretProviderClass", "migrate", hook("-1")],
    ["ServiceAccount", "migrate", hook("-1")],
  ]);
});

test("nothing else is a hook", async () => {
  const objects = await render({ ...whole, jobs: { ...whole.jobs, dump: job } });
  const hooks = objects.filter(({ metadata }) => metadata.annotations?.["helm.sh/hook"] !== undefined);

  expect(new Set(hooks.map(({ metadata }) => metadata.labels["app.kubernetes.io/name"]))).toEqual(new Set(["migrate"]));
});

test("the first one has weight 0, still above what it needs", async () => {
  const objects = await render(withJob({ run: { on: "release", order: 0 } }, "logins"));

  expect(the(objects, "Job", "logins").metadata.annotations?.["helm.sh/hook-weight"]).toBe("0");
});

test("runs the images of the colour that changed last, while the other one is live", async () => {
  const { images } = minimal.release;
  const green = { ...images.green, "platform/backup-tools": digest("d") };
  const objects = await render({ ...whole, release: { live: "blue", newest: "green", images: { ...images, green } } });
  const [container] = the(objects, "Job", "migrate").spec.template.spec.containers;

  expect(container.image).toBe(`${minimal.registry}/platform/backup-tools@${digest("d")}`);
});

test("a scheduled job runs those of the live colour", async () => {
  const { images } = minimal.release;
  const green = { ...images.green, "platform/backup-tools": digest("d") };
  const objects = await render({
    ...withJob({}),
    release: { live: "blue", newest: "green", images: { ...images, green } },
  });
  const [container] = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec.containers;

  expect(container.image).toBe(`${minimal.registry}/platform/backup-tools@${digest("c")}`);
});

test("fails when its order is none", async () => {
  expect(await refusal({ ...minimal, jobs: { migrate: { ...job, run: { on: "release" } } } })).toEqual([
    "- at '/jobs/migrate/run': missing property 'order'",
  ]);
});
