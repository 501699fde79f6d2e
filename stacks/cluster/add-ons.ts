import { AddOn, onSystemNodes } from "../../constructs/cluster/add-on.ts";
import { ServiceRole } from "../../constructs/identity/service-role.ts";
import { trustPods } from "../../constructs/identity/trust.ts";
import { clusterArn, PLATFORM, resourceName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { PlatformStack } from "../platform-stack.ts";

/** Namespace and service account of the connector, as its add-on makes them. */
const CONNECTOR = "aws-privateca-issuer";

/**
 * What runs in the cluster besides the services and is no part of Auto Mode itself (nodes, networking, DNS, volumes, load
 * balancers, Pod Identity): figures that autoscaling asks for, certificates of pods, secrets and parameters in pods.
 */
export function addOns(
  stack: PlatformStack,
  environment: Environment,
  clusterName: string,
  authorityArn: string,
): void {
  new AddOn(stack, "metrics-server", {
    clusterName,
    name: "metrics-server",
    configuration: { replicas: 2, ...onSystemNodes },
  });
  const certificates = new AddOn(stack, "cert-manager", {
    clusterName,
    name: "cert-manager",
    configuration: { ...onSystemNodes, cainjector: onSystemNodes, webhook: { replicaCount: 2, ...onSystemNodes } },
  });
  new AddOn(stack, "private-ca", {
    clusterName,
    name: "aws-privateca-connector-for-kubernetes",
    configuration: onSystemNodes,
    identity: { serviceAccount: CONNECTOR, role: connectorRole(stack, environment, authorityArn) },
    after: [certificates],
  });
  // On every node; it reads in the role of the pod it mounts for, so it has none itself.
  new AddOn(stack, "secrets", {
    clusterName,
    name: "aws-secrets-store-csi-driver-provider",
    configuration: {
      "secrets-store-csi-driver": {
        // Applications read their environment, so what is mounted is also made a secret of Kubernetes.
        syncSecret: { enabled: true },
        // A rotated value reaches pods long before the old one ends (a day later).
        enableSecretRotation: true,
        rotationPollInterval: "1h",
      },
    },
  });
}

/**
 * Certificates of pods are for servers, clients or both, like those of hosts: no template here makes an authority. The
 * connector takes these templates only where a certificate lists exactly `server auth`, `client auth` or both as its
 * usages; with cert-manager's default usages it would ask for one that copies extensions from the request, and be refused.
 */
const connectorRole = (stack: PlatformStack, environment: Environment, authorityArn: string): ServiceRole =>
  new ServiceRole(stack, "private-ca-role", {
    name: resourceName(environment, PLATFORM, "pod-certificates"),
    description: "Certificates of pods from the internal authority",
    trust: trustPods(clusterArn(environment), CONNECTOR, CONNECTOR),
    statements: [
      {
        sid: "IssueCertificates",
        actions: ["acm-pca:IssueCertificate"],
        resources: [authorityArn],
        conditions: {
          StringEquals: {
            "acm-pca:TemplateArn": [
              "EndEntityCertificate/V1",
              "EndEntityClientAuthCertificate/V1",
              "EndEntityServerAuthCertificate/V1",
            ].map((template) => `arn:aws:acm-pca:::template/${template}`),
          },
        },
      },
      {
        sid: "ReadCertificates",
        actions: ["acm-pca:DescribeCertificateAuthority", "acm-pca:GetCertificate"],
        resources: [authorityArn],
      },
    ],
  });
