import { kind, type Manifest } from "../estate.ts";
import { isObject, type Json } from "../json.ts";
import { groupOf, type Named, named } from "./objects.ts";
import { podsOf } from "./pod.ts";

/** An object, and what of it no rule reads. */
export interface KindOfObject extends Named {
  /** Of a kind that rules read, or that starts nothing and lets nobody in. */
  readonly judged: boolean;
  /** Paths of images of programs that stand in no template of pods: `spec.templates.0.container.image`. */
  readonly images: readonly string[];
}

/** Kinds that rules read, or that only describe, by their group (Kubernetes API reference, 1.36; read 2026-11-22). */
const JUDGED: Readonly<Record<string, readonly string[]>> = {
  "": [
    ...["ConfigMap", "Endpoints", "LimitRange", "Namespace", "PersistentVolume", "PersistentVolumeClaim", "Pod"],
    ...["PodTemplate", "ReplicationController", "ResourceQuota", "Secret", "Service", "ServiceAccount"],
  ],
  apps: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  extensions: ["DaemonSet", "Deployment", "Ingress", "NetworkPolicy", "ReplicaSet"],
  policy: ["PodDisruptionBudget", "PodSecurityPolicy"],
  "admissionregistration.k8s.io": ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
  "apiextensions.k8s.io": ["CustomResourceDefinition"],
  "coordination.k8s.io": ["Lease"],
  "networking.k8s.io": ["Ingress", "IngressClass", "NetworkPolicy"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "scheduling.k8s.io": ["PriorityClass"],
  "storage.k8s.io": ["StorageClass", "VolumeAttributesClass"],
  // Of others: what cert-manager, drivers, nodes and load balancers are told.
  "awspca.cert-manager.io": ["AWSPCAClusterIssuer", "AWSPCAIssuer"],
  "cert-manager.io": ["Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"],
  "eks.amazonaws.com": ["IngressClassParams", "NodeClass", "TargetGroupBinding"],
  "elbv2.k8s.aws": ["IngressClassParams", "TargetGroupBinding"],
  "external-secrets.io": ["ClusterSecretStore", "ExternalSecret", "SecretStore"],
  "karpenter.k8s.aws": ["EC2NodeClass"],
  "karpenter.sh": ["NodePool"],
  "monitoring.coreos.com": ["PodMonitor", "Probe", "PrometheusRule", "ServiceMonitor"],
  // Who goes where in a mesh (VirtualService, ServiceEntry, AuthorizationPolicy) nobody reads yet.
  "networking.istio.io": ["DestinationRule", "Gateway"],
  "secrets-store.csi.x-k8s.io": ["SecretProviderClass"],
  "security.istio.io": ["PeerAuthentication"],
  "snapshot.storage.k8s.io": ["VolumeSnapshot", "VolumeSnapshotClass"],
  // Their pods stand in templates, which are judged wherever they are found.
  "apps.openshift.io": ["DeploymentConfig"],
  "argoproj.io": ["Rollout"],
  "keda.sh": ["ScaledJob", "ScaledObject"],
};

/** Every object of every release. */
export const kindsOfObjects = kind<KindOfObject>("kind of object", ({ manifests }) =>
  manifests.map((manifest) => ({
    ...named(manifest),
    judged: (JUDGED[groupOf(manifest)] ?? []).includes(manifest.kind),
    images: strayImages(manifest),
  })),
);

/** What starts from an image without a template of pods, nobody knows how. Kinds of Kubernetes have none. */
function strayImages(manifest: Manifest): readonly string[] {
  if (!groupOf(manifest).includes(".") || groupOf(manifest).endsWith(".k8s.io")) return [];
  const templates = podsOf(manifest).map(({ path }) => `${path}.`);
  return [...imagesIn(manifest.body, "")].filter((path) => !templates.some((each) => path.startsWith(each)));
}

const IMAGE = /^image(?:Name|Ref|Repository)?$/;

function* imagesIn(json: Json | undefined, path: string): Generator<string> {
  if (Array.isArray(json)) {
    for (const [index, each] of (json as readonly Json[]).entries()) yield* imagesIn(each, `${path}${index}.`);
  } else if (isObject(json)) {
    for (const [name, each] of Object.entries(json)) {
      if (IMAGE.test(name) && (typeof each === "string" || isObject(each))) yield `${path}${name}`;
      else yield* imagesIn(each, `${path}${name}.`);
    }
  }
}
