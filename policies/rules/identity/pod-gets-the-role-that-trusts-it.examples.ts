import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forService } from "./examples/documents.ts";

const pod = (namespace: string, service_account: string): JsonObject => ({
  aws_iam_role: {
    api: {
      name: "api",
      assume_role_policy: documentOf(
        forService("pods.eks.amazonaws.com", {
          StringEquals: {
            "aws:RequestTag/kubernetes-namespace": "shop",
            "aws:RequestTag/kubernetes-service-account": "api",
          },
        }),
      ),
    },
  },
  aws_eks_pod_identity_association: {
    api: { cluster_name: "main", namespace, service_account, role_arn: "${aws_iam_role.api.arn}" },
  },
});

export const examples: Examples = {
  good: [{ title: "both name the same", resources: pod("shop", "api") }],
  bad: [
    {
      title: "another service account",
      resources: pod("shop", "worker"),
      finds: ["aws_eks_pod_identity_association.api service_account"],
    },
    {
      title: "another namespace",
      resources: pod("default", "api"),
      finds: ["aws_eks_pod_identity_association.api namespace"],
    },
  ],
  unknown: [
    {
      title: "a variable names it",
      resources: pod("shop", "${var.account}"),
      finds: ["aws_eks_pod_identity_association.api service_account"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_eks_pod_identity_association", "name another service account", (each) => ({
    ...each,
    service_account: "default",
  })),
  onResource("aws_eks_pod_identity_association", "name another namespace", (each) => ({
    ...each,
    namespace: "kube-system",
  })),
];
