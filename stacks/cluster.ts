import { type App, Fn } from "cdktf";
import { LogGroup } from "../constructs/audit/log-group.ts";
import { ApiSession } from "../constructs/cluster/api-session.ts";
import { Cluster } from "../constructs/cluster/cluster.ts";
import { clusterRole, nodeRole } from "../constructs/cluster/roles.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { Parameter } from "../constructs/secrets/parameter.ts";
import {
  administrativeRole,
  clusterName,
  clusterRole as clusterRoleArn,
  clusterSessionName,
  PLATFORM,
  parameterName,
  resourceName,
} from "../services/names.ts";
import { type clusterFacts, kubernetes, cluster as planned } from "../services/platform.ts";
import { type Estate, isOnPods } from "../services/resolve.ts";
import type { Environment } from "../services/schema/environment.ts";
import { inDays } from "../services/schema/units.ts";
import { accessEntries } from "./cluster/access.ts";
import { addOns } from "./cluster/add-ons.ts";
import { connectCluster } from "./cluster/connections.ts";
import { registry } from "./cluster/registry.ts";
import { endpointParties } from "./endpoint-parties.ts";
import type { observabilityStack } from "./observability.ts";
import { exported, imported, named } from "./outputs.ts";
import type { PlatformStack } from "./platform-stack.ts";
import type { PlatformInputs } from "./service/context.ts";
import { deletable, guardians, newStack, type StackIdentity } from "./stack.ts";

/**
 * What services on pods share: the cluster with its add-ons, who may use its API, and the registry of images. Node
 * classes and pools of services are objects in the cluster; subnets, groups, role and keys they name are there before.
 */
export function clusterStack(
  app: App,
  estate: Estate,
  inputs: PlatformInputs & { readonly observability: ReturnType<typeof observabilityStack> },
) {
  const { environment, services } = estate;
  const identity: StackIdentity = { environment, name: planned.name, owner: "platform", data: "personal" };
  const stack = newStack(app, identity);
  const audit = imported(stack, inputs.audit);
  const network = imported(stack, inputs.network);
  const pki = imported(stack, inputs.pki);
  const observability = imported(stack, inputs.observability);
  const name = clusterName(environment);
  const { account: accountId, region } = environment;
  const onPods = services.map(({ service }) => service).filter(isOnPods);

  const secretsKeyArn = secretsKey(stack, environment);
  const role = clusterRole(stack, "cluster-role", {
    name,
    accountId,
    region,
    secretsKeyArn,
    volumeKeyAliases: [
      // The pool for add-ons names no key: the one that the account falls back on.
      `alias/${resourceName(environment, PLATFORM, "volumes")}`,
      ...onPods.map(({ code }) => `alias/${resourceName(environment, code, "data")}`),
    ],
  });
  const nodes = nodeRole(stack, "nodes-role", resourceName(environment, PLATFORM, "nodes"));
  const logGroup = new LogGroup(stack, "control-plane", {
    name: `/aws/eks/${name}/cluster`,
    kmsKeyArn: audit.logsKeyArn,
    // Who did what in the cluster stands here alone.
    retentionDays: inDays(environment.logs.archive),
    ...deletable(environment),
  });
  const cluster = new Cluster(stack, "cluster", {
    name,
    version: kubernetes.version,
    vpcCidr: environment.cidr,
    serviceRange: kubernetes.serviceRange,
    subnetIds: environment.zones.map(({ letter }) => named(network.subnetIds, `app-${planned.name}-${letter}`)),
    role,
    nodeRole: nodes,
    secretsKeyArn,
    logGroup,
    ...deletable(environment),
  });
  connectCluster(stack, estate.flows, {
    "platform/cluster": cluster.securityGroupId,
    ...observability.securityGroupIds,
    ...endpointParties(network.endpointGroupIds),
  });
  accessEntries(stack, environment, cluster.name, onPods);
  addOns(stack, environment, cluster.name, pki.internalAuthorityArn);
  registry(stack, environment, onPods);

  new ApiSession(stack, "api-session", {
    name: clusterSessionName(environment),
    host: Fn.trimprefix(cluster.endpoint, "https://"),
  });
  const facts: Readonly<
    Record<(typeof clusterFacts)[number], { readonly value: string; readonly description: string }>
  > = {
    endpoint: { value: cluster.endpoint, description: "Address of the cluster's API" },
    "certificate-authority": {
      value: cluster.certificateAuthority,
      description: "Who signs for the API, PEM in base64",
    },
  };
  for (const [fact, { value, description }] of Object.entries(facts)) {
    new Parameter(stack, `${fact}-parameter`, { name: parameterName(environment, planned, fact), description, value });
  }
  return exported(stack, environment, planned.name, {
    name: cluster.name,
    securityGroupId: cluster.securityGroupId,
    // For the chart, whose issuer names it.
    internalAuthorityArn: pki.internalAuthorityArn,
  });
}

/** Wraps secrets of Kubernetes. Without it nothing in the cluster can be read again. */
const secretsKey = (stack: PlatformStack, environment: Environment): string =>
  new EncryptionKey(stack, "secrets-key", {
    aliasName: clusterName(environment),
    description: "Kubernetes secrets",
    accountId: environment.account,
    region: environment.region,
    userArns: [clusterRoleArn(environment)],
    delegatorArns: [administrativeRole(environment, "apply"), administrativeRole(environment, "break-glass")],
    // EKS asks KMS itself.
    usedThrough: "direct",
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;
