import { expect, test } from "vitest";
import { names, render, the } from "./support/render.ts";
import { minimal, withApi, worker } from "./support/values.ts";

/** How many pods may leave their nodes at once. */

test("lets one pod go at a time, and a broken one always", async () => {
  expect(the(await render(minimal), "PodDisruptionBudget", "api").spec).toEqual({
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/part-of": "records" } },
  });
});

test("each colour has its own: pods of one do not use up the other's", async () => {
  const objects = await render(withApi({ deploy: "blue-green" }));

  expect(names(objects, "PodDisruptionBudget")).toEqual(["api-blue", "api-green"]);
  expect(the(objects, "PodDisruptionBudget", "api-green").spec.selector.matchLabels).toEqual(
    the(objects, "Deployment", "api-green").spec.selector.matchLabels,
  );
});

test("a single pod has none: its node could never be renewed", async () => {
  const single = { min: 1, max: 1, cpuPercent: 70 };
  const objects = await render({
    ...minimal,
    components: { worker: { ...worker, deploy: "singleton", replicas: single } },
  });

  expect(names(objects, "PodDisruptionBudget")).toEqual([]);
});
