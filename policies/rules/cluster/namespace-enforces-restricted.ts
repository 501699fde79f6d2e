import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { guardsOf } from "../../model/cluster/admission.ts";
import { levelOf, type Namespace, namespaces } from "../../model/cluster/namespaces.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown, Unknown } from "../../model/value.ts";

/** Made and filled by AWS and by the cluster itself. */
const OF_THE_CLUSTER = /^kube-(?:system|public|node-lease)$/;

/** What no review has seen is refused by the cluster itself. */
export const namespaceEnforcesRestricted = rule({
  id: "K8S-017",
  slug: "namespace-enforces-restricted",
  severity: "high",
  title: "Every namespace enforces Pod Security restricted, or has admission policies of its own in its place",
  why: "Rules about rendered pods hold for what is rendered; whoever may create pods otherwise creates a privileged one.",
  fix: "Label the Namespace pod-security.kubernetes.io/enforce: restricted; where a pod cannot keep to it, bind a ValidatingAdmissionPolicy on pods CREATE and UPDATE with Deny to just that namespace.",
  appliesTo: namespaces,
  requirements: ["CIS 5.2.1"],
  concerns: ({ name }) => !OF_THE_CLUSTER.test(name),
  check: (namespace, estate) => {
    const attribute = "metadata.labels[pod-security.kubernetes.io/enforce]";
    if (!namespace.made)
      return [objection(attribute, new Unknown(`Namespace ${namespace.name} is not shown`), "restricted")];
    const level = levelOf(namespace, "enforce");
    if (level === "restricted") return versionOf(namespace);
    const wrong = [objection(attribute, level, "restricted, or an admission policy in its place")];
    if (isUnknown(level) || level === undefined) return wrong;
    return isJudged(namespace, estate) ? [] : missing(estate, wrong);
  },
});

/** Latest, or one of Kubernetes; an unknown one is refused. */
function versionOf({ labels }: Namespace): readonly Objection[] {
  const name = "pod-security.kubernetes.io/enforce-version";
  const version = labels.text(name) ?? "latest";
  const isSome = !isUnknown(version) && /^(?:latest|v1\.(?:2[5-9]|[3-9]\d))$/.test(version);
  return isSome ? [] : [objection(`metadata.labels[${name}]`, version, "latest, or v1.25 and later")];
}

/** Pods are judged when they are made, when they are changed, and when a container is added to look into them. */
const isJudged = ({ name }: Namespace, estate: Estate): boolean =>
  (
    [
      ["pods", "CREATE"],
      ["pods", "UPDATE"],
      ["pods/ephemeralcontainers", "UPDATE"],
    ] as const
  ).every(([resource, operation]) =>
    guardsOf(estate, resource, operation, name).some(({ bindings }) =>
      bindings.some((each) => each.isFor(name) && !each.isFor("")),
    ),
  );
