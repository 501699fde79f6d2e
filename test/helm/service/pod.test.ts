import { beforeAll, describe, expect, test } from "vitest";
import { all, containersOf, each, type NamedPod, podsOf, releasesUnderTest, workloadOf } from "./support/pods.ts";
import { type Rendered, refusal, render, the } from "./support/render.ts";
import { api, edge, minimal, withEdge } from "./support/values.ts";

/** What every pod is, may do and is known by. */

describe.each(releasesUnderTest)("every pod of $title", ({ service, values }) => {
  let objects: readonly Rendered[];
  let pods: readonly NamedPod[];
  beforeAll(async () => {
    objects = await render(values, { name: service });
    pods = podsOf(objects);
  });

  test("is one of a component or job of the values, and there is one for each", () => {
    const expected = [
      ...Object.entries<{ deploy: string }>(values.components).flatMap(([name, { deploy }]) =>
        deploy === "blue-green" ? [`Deployment/${name}-blue`, `Deployment/${name}-green`] : [`Deployment/${name}`],
      ),
      ...Object.entries<{ run: { on: string } }>(values.jobs).map(([name, { run }]) =>
        run.on === "release" ? `Job/${name}` : `CronJob/${name}`,
      ),
    ];

    expect(pods.map(([name]) => name).sort()).toEqual(expected.sort());
  });

  test("has no token of the Kubernetes API, and acts as itself alone", () => {
    expect(each(pods, ({ spec }) => spec.automountServiceAccountToken)).toEqual(all(pods, false));
    expect(each(pods, ({ spec, metadata }) => spec.serviceAccountName === workloadOf({ metadata }))).toEqual(
      all(pods, true),
    );
  });

  test("runs as nobody in particular, under the runtime's seccomp profile", () => {
    expect(each(pods, ({ spec }) => spec.securityContext)).toEqual(
      all(pods, {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: "RuntimeDefault" },
      }),
    );
  });

  test("has containers that can gain no rights and write nowhere but to scratch space", () => {
    const contexts = pods.flatMap(([, pod]) => containersOf(pod).map(({ securityContext }) => securityContext));

    expect(contexts).toEqual(
      contexts.map(() => ({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
      })),
    );
  });

  test("has nothing of its node: no network, process, path or port", () => {
    const keys = ["hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace", "tolerations"];

    expect(each(pods, ({ spec }) => keys.filter((key) => key in spec))).toEqual(all(pods, []));
    expect(JSON.stringify(pods)).not.toMatch(/hostPath|hostPort/);
  });

  test("knows of no other service by variables", () => {
    expect(each(pods, ({ spec }) => spec.enableServiceLinks)).toEqual(all(pods, false));
  });

  test("runs on nodes of its service only", () => {
    expect(each(pods, ({ spec }) => spec.nodeSelector)).toEqual(all(pods, { "karpenter.sh/nodepool": service }));
  });

  test("runs images of our registry by digest", () => {
    const images = pods.flatMap(([, pod]) => containersOf(pod).map(({ image }) => image));

    expect(
      images.filter(
        (image) => !/^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9/-]+@sha256:[0-9a-f]{64}$/.test(image),
      ),
    ).toEqual([]);
  });

  test("says whose it is and how bad a leak would be", () => {
    const { environment, owner, data } = values;

    expect(each(pods, ({ metadata }) => metadata.labels)).toEqual(
      each(pods, ({ metadata }) => ({
        ...metadata.labels,
        "app.kubernetes.io/part-of": service,
        "app.kubernetes.io/instance": service,
        "app.kubernetes.io/managed-by": "Helm",
        "platform.example.org/environment": environment,
        "platform.example.org/owner": owner,
        "platform.example.org/data": data,
      })),
    );
  });
});

test("a TLS sidecar and the edge's exporter ask for what the values say", async () => {
  const sidecarResources = {
    requests: { cpu: "70m", memory: "96Mi", "ephemeral-storage": "200Mi" },
    limits: { memory: "96Mi", "ephemeral-storage": "200Mi" },
  };

  const objects = await render({ ...withEdge, sidecarResources, sidecarScratch: "100Mi" });

  const resourcesIn = (name: string) =>
    Object.fromEntries(
      containersOf(the(objects, "Deployment", name).spec.template).map((container) => [
        container.name,
        container.resources,
      ]),
    );
  expect(the(objects, "Deployment", "api").spec.template.spec.volumes).toContainEqual({
    name: "sidecar-tmp",
    emptyDir: { sizeLimit: "100Mi" },
  });
  expect(resourcesIn("api")).toMatchObject({ tls: sidecarResources, api: api.resources });
  expect(resourcesIn("edge")).toMatchObject({ exporter: sidecarResources, edge: edge.resources });
});

test("fails when the values do not say what a sidecar asks for", async () => {
  const { sidecarResources: _, ...rest } = minimal;

  expect(await refusal(rest)).toEqual(["- at '': missing property 'sidecarResources'"]);
});
