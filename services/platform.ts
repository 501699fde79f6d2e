import { type Listener, listenersOf, mtls, type Port, tls } from "./schema/listener.ts";

/**
 * What the platform offers every service: the far ends of flows with origin `platform`.
 * Each group of interface endpoints has its own security group, so that a component reaches only the AWS services it uses.
 */

/** Interface endpoints by purpose: the AWS services behind each group. */
export const endpointGroups = {
  /** Session Manager, Run Command, parameters; Ansible comes this way. */
  management: ["ssm", "ssmmessages"],
  /** Secret values and the keys they are encrypted with. */
  secrets: ["secretsmanager", "kms"],
  /** Session logs and host metrics. */
  telemetry: ["logs", "monitoring"],
  /** Certificates of the private authorities. */
  certificates: ["acm-pca"],
  /** Container images. */
  registry: ["ecr.api", "ecr.dkr"],
  /** Roles of pods: nodes exchange a pod's token for credentials there. */
  identity: ["eks-auth"],
  /** Who a caller is: the connector to the private authority asks before it calls itself ready. */
  tokens: ["sts"],
  /** Packages, artefacts, backups. */
  storage: ["s3"],
  /** Mail by SES (MUN-1.9, BRK-23.6). */
  mail: ["email-smtp"],
} as const satisfies Record<string, readonly string[]>;

export type EndpointGroup = keyof typeof endpointGroups;
export type EndpointService = (typeof endpointGroups)[EndpointGroup][number];

/**
 * Number of each endpoint in its subnets: its addresses follow from it, because host firewalls and network policies name
 * them. No two share one, and none is used again for another service.
 */
export const endpointNumbers: Readonly<Record<EndpointService, number>> = {
  s3: 10,
  ssm: 11,
  ssmmessages: 12,
  secretsmanager: 13,
  kms: 14,
  logs: 15,
  monitoring: 16,
  "acm-pca": 17,
  "ecr.api": 18,
  "ecr.dkr": 19,
  "eks-auth": 20,
  sts: 21,
  "email-smtp": 22,
};

/** STARTTLS on 587, the port that the mail requirement names (BRK-23.2); all others TLS on 443. */
const endpointPort = (group: EndpointGroup): Port =>
  group === "mail" ? { ...tls(587), transport: "starttls" } : tls(443);

const endpoint = (group: EndpointGroup): Listener =>
  listenersOf(`platform/endpoint-${group}`, { api: endpointPort(group) }).api;

/** One listener per group of endpoints; products name `endpoints.mail`, all others are derived. */
export const endpoints: Readonly<Record<EndpointGroup, Listener>> = {
  management: endpoint("management"),
  secrets: endpoint("secrets"),
  telemetry: endpoint("telemetry"),
  certificates: endpoint("certificates"),
  registry: endpoint("registry"),
  identity: endpoint("identity"),
  tokens: endpoint("tokens"),
  storage: endpoint("storage"),
  mail: endpoint("mail"),
};

const hypervisor = (name: string, protocol: "tcp" | "udp", port: number): Listener =>
  listenersOf(`platform/${name}`, { [protocol]: { ...tls(port), protocol, transport: "link-local" } })[
    protocol
  ] as Listener;

/** Services of the hypervisor at fixed addresses. Security groups do not filter them; host firewalls name them. */
export const linkLocal = {
  resolverUdp: { address: "169.254.169.253", listener: hypervisor("resolver", "udp", 53) },
  resolverTcp: { address: "169.254.169.253", listener: hypervisor("resolver", "tcp", 53) },
  time: { address: "169.254.169.123", listener: hypervisor("time", "udp", 123) },
  hostIdentity: { address: "169.254.169.254", listener: hypervisor("host-identity", "tcp", 80) },
  podIdentity: { address: "169.254.170.23", listener: hypervisor("pod-identity", "tcp", 80) },
} as const;

/** Where a host renews the lease of its address: at the router of its own subnet, which the hypervisor plays too. */
export const lease = hypervisor("lease", "udp", 67);

/**
 * Kubernetes: the one place that says which version the cluster, its types, schemas and tools have, and from which range
 * Services get addresses (one that lies in no VPC of ours).
 */
export const kubernetes = { version: "1.36", serviceRange: "172.20.0.0/16" } as const;

/** The cluster's own subnets in tier `app`: its interfaces and the nodes of its add-ons. No service has this name or block. */
export const cluster = { name: "cluster", block: 7 } as const;
/** Parameters that say what only apply knows of the cluster. */
export const clusterFacts = ["endpoint", "certificate-authority"] as const;

/** Ports of the control plane and of the nodes of its add-ons, which share one security group. */
export const clusterListeners = listenersOf("platform/cluster", {
  api: tls(443),
  /** The kubelets, and cert-manager's admission webhook, which has the same port. */
  kubelet: mtls(10250),
  /** The metrics server, which the API asks for what autoscaling needs. */
  metrics: tls(10251),
});

/**
 * Upstream registries whose images are pulled through our own, by the prefix they have there. ECR takes these without
 * credentials; images of any other registry are copied to ours by the pipeline, like those we build.
 */
export const upstreamRegistries = { quay: "quay.io" } as const satisfies Record<string, string>;

/** The agent on every node that takes logs of pods to Loki: its image, namespace and service account have this name. */
export const logShipper = { name: "log-shipper" } as const;

/** Where every pod finds the certificates of the authorities it trusts. */
export const trust = { internal: "/etc/tls/ca.crt", rds: "/etc/ssl/rds/global-bundle.pem" } as const;
/** Where every pod finds its own certificate of the internal authority, for calls that want a client certificate. */
export const ownCertificate = { certificate: "/etc/tls/tls.crt", key: "/etc/tls/tls.key" } as const;
