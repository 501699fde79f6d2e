import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { job, minimal, worker } from "./support/values.ts";

/** Identities of pods: the names that roles at AWS are bound to. */

const values = { ...minimal, components: { ...minimal.components, worker }, jobs: { dump: job } };

test("every component and job has a service account of its own name", async () => {
  const objects = await render(values);

  expect(names(objects, "ServiceAccount")).toEqual(["api", "dump", "worker"]);
});

test("its token goes to no pod", async () => {
  const objects = await render(values);

  expect(the(objects, "ServiceAccount", "dump")).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: {
      name: "dump",
      namespace: "records",
      labels: {
        "app.kubernetes.io/name": "dump",
        "app.kubernetes.io/part-of": "records",
        "app.kubernetes.io/instance": "records",
        "app.kubernetes.io/managed-by": "Helm",
        "platform.example.org/environment": "production",
        "platform.example.org/owner": "archive",
        "platform.example.org/data": "personal",
      },
    },
    automountServiceAccountToken: false,
  });
});

test("both colours of a component share it, for they have one role", async () => {
  const objects = await render({
    ...minimal,
    components: { api: { ...minimal.components["api"], deploy: "blue-green" } },
  });

  expect(names(objects, "ServiceAccount")).toEqual(["api"]);
  const accounts = objects
    .filter(({ kind }) => kind === "Deployment")
    .map(({ spec }) => spec.template.spec.serviceAccountName);
  expect(accounts).toEqual(["api", "api"]);
});

test("fails when a job has the name of a component, whose role it would get", async () => {
  expect(await refusal({ ...minimal, jobs: { api: job } })).toEqual([
    "jobs/api: must be a name that no component has: both would be the service account api, got api",
  ]);
});
