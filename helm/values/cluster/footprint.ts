import { workloads } from "../../../services/resolve.ts";
import type { Pods } from "../../../services/schema/component.ts";
import type { Job } from "../../../services/schema/job.ts";
import type { Service } from "../../../services/schema/service.ts";
import { SIDECAR } from "../sidecar-resources.ts";

/** How much a service's pods ask for when there are most of them. */
export interface Footprint {
  readonly pods: number;
  readonly millicores: number;
  readonly bytes: number;
  /** Of the largest container. */
  readonly largestContainerBytes: number;
  /** Scratch space of the largest pod. */
  readonly largestScratchBytes: number;
}

/** Containers beside the main one: TLS sidecar, and on the edge the exporter of its metrics. */
const BESIDE = 1;
/** Of the pods that an update replaces, Kubernetes starts so many before it stops any. */
const SURGE = 0.25;

/**
 * Pods that a component has at the most: every colour at its most, those an update has just started, and those it has
 * told to stop, which count until they are gone.
 */
function mostPods({ replicas, deploy, singleton }: Pods): number {
  if (singleton === true) return 2;
  const running = replicas.max * (deploy === "blue-green" ? 2 : 1);
  return running + Math.ceil(replicas.max * SURGE) + replicas.max;
}

const componentOf = (workload: Pods | Job): Pods => {
  if (workload.kind === "pods") return workload;
  if (workload.on.kind === "pods") return workload.on;
  throw new Error(`jobs/${workload.name}: runs on hosts`);
};

/** What one pod asks for. A job may bring a second container, which uploads: it counts like the first one. */
const podOf = (workload: Pods | Job) => {
  const { resources, scratch } = componentOf(workload);
  const containers = workload.kind === "pods" ? 1 : 2;
  return {
    millicores: containers * resources.cpu + BESIDE * SIDECAR.cpu,
    bytes: containers * resources.memory + BESIDE * SIDECAR.memory,
    scratch: sum(Object.values((workload.kind === "job" ? workload.scratch : undefined) ?? scratch)),
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** All that runs as pods of a service, at its most; jobs twice: by the clock and by hand. */
export function footprintOf(service: Service): Footprint {
  const all = workloads(service).map((workload) => ({
    count: workload.kind === "pods" ? mostPods(workload) : 2,
    pod: podOf(workload),
    container: componentOf(workload).resources.memory,
  }));
  return {
    pods: sum(all.map(({ count }) => count)),
    millicores: sum(all.map(({ count, pod }) => count * pod.millicores)),
    bytes: sum(all.map(({ count, pod }) => count * pod.bytes)),
    largestContainerBytes: Math.max(...all.map(({ container }) => container)),
    largestScratchBytes: Math.max(...all.map(({ pod }) => pod.scratch)),
  };
}
