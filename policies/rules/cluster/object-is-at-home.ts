import { type Objection, objection, rule } from "../../engine/rule.ts";
import { inhabitants } from "../../model/cluster/inhabitants.ts";

/** Names of it that every tool reads (Kubernetes documentation, Recommended Labels). */
const LABELS = ["app.kubernetes.io/name", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"];
const OF_THE_CLUSTER = /^kube-(?:system|public|node-lease)$/;

/** Quotas, denials and logins hold by namespace; alarms and bills by label. */
export const objectIsAtHome = rule({
  id: "K8S-024",
  slug: "object-is-at-home",
  severity: "medium",
  title: "Objects live in a namespace of their service, and pods say by labels what they are of",
  why: "In default, and in the cluster's own namespaces, none of the bounds of a service hold; a pod without labels belongs to nobody when it burns.",
  fix: `Name a namespace in each object, never default or kube-*, and give pods ${LABELS.join(", ")}.`,
  appliesTo: inhabitants,
  requirements: ["CIS 5.7.1", "CIS 5.7.4"],
  check: ({ namespace, given, pods, leads }) => [
    ...(given && namespace !== "default"
      ? []
      : [objection("metadata.namespace", given ? namespace : "nothing: default", "a namespace of the service")]),
    ...((pods.length > 0 || leads) && OF_THE_CLUSTER.test(namespace)
      ? [objection("metadata.namespace", namespace, "a namespace of the service")]
      : []),
    ...pods.flatMap(({ labels, path }) => missingOf(labels, path)),
  ],
});

const missingOf = (labels: ReadonlyMap<string, string>, path: string): readonly Objection[] => {
  const missing = LABELS.filter((label) => (labels.get(label) ?? "") === "");
  return missing.length === 0
    ? []
    : [
        objection(
          path.replace(/spec$/, "metadata.labels"),
          labels.size === 0 ? "nothing" : [...labels.keys()],
          missing.join(", "),
        ),
      ];
};
