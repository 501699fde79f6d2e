import type { LimitRangeItem, NetworkPolicyEgressRule, ResourceQuotaSpec, ResourceRequirements } from "./kubernetes.ts";

/** Values of the chart `helm/cluster`: what is cluster-scoped or is there before any service. Installed first. */
export interface ClusterValues {
  readonly environment: string;
  /** `prd-plt-cluster` */
  readonly cluster: string;
  readonly region: string;
  /** `1.36`: whose Pod Security rules are enforced. */
  readonly kubernetesVersion: string;
  readonly registry: string;
  /** By name, which is also that of namespace, node class and node pool. */
  readonly services: Readonly<Record<string, NamespaceValues>>;
  readonly logShipper: LogShipperValues;
}

/** What only a deployment knows of the cluster. */
export interface ClusterOverlay {
  /** ARN of the internal private authority. */
  readonly internalAuthorityArn: string;
  /** Digests of images by repository. */
  readonly images: Readonly<Record<string, string>>;
}

export interface NamespaceValues {
  readonly code: string;
  readonly owner: string;
  readonly data: "internal" | "confidential" | "personal";
  /**
   * Jobs that an operator may start from their CronJob, by name: exactly as it stands, or, where it runs on demand only,
   * with arguments of their own.
   */
  readonly startable: Readonly<Record<string, "as-it-stands" | "with-arguments">>;
  readonly quota: NonNullable<ResourceQuotaSpec["hard"]>;
  readonly limits: readonly LimitRangeItem[];
  readonly nodes: {
    /** Role of nodes, by name. */
    readonly role: string;
    /** Names of subnets, as their Name tag has them. */
    readonly subnets: readonly string[];
    /** Name of the security group, as its Name tag has it. */
    readonly securityGroup: string;
    /** `alias/prd-alc-data` */
    readonly volumeKey: string;
    /** Of the node's own volume, images and scratch space. */
    readonly volumeGib: number;
    /** Ends of growth: all replicas at their most. */
    readonly cpu: string;
    readonly memory: string;
    /** How long a node that has to go waits for its pods: longer than any job. */
    readonly drainSeconds: number;
    readonly tags: Readonly<Record<string, string>>;
  };
}

export interface LogShipperValues {
  readonly image: string;
  /** `https://loki.observability.production.internal.example.org:3100` */
  readonly endpoint: string;
  readonly resources: ResourceRequirements;
  readonly certificate: { readonly commonName: string; readonly dnsNames: readonly string[] };
  readonly egress: readonly NetworkPolicyEgressRule[];
}
