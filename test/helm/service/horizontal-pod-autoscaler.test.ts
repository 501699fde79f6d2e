import { expect, test } from "vitest";
import { names, render, the } from "./support/render.ts";
import { edge, minimal, withApi, withEdge, worker } from "./support/values.ts";

/** Autoscaling, and who owns the number of replicas. */

test("grows and shrinks by the main container's own CPU, one pod a minute downwards", async () => {
  const objects = await render(minimal);

  expect(the(objects, "HorizontalPodAutoscaler", "api").spec).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
    minReplicas: 3,
    maxReplicas: 10,
    metrics: [
      {
        type: "ContainerResource",
        containerResource: {
          name: "cpu",
          container: "api",
          target: { type: "Utilization", averageUtilization: 70 },
        },
      },
    ],
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] },
    },
  });
});

test("names a container of the pods, also of the edge, which has two", async () => {
  const objects = await render(withEdge);

  for (const name of ["api", "edge"]) {
    const [metric] = the(objects, "HorizontalPodAutoscaler", name).spec.metrics;
    const pod = the(objects, "Deployment", name).spec.template.spec;
    const containers: readonly { readonly name: string }[] = pod.containers;
    expect(containers.map((each) => each.name)).toContain(metric.containerResource.container);
  }
  expect(edge.replicas.max).toBe(6);
});

test("owns the number of replicas: the Deployment states none", async () => {
  expect("replicas" in the(await render(minimal), "Deployment", "api").spec).toBe(false);
});

test("is not there where the number cannot grow, and the Deployment states it", async () => {
  const objects = await render({ ...minimal, components: { worker } });

  expect(names(objects, "HorizontalPodAutoscaler")).toEqual([]);
  expect(the(objects, "Deployment", "worker").spec.replicas).toBe(2);
});

test("each colour has its own, so that both run at least the minimum", async () => {
  const objects = await render(withApi({ deploy: "blue-green" }));

  expect(names(objects, "HorizontalPodAutoscaler")).toEqual(["api-blue", "api-green"]);
  for (const colour of ["blue", "green"]) {
    const { spec } = the(objects, "HorizontalPodAutoscaler", `api-${colour}`);
    expect([spec.minReplicas, spec.scaleTargetRef.name]).toEqual([3, `api-${colour}`]);
  }
});
