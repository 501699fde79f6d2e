import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Container } from "../../model/cluster/container.ts";
import type { Pod, Volume } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";

/** Volumes of Pod Security "restricted", and the node's folders, which are judged by themselves. */
const VOLUMES = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected"];
const ALLOWED = new Set([...VOLUMES, "secret", "image", "hostPath"]);
/** Drivers that run on each node, and what else they may mount there nobody sees: those whose purpose is known. */
const DRIVERS = /^(?:secrets-store\.csi\.k8s\.io|csi\.(?:cert-manager|spiffe)\.io|(?:s3|efs|fsx)\.csi\.aws\.com)$/;
/** What one agent a node may read there: logs. */
const READABLE = /^\/var\/log\/(?:pods|containers)(?:\/(?!\.\.)[^/]+)*\/?$/;
/** Of the pod alone (Kubernetes documentation, Pod Security Standards, 2026-11). */
const SYSCTLS =
  /^(?:kernel\.shm_rmid_forced|net\.ipv4\.(?:ip_local_port_range|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|ip_local_reserved_ports|tcp_keepalive_time|tcp_fin_timeout|tcp_keepalive_intvl|tcp_keepalive_probes|tcp_rmem|tcp_wmem))$/;

/** The node's network, processes, ports, folders and kernel settings stay its own. */
export const podSharesNothingWithItsNode = rule({
  id: "K8S-004",
  slug: "pod-shares-nothing-with-its-node",
  severity: "critical",
  title: "Pods use nothing of their node, but for agents that read its logs",
  why: "The node's network is outside all NetworkPolicies and holds its credentials; its folders and its runtime's socket are root on it.",
  fix: "Remove hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostPort, hostPath and unsafe sysctls; a DaemonSet may mount /var/log/pods read-only.",
  appliesTo: pods,
  requirements: ["CIS 5.2.3", "CIS 5.2.4", "CIS 5.2.5", "CIS 5.2.12", "CIS 5.2.13"],
  check: (pod) => [
    ...["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"].flatMap((name) =>
      demand(`${pod.path}.${name}`, pod.spec.flag(name) ?? false, "false", (each) => !each),
    ),
    ...pod.spec
      .in("securityContext")
      .list("sysctls")
      .map(({ raw }) => String(raw["name"]))
      .filter((name) => !SYSCTLS.test(name))
      .map((name) => objection(`${pod.path}.securityContext.sysctls`, name, "none that reaches beyond the pod")),
    ...pod.volumes.flatMap((each) => volumeOf(pod, each)),
    ...pod.containers.flatMap(portsOf),
  ],
});

function volumeOf(pod: Pod, { name, kind, source }: Volume): readonly Objection[] {
  const attribute = `${pod.path}.volumes[${name}].${kind}`;
  if (!ALLOWED.has(kind)) return [objection(attribute, `a volume of kind ${kind}`, "a kind that Pod Security allows")];
  const driver = String(source.raw["driver"]);
  if (kind === "csi" && !DRIVERS.test(driver)) {
    return [objection(`${attribute}.driver`, driver, "one that gives pods secrets, identities or certificates")];
  }
  if (kind !== "hostPath") return [];
  const path = String(source.raw["path"]);
  const mounts = pod.containers.flatMap((each) => each.mounts.filter(({ volume }) => volume === name));
  const isRead = mounts.every(({ readOnly, propagation }) => readOnly === true && propagation === "None");
  if (pod.kind === "DaemonSet" && READABLE.test(path) && isRead) return [];
  return [objection(attribute, `${path} of the node`, "nothing, or logs read by a DaemonSet")];
}

const portsOf = ({ path, ports }: Container): readonly Objection[] =>
  ports.flatMap(({ name, port, hostPort }) =>
    demand(`${path}.ports[${name ?? String(port)}].hostPort`, hostPort, "none", (each) => each === 0),
  );
