import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, Probe, ResourceRequirements } from "./kubernetes.ts";

/** Values of the chart `helm/service`: one release, one service, one namespace of the same name. Maps are keyed by name. */
export interface ServiceValues {
  /** Name of the service: also its namespace, and the node pool its pods run on. */
  readonly service: string;
  readonly environment: string;
  readonly owner: string;
  /** How bad a leak would be (MUN-6.3). */
  readonly data: "internal" | "confidential" | "personal";
  /** `333333333333.dkr.ecr.eu-central-1.amazonaws.com` */
  readonly registry: string;
  /** Of each TLS sidecar, and of the edge's exporter; quota and nodes are reckoned with the same. */
  readonly sidecarResources: ResourceRequirements;
  /** Size of a sidecar's scratch space, which its resources make room for: `64Mi`. */
  readonly sidecarScratch: string;
  /** PEM certificates of the authorities of managed databases in the region; absent where no workload trusts them. */
  readonly databaseAuthorities?: string;
  readonly components: Readonly<Record<string, ComponentValues>>;
  readonly jobs: Readonly<Record<string, JobValues>>;
  /** Target groups that Terraform owns, by entrypoint; their ARNs come by the overlay. */
  readonly targetGroups: Readonly<Record<string, TargetGroupValues>>;
}

/** What only a deployment knows; without it nothing is deployed. `npm run deploy-values` writes it. */
export interface Overlay {
  readonly release: Release;
  /** ARN by entrypoint. */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** ARN of the secret with a managed database's administrator, by store. */
  readonly administratorSecretArns: Readonly<Record<string, string>>;
}

export type Colour = "blue" | "green";
/**
 * Digests of images, by name as in `image`, for each colour. Workloads without colours run those of the live one; jobs
 * before a release those of the newest.
 */
export interface Release {
  /** Colour that gets the requests. */
  readonly live: Colour;
  /** Colour that was changed last. */
  readonly newest: Colour;
  readonly images: Readonly<Record<Colour, Readonly<Record<string, string>>>>;
}

/** What containers of components and jobs have in common. */
export interface WorkloadValues {
  readonly why: string;
  /** Repository in the registry: `platform/edge`, `quay/prometheuscommunity/postgres-exporter`. Digests are keyed by it. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly resources: ResourceRequirements;
  /** Variables in the clear. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables that come at run time, in the pod's own role. */
  readonly secrets: Readonly<Record<string, SecretValue>>;
  /** Variables put together by the kubelet of those in `secrets`: `postgresql://app:$(DB_APP)@$(DATABASE_ENDPOINT)/x`; `$$` is a `$`. */
  readonly composed: Readonly<Record<string, string>>;
  /** Writable directories, path to size: `64Mi`. All else is read-only. */
  readonly scratch: Readonly<Record<string, string>>;
  /** Certificate of the internal authority at /etc/tls; absent where none is shown and none is checked. */
  readonly certificate?: CertificateValues;
  /** True: the authorities of managed databases at /etc/ssl/rds. */
  readonly trustsDatabases: boolean;
  readonly network: {
    readonly ingress: readonly NetworkPolicyIngressRule[];
    readonly egress: readonly NetworkPolicyEgressRule[];
  };
}

/** Where a variable's value comes from: a secret or parameter by name, or the administrator of a managed database. */
export type SecretValue =
  | { readonly secret: string }
  | { readonly parameter: string }
  | { readonly administrator: string };

export interface CertificateValues {
  /** `api.student-allocation` */
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly usages: readonly ("server auth" | "client auth")[];
}

export interface ComponentValues extends WorkloadValues {
  /** `singleton`: one only, stopped before its successor starts. */
  readonly deploy: "rolling" | "blue-green" | "singleton";
  readonly replicas: {
    readonly min: number;
    readonly max: number;
    /** Target of autoscaling, in percent of what is requested. */
    readonly cpuPercent: number;
  };
  /** Ports that others reach, by name: those of the Service. */
  readonly ports: Readonly<Record<string, number>>;
  readonly probes: { readonly startup: Probe; readonly readiness: Probe; readonly liveness: Probe };
  /** Longest request or task. */
  readonly longestRequestSeconds: number;
  /** TLS sidecar: a server by listener. Absent where nothing listens, and on the edge, which is NGINX itself. */
  readonly sidecar?: Readonly<Record<string, SidecarServer>>;
  readonly edge?: EdgeValues;
}

/** One TLS port of a sidecar, and the loopback port it hands on to. */
export interface SidecarServer {
  readonly port: number;
  readonly upstream: number;
  readonly speaks: "http" | "tcp";
  /** Common names of certificates that may call; absent: no certificate is asked for. */
  readonly clients?: readonly string[];
  /** Paths that are served; absent: all but `hidden`. */
  readonly only?: readonly string[];
  readonly hidden?: readonly string[];
  /** Largest body in bytes; 0: as the edge decides. */
  readonly bodyBytes: number;
  readonly timeoutSeconds: number;
}

/** What the edge does to requests before a component behind it gets them. */
export interface EdgeValues {
  readonly port: number;
  /** Port of its metrics, over TLS. */
  readonly metricsPort: number;
  readonly serverName: string;
  readonly minimumTls: "1.2" | "1.3";
  /** Where the client's address stands, and who is believed about it. */
  readonly clientAddress: "x-forwarded-for" | "cloudfront-viewer-address";
  readonly trustedProxies: readonly string[];
  /** Answered by the edge itself. */
  readonly health: string;
  /** Answered 404 for everybody: `/metrics`, `/metrics/*`. */
  readonly hidden: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: "keep-or-make" | "keep";
  readonly errors: "json" | "envelope-fa";
  /** Largest body in bytes where a route names none. */
  readonly bodyBytes: number;
  /** Whole answer of what is behind: longer than its longest request, shorter than the load balancer's patience. */
  readonly timeoutSeconds: number;
  /** First match wins. */
  readonly routes: readonly EdgeRoute[];
  /** Components behind it, by name. */
  readonly upstreams: Readonly<Record<string, EdgeUpstream>>;
}

export interface EdgeRoute {
  /** Label in logs and metrics, and name of its limits. */
  readonly class: string;
  /** `/api/auth/*` style. */
  readonly paths: readonly string[];
  readonly methods?: readonly string[];
  /** As NGINX writes it: `5r/s`, `10r/m`. */
  readonly rate: string;
  readonly burst: number;
  readonly connections: number;
  readonly bodyBytes: number;
  /** Ranges that may use it; others get 404. Absent: everybody. */
  readonly from?: readonly string[];
  readonly to: string;
}

export interface EdgeUpstream {
  /** `api.student-allocation.svc.cluster.local` */
  readonly host: string;
  readonly port: number;
  /** True: it wants the edge's certificate. */
  readonly mutual: boolean;
}

export interface JobValues extends WorkloadValues {
  readonly limitSeconds: number;
  readonly run:
    | { readonly on: "schedule"; readonly cron: string; readonly timeZone: string }
    /** Before an install or upgrade; lower numbers first. */
    | { readonly on: "release"; readonly order: number }
    /** A suspended CronJob: an operator starts one from it. */
    | { readonly on: "demand" };
  /** A second container that uploads what the first one left, once that has succeeded. */
  readonly upload?: UploadValues;
}

export interface UploadValues {
  readonly image: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly resources: ResourceRequirements;
}

export interface TargetGroupValues {
  /** `prd-alc-web` */
  readonly name: string;
  readonly component: string;
  /** Name of the port. */
  readonly port: string;
}
