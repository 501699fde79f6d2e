import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { minimal, withApi, worker } from "./support/values.ts";

/** Services: names of components in the cluster, and the switch between colours. */

test("has the ports that others reach, over the cluster's own address", async () => {
  const objects = await render({ ...minimal, components: { ...minimal.components, worker } });

  expect(names(objects, "Service")).toEqual(["api"]);
  expect(the(objects, "Service", "api").spec).toEqual({
    type: "ClusterIP",
    selector: { "app.kubernetes.io/name": "api", "app.kubernetes.io/part-of": "records" },
    ports: [
      { name: "metrics", port: 9102, targetPort: 9102, protocol: "TCP" },
      { name: "web", port: 8443, targetPort: 8443, protocol: "TCP" },
    ],
  });
});

test("its ports are those that NGINX, and else the component itself, listens on", async () => {
  const pod = the(await render(minimal), "Deployment", "api").spec.template.spec;

  expect(pod.initContainers[0].ports).toEqual([
    { name: "metrics", containerPort: 9102, protocol: "TCP" },
    { name: "web", containerPort: 8443, protocol: "TCP" },
  ]);
  expect(pod.containers[0].ports).toBeUndefined();
});

test.each(["blue", "green"] as const)("leads to the live colour: %s", async (live) => {
  const objects = await render({ ...withApi({ deploy: "blue-green" }), release: { ...minimal.release, live } });

  expect(names(objects, "Service")).toEqual(["api"]);
  expect(the(objects, "Service", "api").spec.selector).toEqual({
    "app.kubernetes.io/name": "api",
    "app.kubernetes.io/part-of": "records",
    "platform.example.org/colour": live,
  });
});

test("selects the pods of its component, in every way it is deployed", async () => {
  for (const deploy of ["rolling", "blue-green"] as const) {
    const objects = await render(withApi({ deploy }));
    const { selector } = the(objects, "Service", "api").spec;
    const selected = objects
      .filter(({ kind }) => kind === "Deployment")
      .filter(({ spec }) =>
        Object.entries(selector).every(([label, value]) => spec.template.metadata.labels[label] === value),
      )
      .map(({ metadata }) => metadata.name);

    expect([deploy, selected]).toEqual([deploy, [deploy === "rolling" ? "api" : "api-blue"]]);
  }
});

test("fails when the live colour is unknown", async () => {
  expect(await refusal({ ...minimal, release: { ...minimal.release, live: "red" } })).toEqual([
    "- at '/release/live': value must be one of 'blue', 'green'",
  ]);
});

test("fails when there is nothing to switch", async () => {
  expect(await refusal({ ...minimal, components: { worker: { ...worker, deploy: "blue-green" } } })).toEqual([
    "components/worker/deploy: must be rolling or singleton where nothing listens: there is nothing to switch, got blue-green",
  ]);
});

test.each([0, 65_536, 8443.5])("fails when a port is %d", async (port) => {
  const [line] = await refusal(withApi({ ports: { web: port } }));

  expect(line).toContain("at '/components/api/ports/web'");
});
