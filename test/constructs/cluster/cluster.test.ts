import { TerraformOutput } from "cdktf";
import { describe, expect, test } from "vitest";
import { LogGroup } from "../../../constructs/audit/log-group.ts";
import { Cluster, type ClusterProps } from "../../../constructs/cluster/cluster.ts";
import { clusterRole, nodeRole } from "../../../constructs/cluster/roles.ts";
import { synth } from "../../support/synth.ts";

const KEY = "arn:aws:kms:eu-central-1:111111111111:key/secrets";
const optOut = { enabled: false, reason: "rebuilt at will", until: "2027-06-30" } as const;

const build = (given: Partial<ClusterProps> = {}, logGroupName = "/aws/eks/shop/cluster") =>
  synth((stack) => {
    const cluster = new Cluster(stack, "cluster", {
      name: "shop",
      version: "1.36",
      vpcCidr: "10.10.0.0/16",
      serviceRange: "172.20.0.0/16",
      subnetIds: ["subnet-a", "subnet-b"],
      role: clusterRole(stack, "role", {
        name: "shop",
        accountId: "111111111111",
        region: "eu-central-1",
        secretsKeyArn: KEY,
        volumeKeyAliases: ["alias/shop-data"],
      }),
      nodeRole: nodeRole(stack, "nodes", "shop-nodes"),
      secretsKeyArn: KEY,
      logGroup: new LogGroup(stack, "logs", { name: logGroupName, kmsKeyArn: KEY, retentionDays: 365 }),
      ...given,
    });
    new TerraformOutput(stack, "group", { value: cluster.securityGroupId, staticId: true });
    new TerraformOutput(stack, "authority", { value: cluster.certificateAuthority, staticId: true });
  });

describe("a cluster", () => {
  test("is closed, in Auto Mode, logged and encrypted in all its parts", () => {
    const { "//": _, depends_on, ...args } = build().one("aws_eks_cluster").args;

    expect(args).toEqual({
      name: "shop",
      version: "1.36",
      role_arn: "${aws_iam_role.role_role.arn}",
      access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
      bootstrap_self_managed_addons: false,
      compute_config: { enabled: true, node_pools: ["system"], node_role_arn: "${aws_iam_role.nodes_role.arn}" },
      storage_config: { block_storage: { enabled: true } },
      kubernetes_network_config: {
        ip_family: "ipv4",
        service_ipv4_cidr: "172.20.0.0/16",
        elastic_load_balancing: { enabled: true },
      },
      vpc_config: {
        subnet_ids: ["subnet-a", "subnet-b"],
        endpoint_private_access: true,
        endpoint_public_access: false,
      },
      encryption_config: { resources: ["secrets"], provider: { key_arn: KEY } },
      enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      upgrade_policy: { support_type: "STANDARD" },
      zonal_shift_config: { enabled: true },
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
      tags: { Name: "shop" },
    });
    // Made before: else EKS makes a group without key and end, and could not take down what it made.
    expect(depends_on[0]).toBe("aws_cloudwatch_log_group.logs_log-group");
    expect(depends_on.length).toBe(1 + 6 + 2);
  });

  test("hands on the group that EKS makes for it, and who signs for its API", () => {
    const { output } = build().json;

    expect(output.group.value).toBe("${aws_eks_cluster.cluster_cluster.vpc_config[0].cluster_security_group_id}");
    expect(output.authority.value).toBe("${aws_eks_cluster.cluster_cluster.certificate_authority[0].data}");
  });

  test("can be taken down where that is accepted", () => {
    const { args } = build({ deletionProtection: optOut }).one("aws_eks_cluster");

    expect([args.deletion_protection, args.lifecycle]).toEqual([false, { prevent_destroy: false }]);
  });

  test.each([
    ["10.10.128.0/17", "in the VPC"],
    ["10.0.0.0/12", "around the VPC"],
    ["100.64.0.0/16", "outside the private ranges"],
    ["10.128.0.0/9", "larger than EKS takes"],
    ["172.20.0.0/25", "smaller than EKS takes"],
  ])("fails when Services get %s, %s", (serviceRange) => {
    expect(() => build({ serviceRange })).toThrow("serviceRange must be a /12 to /24");
  });

  test("fails when its log group has another name, for EKS writes to no other", () => {
    expect(() => build({}, "/aws/eks/other/cluster")).toThrow(
      'the log group must be "/aws/eks/shop/cluster", got "/aws/eks/other/cluster"',
    );
  });

  test("fails when it stands in one zone", () => {
    expect(() => build({ subnetIds: ["subnet-a"] })).toThrow("must have subnets in two zones at least, got 1");
  });
});

describe("its roles", () => {
  const roles = build();
  const policies = (role: string) =>
    roles
      .all("aws_iam_role_policy_attachment")
      .filter(({ args }) => args.role === `\${aws_iam_role.${role}.name}`)
      .map(({ args }) => args.policy_arn);
  const statements: { Sid: string; Condition: object; Resource: string[] }[] = JSON.parse(
    roles.one("aws_iam_role_policy").args.policy,
  ).Statement;

  test("are those AWS asks for in Auto Mode", () => {
    expect(policies("role_role")).toEqual(
      [
        "AmazonEKSBlockStoragePolicy",
        "AmazonEKSClusterPolicy",
        "AmazonEKSComputePolicy",
        "AmazonEKSLoadBalancingPolicy",
        "AmazonEKSNetworkingPolicy",
      ].map((name) => `arn:aws:iam::aws:policy/${name}`),
    );
    expect(policies("nodes_role")).toEqual(
      ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"].map(
        (name) => `arn:aws:iam::aws:policy/${name}`,
      ),
    );
    const trusts = roles.all("aws_iam_role").map(({ args }) => JSON.parse(args.assume_role_policy).Statement[0]);
    expect(trusts.map(({ Principal, Action }) => [Principal.Service, Action])).toEqual([
      [["ec2.amazonaws.com"], ["sts:AssumeRole"]],
      [["eks.amazonaws.com"], ["sts:AssumeRole", "sts:TagSession"]],
    ]);
  });

  test("use keys of volumes by their aliases and through EC2 alone, and tag nothing but what is the cluster's", () => {
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "WrapSecrets",
      "TagNodes",
      "TagInterfaces",
      "EncryptVolumes",
      "AttachVolumes",
    ]);
    const keys = {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/shop-data"] },
      StringEquals: { "kms:ViaService": ["ec2.eu-central-1.amazonaws.com"] },
    };
    expect(statements[3]?.Condition).toEqual(keys);
    expect(statements[4]?.Condition).toEqual({ ...keys, Bool: { "kms:GrantIsForAWSResource": ["true"] } });
    for (const statement of statements.slice(1, 3)) {
      expect(statement.Condition).toMatchObject({ StringEquals: { "aws:RequestTag/eks:eks-cluster-name": ["shop"] } });
    }
  });
});
