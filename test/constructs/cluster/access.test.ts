import { describe, expect, test } from "vitest";
import { AccessEntry, type AccessEntryProps } from "../../../constructs/cluster/access-entry.ts";
import { AddOn, onSystemNodes } from "../../../constructs/cluster/add-on.ts";
import { addOnRegistry } from "../../../constructs/cluster/add-on-registry.ts";
import { ApiSession } from "../../../constructs/cluster/api-session.ts";
import { PodRole } from "../../../constructs/cluster/pod-role.ts";
import { synth } from "../../support/synth.ts";

const ROLE = "arn:aws:iam::111111111111:role/shop-operator";
const entry = (given: Omit<AccessEntryProps, "clusterName" | "roleArn">) =>
  synth((stack) => new AccessEntry(stack, "operator", { clusterName: "shop", roleArn: ROLE, ...given }));

describe("an access entry", () => {
  test("gives a role a policy in some namespaces, and groups that the cluster binds", () => {
    const made = entry({ policy: "AmazonEKSViewPolicy", namespaces: ["orders"], groups: ["shop:operators"] });

    expect(made.one("aws_eks_access_entry").args).toMatchObject({
      cluster_name: "shop",
      principal_arn: ROLE,
      type: "STANDARD",
      kubernetes_groups: ["shop:operators"],
      tags: { Name: "shop-operator" },
    });
    expect(made.one("aws_eks_access_policy_association").args).toMatchObject({
      cluster_name: "shop",
      principal_arn: "${aws_eks_access_entry.operator_entry.principal_arn}",
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: { type: "namespace", namespaces: ["orders"] },
    });
  });

  test("holds a policy in the whole cluster unless namespaces are named", () => {
    const made = entry({ policy: "AmazonEKSClusterAdminPolicy" });

    expect(made.one("aws_eks_access_policy_association").args.access_scope).toEqual({ type: "cluster" });
  });

  test("has no policy where groups say all", () => {
    expect(entry({ groups: ["shop:scrapers"] }).all("aws_eks_access_policy_association")).toEqual([]);
  });

  test("fails when it gives nothing, or a group that Kubernetes or AWS keeps", () => {
    expect(() => entry({})).toThrow("must give a policy or groups of our own, got none");
    expect(() => entry({ groups: ["system:masters"] })).toThrow("groups of our own, got system:masters");
  });
});

const cluster = { name: "shop", arn: "arn:aws:eks:eu-central-1:111111111111:cluster/shop" };
const podRole = (stack: Parameters<Parameters<typeof synth>[0]>[0]) =>
  new PodRole(stack, "api-role", {
    name: "shop-api",
    description: "serves orders",
    cluster,
    namespace: "orders",
    serviceAccount: "api",
    statements: [{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
  });

describe("the role of pods", () => {
  const made = synth(podRole);

  test("is taken by one service account of one cluster", () => {
    expect(JSON.parse(made.one("aws_iam_role").args.assume_role_policy).Statement).toEqual([
      {
        Sid: "Pods",
        Effect: "Allow",
        Principal: { Service: ["pods.eks.amazonaws.com"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": cluster.arn,
            "aws:RequestTag/kubernetes-namespace": "orders",
            "aws:RequestTag/kubernetes-service-account": "api",
          },
        },
      },
    ]);
  });

  test("is associated with that account, and keeps the tags that its trust asks for", () => {
    const { args } = made.one("aws_eks_pod_identity_association");

    expect(args).toMatchObject({
      cluster_name: "shop",
      namespace: "orders",
      service_account: "api",
      role_arn: "${aws_iam_role.api-role_role_role.arn}",
    });
    expect(args.disable_session_tags).toBeUndefined();
  });
});

describe("an add-on", () => {
  test("is set back to its definition, on the nodes that are there for it, after what it builds on", () => {
    const made = synth((stack) => {
      const first = new AddOn(stack, "first", { clusterName: "shop", name: "cert-manager" });
      new AddOn(stack, "second", {
        clusterName: "shop",
        name: "metrics-server",
        configuration: { replicas: 2, ...onSystemNodes },
        after: [first],
      });
    });
    const [, second] = made.all("aws_eks_addon");

    expect(second?.args).toMatchObject({
      cluster_name: "shop",
      addon_name: "metrics-server",
      resolve_conflicts_on_create: "OVERWRITE",
      resolve_conflicts_on_update: "OVERWRITE",
      depends_on: ["aws_eks_addon.first_add-on"],
    });
    expect(JSON.parse(second?.args.configuration_values)).toEqual({
      replicas: 2,
      nodeSelector: { "karpenter.sh/nodepool": "system" },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    });
  });

  test("comes from the registry AWS has for the region", () => {
    expect(["eu-central-1", "us-east-1", "eu-south-1"].map(addOnRegistry)).toEqual([
      "602401143452",
      "602401143452",
      "590381155156",
    ]);
  });
});

describe("a session to the API", () => {
  const { args } = synth((stack) => new ApiSession(stack, "api", { name: "shop-api", host: "api.example.org" })).one(
    "aws_ssm_document",
  );
  const content = JSON.parse(args.content);

  test("leads to the API's port 443 and nowhere else: the caller chooses only his own port", () => {
    expect([args.name, args.document_type]).toEqual(["shop-api", "Session"]);
    expect(content.properties).toEqual({
      type: "LocalPortForwarding",
      host: "api.example.org",
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    });
    expect(Object.keys(content.parameters)).toEqual(["localPortNumber"]);
  });

  test.each([
    ["1", true],
    ["8443", true],
    ["65535", true],
    ["0", false],
    ["65536", false],
    ["443; id", false],
  ])("takes port %s: %s", (port, taken) => {
    expect(new RegExp(content.parameters.localPortNumber.allowedPattern).test(port)).toBe(taken);
  });
});
