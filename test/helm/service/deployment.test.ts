import { expect, test } from "vitest";
import { names, refusal, render, the } from "./support/render.ts";
import { digest, edge, minimal, withApi, withEdge, worker } from "./support/values.ts";

/** Deployments: how pods are replaced, in one colour and in two; the containers of edge and sidecar. */

const single = { ...worker, deploy: "singleton", replicas: { min: 1, max: 1, cpuPercent: 70 } } as const;

test("replaces pods without losing one, and gives up after a quarter of an hour", async () => {
  const { template: _, ...spec } = the(await render(minimal), "Deployment", "api").spec;

  expect(spec).toEqual({
    revisionHistoryLimit: 3,
    progressDeadlineSeconds: 900,
    minReadySeconds: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
    selector: { matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/part-of": "records" } },
  });
});

test("of a singleton the old pod stops before the new one starts", async () => {
  const { spec } = the(await render({ ...minimal, components: { beat: single } }), "Deployment", "beat");

  expect([spec.replicas, spec.strategy]).toEqual([1, { type: "Recreate" }]);
});

test("two colours are two Deployments, whose pods are told apart by label", async () => {
  const objects = await render(withApi({ deploy: "blue-green" }));

  expect(names(objects, "Deployment")).toEqual(["api-blue", "api-green"]);
  for (const colour of ["blue", "green"]) {
    const { spec } = the(objects, "Deployment", `api-${colour}`);
    const labels = {
      "app.kubernetes.io/name": "api",
      "app.kubernetes.io/part-of": "records",
      "platform.example.org/colour": colour,
    };
    expect(spec.selector.matchLabels).toEqual(labels);
    expect(spec.template.metadata.labels).toMatchObject(labels);
  }
});

test("each colour runs its own images, and what has no colour those of the live one", async () => {
  const { images } = minimal.release;
  const green = { "platform/records": digest("1"), "platform/edge": digest("2"), "platform/backup-tools": digest("3") };
  const objects = await render({
    ...withApi({ deploy: "blue-green" }),
    components: { ...withApi({ deploy: "blue-green" }).components, worker },
    release: { live: "blue", newest: "green", images: { blue: images.blue, green } },
  });
  const imagesOf = (name: string) => {
    const pod = the(objects, "Deployment", name).spec.template.spec;
    return [...(pod.initContainers ?? []), ...pod.containers].map(({ image }) => image);
  };

  expect(imagesOf("api-blue")).toEqual([
    `${minimal.registry}/platform/edge@${digest("b")}`,
    `${minimal.registry}/platform/records@${digest("a")}`,
  ]);
  expect(imagesOf("api-green")).toEqual([
    `${minimal.registry}/platform/edge@${digest("2")}`,
    `${minimal.registry}/platform/records@${digest("1")}`,
  ]);
  expect(imagesOf("worker")).toEqual([`${minimal.registry}/platform/records@${digest("a")}`]);
});

test("the sidecar starts before the component, stops after it, and is asked on its own port only", async () => {
  const [sidecar, ...others] = the(await render(minimal), "Deployment", "api").spec.template.spec.initContainers;

  expect(others).toEqual([]);
  expect(sidecar).toMatchObject({
    name: "tls",
    command: ["nginx", "-e", "stderr", "-g", "daemon off;"],
    restartPolicy: "Always",
    startupProbe: { tcpSocket: { port: 9102 }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
    livenessProbe: { tcpSocket: { port: 9102 }, periodSeconds: 20, timeoutSeconds: 3, failureThreshold: 3 },
    volumeMounts: [
      { name: "sidecar-tmp", mountPath: "/tmp" },
      { name: "nginx", mountPath: "/etc/nginx/nginx.conf", subPath: "nginx.conf", readOnly: true },
      { name: "tls", mountPath: "/etc/tls", readOnly: true },
    ],
  });
});

test("the edge is NGINX itself, and its exporter stands beside it", async () => {
  const { initContainers, containers } = the(await render(withEdge), "Deployment", "edge").spec.template.spec;
  const [nginx, exporter, ...others] = containers;

  expect([initContainers, others]).toEqual([undefined, []]);
  expect([nginx.name, nginx.command]).toEqual(["edge", ["nginx", "-e", "stderr", "-g", "daemon off;"]]);
  expect(nginx.ports).toEqual([
    { name: "metrics", containerPort: 9113, protocol: "TCP" },
    { name: "web", containerPort: 8443, protocol: "TCP" },
  ]);
  expect([exporter.name, exporter.image]).toEqual(["exporter", nginx.image]);
  expect(exporter.command).toEqual([
    "nginx-prometheus-exporter",
    "--nginx.scrape-uri=http://127.0.0.1:8081/stub_status",
    "--web.listen-address=127.0.0.1:19113",
  ]);
});

test("an old pod of the edge stays until the load balancer has found the new one healthy", async () => {
  expect(the(await render(withEdge), "Deployment", "edge").spec.minReadySeconds).toBe(30);
});

test("missing figures never take the edge out of service", async () => {
  const [, exporter] = the(await render(withEdge), "Deployment", "edge").spec.template.spec.containers;

  expect(exporter.readinessProbe).toBeUndefined();
  expect(exporter.livenessProbe.httpGet).toEqual({ path: "/metrics", port: 9113, scheme: "HTTPS" });
});

test("says what it is for, and has a fingerprint of its pods that changes with them alone", async () => {
  const annotationsOf = async (values: unknown) => the(await render(values), "Deployment", "api").metadata.annotations;
  const before = await annotationsOf(minimal);

  expect(before).toEqual({
    "kubernetes.io/description": "answers",
    "platform.example.org/template": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await annotationsOf(withApi({ replicas: { min: 4, max: 9, cpuPercent: 60 } }))).toEqual(before);
  expect(await annotationsOf(withApi({ longestRequestSeconds: 31 }))).not.toEqual(before);
});

test("fails when a singleton may grow, or replicas shrink below their minimum", async () => {
  const replicas = { min: 3, max: 2, cpuPercent: 70 };

  expect(
    await refusal({
      ...minimal,
      components: {
        beat: { ...single, replicas: { min: 1, max: 2, cpuPercent: 70 } },
        worker: { ...worker, replicas },
      },
    }),
  ).toEqual([
    "components/beat/replicas/max: must be 1, for a second one would do harm, got 2",
    "components/worker/replicas/max: must be at least min (3), got 2",
  ]);
});

test("fails when NGINX would listen on a port twice, or on one that no Service has", async () => {
  const server = { port: 8443, upstream: 8000, speaks: "http", bodyBytes: 0, timeoutSeconds: 30 } as const;
  const { edge: config } = edge;
  if (config === undefined) throw new Error("the edge has no configuration");
  const front = { ...edge, edge: { ...config, metricsPort: 9114 }, sidecar: { web: server } };

  expect(await refusal(withApi({ sidecar: { one: server, two: { ...server, upstream: 8443 } } }))).toEqual([
    "components/api/sidecar/two/port: must be another port than that of one: both would listen on it, got 8443",
    "components/api/sidecar/two/upstream: must be another port than that of two: both would listen on it, got 8443",
  ]);
  expect(await refusal({ ...withEdge, components: { ...withEdge.components, edge: front } })).toEqual([
    "components/edge/sidecar: must be absent: the edge is NGINX itself, got one",
    "components/edge/edge/metricsPort: must be a port of the component (9113, 8443), got 9114",
  ]);
});

test("fails when NGINX has nowhere to write", async () => {
  expect(
    await refusal({
      ...withEdge,
      components: { ...withEdge.components, edge: { ...edge, scratch: { "/cache": "1Gi" } } },
    }),
  ).toEqual(["components/edge/scratch: must be a map with /tmp, where NGINX keeps bodies that wait, got /cache"]);
});

test("fails when a route of the edge leads nowhere", async () => {
  const { edge: config } = edge;
  const [route] = config?.routes ?? [];
  const front = { ...edge, edge: { ...config, routes: [{ ...route, to: "backend" }] } };

  expect(await refusal({ ...withEdge, components: { ...withEdge.components, edge: front } })).toEqual([
    "components/edge/edge/routes/0/to: must be an upstream (api), got backend",
  ]);
});
