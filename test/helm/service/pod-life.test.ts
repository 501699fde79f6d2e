import { beforeAll, describe, expect, test } from "vitest";
import {
  all,
  containersOf,
  each,
  isJob,
  type NamedPod,
  type Pod,
  podsOf,
  releasesUnderTest,
  workloadOf,
} from "./support/pods.ts";
import { type Rendered, render, the } from "./support/render.ts";
import { withJob } from "./support/values.ts";

/** What every pod takes and finds, how it is asked and how it stops. */

describe.each(releasesUnderTest)("every pod of $title", ({ service, values }) => {
  let objects: readonly Rendered[];
  let pods: readonly NamedPod[];
  beforeAll(async () => {
    objects = await render(values, { name: service });
    pods = podsOf(objects);
  });

  test("asks for processors and memory, and may take memory and disk up to an end", () => {
    for (const [name, pod] of pods) {
      for (const container of containersOf(pod)) {
        const { requests, limits } = container.resources;
        expect([name, container.name, Object.keys(requests).sort(), Object.keys(limits).sort()]).toEqual([
          name,
          container.name,
          ["cpu", "ephemeral-storage", "memory"],
          ["ephemeral-storage", "memory"],
        ]);
      }
    }
  });

  test("has scratch space with an end, and no other that can be written", () => {
    for (const [name, { spec }] of pods) {
      for (const volume of spec.volumes ?? []) {
        if (volume.emptyDir !== undefined)
          expect([name, volume.name, volume.emptyDir.sizeLimit]).toEqual([
            name,
            volume.name,
            expect.stringMatching(/^\d+(Ki|Mi|Gi)$/),
          ]);
        else
          expect([
            name,
            Object.keys(volume).filter((key) => !["name", "configMap", "secret", "csi"].includes(key)),
          ]).toEqual([name, []]);
      }
    }
  });

  test("mounts every volume it has, and has every one it mounts", () => {
    for (const [name, pod] of pods) {
      const volumes = (pod.spec.volumes ?? []).map((volume: { name: string }) => volume.name);
      const mounted = new Set(
        containersOf(pod).flatMap(({ volumeMounts }) =>
          (volumeMounts ?? []).map((mount: { name: string }) => mount.name),
        ),
      );
      expect([name, [...mounted].sort()]).toEqual([name, volumes.toSorted()]);
      expect(new Set(volumes).size).toBe(volumes.length);
    }
  });

  test("refers to what is there: service account, maps, secret classes, certificates", () => {
    const there = new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
    const certificates = objects.filter(({ kind }) => kind === "Certificate").map(({ spec }) => spec.secretName);
    for (const [name, pod] of pods) {
      const maps = containersOf(pod)
        .flatMap(({ envFrom }) => envFrom ?? [])
        .map(({ configMapRef }) => `ConfigMap/${configMapRef.name}`);
      const volumes = (pod.spec.volumes ?? []).flatMap((volume: Pod) => [
        ...(volume.configMap === undefined ? [] : [`ConfigMap/${volume.configMap.name}`]),
        ...(volume.csi === undefined ? [] : [`SecretProviderClass/${volume.csi.volumeAttributes.secretProviderClass}`]),
      ]);
      const wanted = [`ServiceAccount/${pod.spec.serviceAccountName}`, ...maps, ...volumes];
      expect([name, wanted.filter((object) => !there.has(object))]).toEqual([name, []]);
      const secrets = (pod.spec.volumes ?? []).flatMap(({ secret }: Pod) => secret?.secretName ?? []);
      expect([name, secrets.filter((secret: string) => !certificates.includes(secret))]).toEqual([name, []]);
    }
  });

  test("of a component has three probes, and is spread over zones and nodes", () => {
    for (const [name, { spec, metadata }] of pods.filter((pod) => !isJob(pod))) {
      const own = spec.containers.find((container: Pod) => container.name === workloadOf({ metadata }));
      expect([name, own.startupProbe, own.readinessProbe, own.livenessProbe]).not.toContain(undefined);
      const labelSelector = the(objects, "Deployment", name.replace("Deployment/", "")).spec.selector;
      const { min } = values.components[workloadOf({ metadata })].replicas;
      const shared = { maxSkew: 1, nodeTaintsPolicy: "Honor", matchLabelKeys: ["pod-template-hash"], labelSelector };
      expect([name, spec.topologySpreadConstraints]).toEqual([
        name,
        [
          {
            ...shared,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            ...(min > 1 ? { minDomains: 2 } : {}),
          },
          { ...shared, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
        ],
      ]);
    }
  });

  test("stops in time: what gets requests leaves load balancers first, then ends the longest one", () => {
    for (const [name, { spec, metadata }] of pods.filter((pod) => !isJob(pod))) {
      const component = values.components[workloadOf({ metadata })];
      const serves = Object.keys(component.ports).some((port) => port !== "metrics");
      const [own] = spec.containers;
      expect([name, own.lifecycle]).toEqual([name, serves ? { preStop: { sleep: { seconds: 20 } } } : undefined]);
      expect([name, spec.terminationGracePeriodSeconds]).toEqual([name, 20 + component.longestRequestSeconds + 10]);
      expect([name, spec.priorityClassName]).toEqual([name, serves ? "serving" : "background"]);
    }
  });

  test("of a job ends for good, goes last, and keeps its node until it is done", () => {
    const jobs = pods.filter(isJob);

    expect(
      each(jobs, ({ spec, metadata }) => [
        spec.restartPolicy,
        spec.priorityClassName,
        spec.terminationGracePeriodSeconds,
        metadata.annotations["karpenter.sh/do-not-disrupt"],
      ]),
    ).toEqual(all(jobs, ["Never", "jobs", 30, "true"]));
  });

  test("asks for names as they stand", () => {
    expect(each(pods, ({ spec }) => spec.dnsConfig)).toEqual(all(pods, { options: [{ name: "ndots", value: "2" }] }));
  });
});

test("a job by hand has no scratch space beyond its own", async () => {
  const objects = await render(withJob({ scratch: {} }));
  const pod = the(objects, "CronJob", "dump").spec.jobTemplate.spec.template.spec;

  expect([pod.volumes, pod.containers[0].volumeMounts]).toEqual([undefined, undefined]);
});
