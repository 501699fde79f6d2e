import { kind } from "../estate.ts";
import { type Place, placeOfManifest } from "../place.ts";
import { isBuiltIn } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";

/** An object of a namespace. */
export interface Inhabitant {
  readonly at: Place;
  readonly namespace: string;
  /** Whether it says so itself. */
  readonly given: boolean;
  readonly pods: readonly Pod[];
  /** Whether programs that are there already do what it says: names, accounts, rights. */
  readonly leads: boolean;
}

/** Kinds of the cluster, or of no place at all. Of others than Kubernetes' own nobody knows but themselves. */
const OF_NO_NAMESPACE = new Set([
  ...[
    "Namespace",
    "Node",
    "PersistentVolume",
    "PriorityClass",
    "StorageClass",
    "RuntimeClass",
    "IngressClass",
    "CSIDriver",
  ],
  ...["ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "APIService", "CertificateSigningRequest"],
  ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "PodSecurityPolicy", "FlowSchema", "CSINode"],
  ...[
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "PriorityLevelConfiguration",
    "VolumeAttachment",
  ],
  ...[
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "DeviceClass",
    "ResourceSlice",
    "VolumeAttributesClass",
  ],
  ...["ServiceCIDR", "IPAddress", "ClusterTrustBundle", "StorageVersion", "ResourceClass", "ComponentStatus"],
]);

/** By it EKS is told to hold NetworkPolicies, and nowhere else: its rule reads it. */
const OF_EKS = "amazon-vpc-cni";
/** `aws-auth` says who is who, `coredns` what a name means. */
const LEADING = new Set(["ConfigMap", "Secret", "ServiceAccount", "Service", "Endpoints", "EndpointSlice"]);

/** Objects that live in a namespace: of kinds that are not Kubernetes' own those that say so, or that hold pods. */
export const inhabitants = kind<Inhabitant>("object in a namespace", (estate) => {
  const held = Map.groupBy(estate.of(pods), ({ manifest }) => manifest);
  return estate.manifests.flatMap((manifest) => {
    const own = held.get(manifest) ?? [];
    const isLocal = isBuiltIn(manifest) && !OF_NO_NAMESPACE.has(manifest.kind);
    if (!isLocal && own.length === 0 && manifest.namespace === undefined) return [];
    const { namespace } = manifest;
    return [
      {
        ...{ at: placeOfManifest(manifest), namespace: namespace ?? "default", given: namespace !== undefined },
        ...{ pods: own, leads: LEADING.has(manifest.kind) && manifest.name !== OF_EKS },
      },
    ];
  });
});
