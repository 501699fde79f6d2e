import type { Construct } from "constructs";
import type { Statement } from "../identity/policy-document.ts";
import { ServiceRole } from "../identity/service-role.ts";
import { keysIn, through } from "../keys/key-use.ts";

const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** Whose role it is and which keys it meets. */
export interface ClusterRoleProps {
  /** Of role and cluster alike. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Key that wraps Kubernetes secrets. */
  readonly secretsKeyArn: string;
  /** Aliases, `alias/` included, of keys that volumes of nodes are encrypted with. */
  readonly volumeKeyAliases: readonly string[];
}

/**
 * The role in which an Auto Mode cluster makes nodes, network interfaces and volumes, and registers pods with load
 * balancers: the five policies that AWS keeps for it, each held to what carries the cluster's own tag.
 *
 * Beside them: our tags on nodes, which those policies would refuse; use of the keys of nodes' volumes, through EC2 alone.
 */
export function clusterRole(scope: Construct, id: string, props: ClusterRoleProps): ServiceRole {
  return new ServiceRole(scope, id, {
    name: props.name,
    description: "The Kubernetes cluster: nodes, network interfaces, targets of load balancers",
    trust: {
      sid: "Cluster",
      effect: "Allow",
      principals: { services: ["eks.amazonaws.com"] },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      // For clusters of this account alone: the service acts for every account of AWS.
      conditions: { StringEquals: { "aws:SourceAccount": [props.accountId] } },
    },
    managedPolicyArns: [
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSBlockStoragePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ].map(awsPolicy),
    statements: [
      {
        sid: "WrapSecrets",
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
        resources: [props.secretsKeyArn],
      },
      ...tagStatements(props),
      ...(props.volumeKeyAliases.length === 0 ? [] : volumeStatements(props)),
    ],
  });
}

/** Node classes tag what they make like all else is tagged (MUN-6.3); the managed policies know EKS's tags only. */
function tagStatements({ name, accountId, region }: ClusterRoleProps): readonly Statement[] {
  const made = (kind: string) => `arn:aws:ec2:${region}:${accountId}:${kind}/*`;
  const ofCluster = { "aws:RequestTag/eks:eks-cluster-name": [name] };
  return [
    {
      sid: "TagNodes",
      actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      resources: ["fleet", "instance", "launch-template", "network-interface", "volume"].map(made),
      conditions: {
        StringEquals: ofCluster,
        StringLike: {
          "aws:RequestTag/eks:kubernetes-node-class-name": ["*"],
          "aws:RequestTag/eks:kubernetes-node-pool-name": ["*"],
        },
      },
    },
    {
      sid: "TagInterfaces",
      actions: ["ec2:CreateNetworkInterface"],
      resources: [made("network-interface")],
      conditions: { StringEquals: ofCluster, StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": ["*"] } },
    },
  ];
}

function volumeStatements({ accountId, region, volumeKeyAliases }: ClusterRoleProps): readonly Statement[] {
  const resources = [keysIn(region, accountId)];
  const conditions = {
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": volumeKeyAliases },
    ...through([region], "ec2"),
  };
  return [
    {
      sid: "EncryptVolumes",
      actions: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resources,
      conditions,
    },
    {
      sid: "AttachVolumes",
      actions: ["kms:CreateGrant"],
      resources,
      conditions: { ...conditions, Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
  ];
}

/**
 * The one role of all nodes: it pulls images and exchanges tokens of pods for credentials of the pods' own roles.
 *
 * One role serves every node class, since what differs between services are the roles of their pods; EKS makes its access
 * entry with the cluster, so that a node class needs none of its own.
 */
export const nodeRole = (scope: Construct, id: string, name: string): ServiceRole =>
  new ServiceRole(scope, id, {
    name,
    description: "Nodes of the Kubernetes cluster: images, and credentials of pods",
    trust: {
      sid: "Nodes",
      effect: "Allow",
      principals: { services: ["ec2.amazonaws.com"] },
      actions: ["sts:AssumeRole"],
    },
    managedPolicyArns: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"].map(awsPolicy),
  });
