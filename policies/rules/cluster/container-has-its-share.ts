import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Container } from "../../model/cluster/container.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { quantity } from "../../model/cluster/quantity.ts";
import { isUnknown, known } from "../../model/value.ts";

/**
 * Memory cannot be taken back, so its limit is what was asked for; CPU can, so it has no limit (one only slows down what
 * could run). Disk is bounded, or the kubelet evicts whoever is on the node.
 */
export const containerHasItsShare = rule({
  id: "K8S-005",
  slug: "container-has-its-share",
  severity: "medium",
  title: "Every container asks for CPU, memory and disk, and gets no more memory and disk than it asked for",
  why: "Without requests the scheduler packs a node until something is killed; with a limit above the request it is somebody else that is killed.",
  fix: "Set requests cpu, memory and ephemeral-storage, limits memory and ephemeral-storage equal to the requests, and a sizeLimit on each emptyDir.",
  appliesTo: pods,
  requirements: ["NSA 2.3"],
  check: (pod) => [...pod.containers.filter(({ role }) => role !== "ephemeral").flatMap(shareOf), ...scratchOf(pod)],
});

const isSome = (value: number | string): boolean => typeof value === "number" && value > 0;

function shareOf({ path, requests, limits }: Container): readonly Objection[] {
  const at = `${path}.resources`;
  const asked = known(requests.memory);
  return [
    ...demand<number | string>(`${at}.requests.cpu`, requests.cpu ?? "nothing", "some cores", isSome),
    ...demand<number | string>(`${at}.requests.memory`, requests.memory ?? "nothing", "some bytes", isSome),
    ...demand<number | string>(
      `${at}.limits.memory`,
      limits.memory ?? "no limit",
      "the request",
      (limit) => isSome(limit) && (asked === undefined || limit === asked),
    ),
    ...demand<number | string>(`${at}.requests.ephemeral-storage`, requests.storage ?? "nothing", "some bytes", isSome),
    ...demand<number | string>(`${at}.limits.ephemeral-storage`, limits.storage ?? "no limit", "a limit", isSome),
  ];
}

/** Empty volumes: bounded, and each within the disk of a container that writes there. */
function scratchOf({ volumes, containers, path }: Pod): readonly Objection[] {
  return volumes.flatMap(({ name, kind, source }) => {
    if (kind !== "emptyDir") return [];
    const attribute = `${path}.volumes[${name}].emptyDir.sizeLimit`;
    const size = quantity(source, "sizeLimit");
    if (size === undefined || isUnknown(size)) return [objection(attribute, size ?? "no limit", "a size")];
    const writers = containers.filter(({ mounts }) => mounts.some(({ volume }) => volume === name));
    const inMemory = source.raw["medium"] === "Memory";
    const room = Math.max(0, ...writers.map(({ limits }) => known(inMemory ? limits.memory : limits.storage) ?? 0));
    if (writers.length === 0 || room === 0 || size <= room) return [];
    return [objection(attribute, `${size} bytes`, `at most ${room}, what the containers that write there may use`)];
  });
}
