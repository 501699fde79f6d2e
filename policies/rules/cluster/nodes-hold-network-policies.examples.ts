import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const NODES = "aws_eks_node_group";
const AT = "aws_eks_addon vpc-cni enableNetworkPolicy";
const nodes = { [NODES]: { main: { cluster_name: "${aws_eks_cluster.main.name}" } }, aws_eks_cluster: { main: {} } };
const cni = (more: JsonObject) => ({
  ...nodes,
  aws_eks_addon: { cni: { cluster_name: "${aws_eks_cluster.main.name}", addon_name: "vpc-cni", ...more } },
});

export const examples: Examples = {
  good: [
    { title: "the add-on holds them", resources: cni({ configuration_values: '{"enableNetworkPolicy":"true"}' }) },
    {
      title: "an agent of others holds them",
      resources: nodes,
      manifests: [{ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "cilium", namespace: "kube-system" } }],
    },
  ],
  bad: [
    { title: "nobody holds them", resources: nodes, finds: [`${NODES}.main ${AT}`] },
    { title: "an add-on as it is by default", resources: cni({}), finds: [`${NODES}.main ${AT}`] },
    {
      title: "an add-on of another cluster",
      resources: {
        ...cni({ configuration_values: '{"enableNetworkPolicy":"true"}' }),
        [NODES]: { main: { cluster_name: "other" } },
      },
      finds: [`${NODES}.main ${AT}`],
    },
    {
      title: "pods on Fargate",
      resources: { aws_eks_fargate_profile: { main: { selector: [{ namespace: "shop" }] } } },
      finds: ["aws_eks_fargate_profile.main selector"],
    },
    {
      title: "nodes of Karpenter without an agent",
      manifests: [{ apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name: "shop" }, spec: {} }],
      finds: [`EC2NodeClass/shop ${AT}`],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: cni({ configuration_values: "${var.cni}" }),
      finds: [`${NODES}.main ${AT}`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("send pods to Fargate", "aws_eks_fargate_profile", { selector: [{ namespace: "shop" }] }),
];
