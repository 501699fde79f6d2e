import { type Objection, objection, rule } from "../../engine/rule.ts";
import { allObjects } from "../../model/cluster/all-objects.ts";
import { isBuiltIn } from "../../model/cluster/objects.ts";

/** What Kubernetes no longer serves, by the release that dropped it (Deprecated API Migration Guide, 2026-11). */
const GONE: Readonly<Record<string, string>> = {
  "extensions/v1beta1": "1.22, and most kinds of it 1.16",
  "apps/v1beta1": "1.16",
  "apps/v1beta2": "1.16",
  "admissionregistration.k8s.io/v1beta1": "1.22; of admission policies 1.34",
  "apiextensions.k8s.io/v1beta1": "1.22",
  "apiregistration.k8s.io/v1beta1": "1.22",
  "authentication.k8s.io/v1beta1": "1.22",
  "authorization.k8s.io/v1beta1": "1.22",
  "autoscaling/v2beta1": "1.25",
  "autoscaling/v2beta2": "1.26",
  "batch/v1beta1": "1.25",
  "batch/v2alpha1": "1.21",
  "certificates.k8s.io/v1beta1": "1.22",
  "coordination.k8s.io/v1beta1": "1.22",
  "discovery.k8s.io/v1beta1": "1.25",
  "events.k8s.io/v1beta1": "1.25",
  "flowcontrol.apiserver.k8s.io/v1beta1": "1.26",
  "flowcontrol.apiserver.k8s.io/v1beta2": "1.29",
  "flowcontrol.apiserver.k8s.io/v1beta3": "1.32",
  "networking.k8s.io/v1beta1": "1.22",
  "node.k8s.io/v1beta1": "1.25",
  "policy/v1beta1": "1.25",
  "rbac.authorization.k8s.io/v1beta1": "1.22",
  "scheduling.k8s.io/v1beta1": "1.22",
  "storage.k8s.io/v1beta1": "1.27",
};
const ALPHA = /^[a-z0-9.-]+\/v\d+alpha\d+$/;
/** Nobody keeps these; whoever may write them sends traffic elsewhere or gives away the cluster. */
const OLD_KINDS: Readonly<Record<string, string>> = {
  PodSecurityPolicy: "labels of Pod Security on the namespace",
  ReplicationController: "a Deployment",
  Endpoints: "a Service with a selector",
  PodTemplate: "a Deployment",
};

/** What is rendered is what the cluster takes. */
export const apiVersionIsServed = rule({
  id: "K8S-025",
  slug: "api-version-is-served",
  severity: "medium",
  title: "Every object is of a version that the cluster serves and will go on to serve",
  why: "An object of a version that is gone stops the whole release, on the day when the cluster is renewed and at no other.",
  fix: "Write the object in its stable version.",
  appliesTo: allObjects,
  requirements: [],
  check: ({ manifest }): readonly Objection[] => {
    const { apiVersion, kind } = manifest;
    const gone = GONE[apiVersion];
    const isOwn = isBuiltIn(manifest);
    const instead = OLD_KINDS[kind];
    return [
      ...(gone === undefined
        ? []
        : [objection("apiVersion", `${apiVersion}, gone since ${gone}`, "its stable version")]),
      ...(isOwn && gone === undefined && ALPHA.test(apiVersion)
        ? [objection("apiVersion", `${apiVersion}, which EKS does not serve`, "its stable version")]
        : []),
      ...(isOwn && instead !== undefined ? [objection("kind", kind, instead)] : []),
    ];
  },
});
