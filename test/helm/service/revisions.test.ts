import { expect, test } from "vitest";
import { type Rendered, render, the } from "./support/render.ts";
import { api, digest, job, minimal, withEdge, worker } from "./support/values.ts";

/** Two revisions of a release, there and back: what Kubernetes lets nobody change stays as it is. */

const blueGreen = { ...api, deploy: "blue-green" } as const;
const before = {
  ...withEdge,
  components: { ...withEdge.components, api: blueGreen, worker },
  jobs: { dump: job, migrate: { ...job, run: { on: "release", order: 0 } }, keys: { ...job, run: { on: "demand" } } },
};

const { images } = minimal.release;
const green = Object.fromEntries(Object.keys(images.green).map((image) => [image, digest("f")]));
const server = { port: 9443, upstream: 8000, speaks: "http", bodyBytes: 0, timeoutSeconds: 30 };
const moved = {
  ...blueGreen,
  ports: { web: 9443, metrics: 9102 },
  sidecar: { ...blueGreen.sidecar, web: server },
  probes: Object.fromEntries(
    ["startup", "readiness", "liveness"].map((kind) => [
      kind,
      { tcpSocket: { port: 9443 }, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    ]),
  ),
};

const revisions = {
  "other digests": { ...before, release: { live: "blue", newest: "green", images: { ...images, green } } },
  "the other colour": { ...before, release: { live: "green", newest: "green", images: { ...images, green } } },
  "another port": { ...before, components: { ...before.components, api: moved } },
  "more of everything": {
    ...before,
    owner: "others",
    components: {
      ...before.components,
      api: { ...blueGreen, env: { MORE: "1" }, replicas: { min: 4, max: 20, cpuPercent: 50 } },
    },
    jobs: {
      ...before.jobs,
      dump: { ...job, limitSeconds: 60, run: { on: "schedule", cron: "0 1 * * *", timeZone: "Asia/Tehran" } },
    },
  },
};

/** What Kubernetes refuses to change, or what belongs to who runs: by kind and name. */
function fixed(objects: readonly Rendered[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    objects.map(({ kind, metadata, spec }): [string, unknown] => {
      const key = `${kind}/${metadata.name}`;
      switch (kind) {
        case "Deployment":
          return [key, spec.selector];
        case "Service":
          return [key, [spec.type, spec.clusterIP]];
        case "Job":
          return [key, metadata.annotations?.["helm.sh/hook-delete-policy"]];
        case "PodDisruptionBudget":
          return [key, spec.selector];
        case "HorizontalPodAutoscaler":
          return [key, spec.scaleTargetRef];
        case "Certificate":
          return [key, spec.secretName];
        case "TargetGroupBinding":
          return [key, [spec.targetGroupARN, spec.targetType]];
        default:
          return [key, undefined];
      }
    }),
  );
}

test.each(Object.entries(revisions))(
  "an upgrade to %s, and the way back, keep names and immutable fields",
  async (_, after) => {
    const [old, young] = [await render(before), await render(after)];

    // Otherwise this would prove nothing.
    expect(young).not.toEqual(old);
    expect(fixed(young)).toEqual(fixed(old));
    expect(fixed(old)).toMatchObject({
      "Deployment/api-blue": {
        matchLabels: { "app.kubernetes.io/name": "api", "platform.example.org/colour": "blue" },
      },
      "Service/api": ["ClusterIP", undefined],
      "Job/migrate": "before-hook-creation",
      "CronJob/dump": undefined,
    });
  },
);

test("the switch changes nothing of either colour's pods, so that the way back is as quick", async () => {
  const [one, two] = [await render(revisions["other digests"]), await render(revisions["the other colour"])];

  for (const name of ["api-blue", "api-green"]) {
    expect(the(two, "Deployment", name)).toEqual(the(one, "Deployment", name));
  }
  expect(the(two, "Service", "api").spec.selector).not.toEqual(the(one, "Service", "api").spec.selector);
});

test("an upgrade of one colour leaves the other's pods alone", async () => {
  const [old, young] = [await render(before), await render(revisions["other digests"])];

  expect(the(young, "Deployment", "api-blue")).toEqual(the(old, "Deployment", "api-blue"));
  expect(the(young, "Deployment", "api-green")).not.toEqual(the(old, "Deployment", "api-green"));
});

test("no version of the chart replaces pods or stands in a selector", async () => {
  const objects = await render(before);

  for (const { spec } of objects.filter(({ kind }) => kind === "Deployment")) {
    expect(JSON.stringify([spec.selector, spec.template.metadata])).not.toMatch(/helm\.sh\/chart|version/);
  }
});
