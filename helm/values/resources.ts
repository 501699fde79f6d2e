import { type Bytes, type Cpu, mib } from "../../services/schema/units.ts";
import type { ResourceRequirements } from "./kubernetes.ts";
import { bytes, cpus } from "./quantities.ts";

/** What the kubelet keeps of a container's output, five files of 10 MiB, and as much again: it looks every few seconds. */
const LOGS = mib(100);

/**
 * What a container asks for and may take. Memory asked for is memory had: a node that gives away more kills somebody else's
 * pod. No limit of processors: it would slow answers down while the node idles, and what is asked for is a share that
 * nobody takes away. Disk is what scratch space and logs may fill; above it the pod is evicted.
 */
export function resourcesOf(
  { cpu, memory }: { readonly cpu: Cpu; readonly memory: Bytes },
  scratch: Readonly<Record<string, Bytes>>,
): ResourceRequirements {
  const disk = bytes(Object.values(scratch).reduce((sum, size) => sum + size, LOGS as number));
  const kept = { memory: bytes(memory), "ephemeral-storage": disk };
  return { requests: { cpu: cpus(cpu), ...kept }, limits: kept };
}
