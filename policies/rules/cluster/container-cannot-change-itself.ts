import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { isUnknown } from "../../model/value.ts";

/** Volumes whose content others make; an application that writes there changes what it is told or trusted with. */
const GIVEN = new Set(["configMap", "secret", "projected", "downwardAPI", "csi"]);

/** What an attacker uploads cannot become a program, nor a configuration. */
export const containerCannotChangeItself = rule({
  id: "K8S-003",
  slug: "container-cannot-change-itself",
  severity: "high",
  title: "Containers write only to volumes that are empty at first",
  why: "A writable root lets whoever breaks in leave a program behind, and logs fill the node's disk for everybody on it.",
  fix: "Set readOnlyRootFilesystem true, mount an emptyDir where the program writes, and mount everything else readOnly.",
  appliesTo: pods,
  requirements: ["CIS 5.7.3"],
  check: (pod) =>
    pod.containers.flatMap(({ path, security, mounts }) => [
      ...demand(`${path}.securityContext.readOnlyRootFilesystem`, security.readOnlyRoot, "true", (each) => each),
      ...mounts.flatMap((mount) => writes(pod, `${path}.volumeMounts[${mount.volume}].readOnly`, mount)),
    ]),
});

function writes(
  { volumes }: Pod,
  attribute: string,
  { volume, readOnly, path }: Pod["containers"][number]["mounts"][number],
): readonly Objection[] {
  const kind = volumes.find(({ name }) => name === volume)?.kind;
  if (kind === undefined || !GIVEN.has(kind)) return [];
  if (isUnknown(readOnly)) return [objection(attribute, readOnly, "true")];
  return readOnly ? [] : [objection(attribute, `${path} of a ${kind} can be written to`, "true")];
}
