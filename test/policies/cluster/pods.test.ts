import { describe, expect, test } from "vitest";
import { estateOf } from "../../../policies/engine/example.ts";
import type { Container } from "../../../policies/model/cluster/container.ts";
import { pods } from "../../../policies/model/cluster/pods.ts";
import { servedPods } from "../../../policies/model/cluster/services.ts";
import { workloads } from "../../../policies/model/cluster/workloads.ts";
import type { JsonObject } from "../../../policies/model/json.ts";
import { Unknown } from "../../../policies/model/value.ts";
import {
  barePod,
  cronJob,
  daemonSet,
  deployment,
  job,
  object,
  service,
} from "../../../policies/rules/cluster/examples/workloads.ts";

/** Pods are read alike from whatever makes them; what is not said is what Kubernetes documents. */

const podsOf = (...manifests: readonly JsonObject[]) => estateOf({ title: "", manifests }).of(pods);

function onlyContainer(pod: JsonObject): Container {
  const [found] = podsOf(object("v1", "Pod", "web", { spec: pod }));
  const [container] = found?.containers ?? [];
  if (container === undefined) throw new Error("no container was read");
  return container;
}

test("pods of every kind of object are found, and where they stand in it", () => {
  const template = deployment()["spec"] as JsonObject;
  const found = podsOf(
    ...[barePod(), deployment(), daemonSet(), job(), cronJob()],
    object("apps/v1", "StatefulSet", "web", { spec: template }),
    object("v1", "PodTemplate", "web", { template: template["template"] as JsonObject }),
    object("serving.knative.dev/v1", "Service", "web", { spec: template }),
    object("sparkoperator.k8s.io/v1", "Many", "web", {
      spec: { roles: [template, { template: template["template"] as JsonObject }] },
    }),
  );
  expect(found.map(({ owner, path, runs }) => `${owner} ${path} ${runs}`)).toEqual([
    "Pod/web spec on",
    "Deployment/web spec.template.spec on",
    "DaemonSet/web spec.template.spec on",
    "Job/web spec.template.spec once",
    "CronJob/web spec.jobTemplate.spec.template.spec once",
    "StatefulSet/web spec.template.spec on",
    "PodTemplate/web template.spec on",
    "Service/web spec.template.spec on",
    "Many/web spec.roles.0.template.spec on",
    "Many/web spec.roles.1.template.spec on",
  ]);
});

describe("the security context of a container", () => {
  const pod = { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } };

  test("is that of its pod where it says nothing itself", () => {
    const { security } = onlyContainer({ securityContext: pod, containers: [{ name: "a" }] });
    expect(security).toMatchObject({ nonRoot: true, user: 10_001, seccomp: "RuntimeDefault", group: undefined });
  });

  test("is its own where it says something", () => {
    const own = { runAsNonRoot: false, runAsUser: 0, seccompProfile: { type: "Unconfined" } };
    const { security } = onlyContainer({ securityContext: pod, containers: [{ name: "a", securityContext: own }] });
    expect(security).toMatchObject({ nonRoot: false, user: 0, seccomp: "Unconfined" });
  });

  test("never takes from its pod what only containers may say", () => {
    const shared = { privileged: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false };
    const { security } = onlyContainer({ securityContext: shared, containers: [{ name: "a" }] });
    expect(security).toMatchObject({ privileged: false, readOnlyRoot: false, escalates: true });
  });

  test("lets escalate who is privileged, whatever else is said", () => {
    const own = { privileged: true, allowPrivilegeEscalation: false };
    expect(onlyContainer({ containers: [{ name: "a", securityContext: own }] }).security.escalates).toBe(true);
  });

  test("is unknown where a value has another type than the API takes", () => {
    const { security } = onlyContainer({ containers: [{ name: "a", securityContext: { runAsUser: "10001" } }] });
    expect(security.user).toEqual(new Unknown('"10001"'));
  });
});

test("a limit is a request too, where none is said", () => {
  const { requests } = onlyContainer({
    containers: [{ name: "a", resources: { limits: { cpu: "250m", memory: "1Gi" } } }],
  });
  expect(requests).toEqual({ cpu: 0.25, memory: 2 ** 30, storage: undefined });
});

test("roles of containers are told apart, and who waits before it ends", () => {
  const preStop = (handler: JsonObject) => ({ lifecycle: { preStop: handler } });
  const [found] = podsOf(
    object("v1", "Pod", "web", {
      spec: {
        initContainers: [
          { name: "init" },
          { name: "tls", restartPolicy: "Always", ...preStop({ sleep: { seconds: 5 } }) },
        ],
        containers: [{ name: "web", ...preStop({ exec: { command: ["sh", "-c", "sleep 12; quit"] } }) }],
        ephemeralContainers: [{ name: "debug", ...preStop({ httpGet: { path: "/quit", port: 80 } }) }],
      },
    }),
  );
  expect(found?.containers.map(({ name, role, waits }) => [name, role, waits])).toEqual([
    ["init", "init", undefined],
    ["tls", "sidecar", 5],
    ["web", "main", 12],
    ["debug", "ephemeral", "unknown"],
  ]);
});

test("what a Service sends to serves, but not what only metrics are read of", () => {
  const metrics = deployment({ metadata: { name: "exporter" }, labels: { app: "exporter" } });
  const estate = estateOf({
    title: "",
    manifests: [
      deployment(),
      metrics,
      service(),
      service({ selector: { app: "exporter" }, ports: [{ name: "metrics", port: 9187 }] }, "exporter"),
    ],
  });
  expect([...servedPods(estate)].map(({ name }) => name)).toEqual(["web"]);
});

test("an autoscaler says how many pods there are, not the workload", () => {
  const scaler = object("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
    spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas: 3, maxReplicas: 9 },
  });
  const [workload] = estateOf({ title: "", manifests: [deployment(), scaler] }).of(workloads);
  expect([workload?.least, workload?.most]).toEqual([3, 9]);
});
