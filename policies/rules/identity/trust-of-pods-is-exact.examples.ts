import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf, forService } from "./examples/documents.ts";
import { onStatement, TRUST } from "./examples/mutations.ts";

const PODS = "pods.eks.amazonaws.com";
const role = (condition?: JsonObject): JsonObject => ({
  aws_iam_role: { api: { name: "api", assume_role_policy: documentOf(forService(PODS, condition)) } },
});
const tags = {
  "aws:RequestTag/eks-cluster-name": "main",
  "aws:RequestTag/kubernetes-namespace": "shop",
  "aws:RequestTag/kubernetes-service-account": "api",
};
const at = (tag: string) => `aws_iam_role.api assume_role_policy.Statement[0].Condition.aws:RequestTag/${tag}`;

export const examples: Examples = {
  good: [{ title: "one service account", resources: role({ StringEquals: tags }) }],
  bad: [
    {
      title: "any pod",
      resources: role(),
      finds: [at("kubernetes-namespace"), at("kubernetes-service-account"), at("eks-cluster-arn")],
    },
    {
      title: "any account of a namespace",
      resources: role({ StringEquals: { ...tags, "aws:RequestTag/kubernetes-service-account": ["api", "worker"] } }),
      finds: [at("kubernetes-service-account")],
    },
    {
      title: "a pattern",
      resources: role({ StringLike: { ...tags, "aws:RequestTag/kubernetes-namespace": "shop-*" } }),
      finds: [at("kubernetes-namespace")],
    },
  ],
  unknown: [],
};

const isOfPods = (statement: { readonly Principal?: { readonly Service?: unknown } }): boolean =>
  String(statement.Principal?.Service) === PODS;

export const mutations: readonly Mutation[] = [
  onStatement(TRUST, "drop the conditions", (statement) => {
    if (isOfPods(statement)) delete statement.Condition;
  }),
  onStatement(TRUST, "let in a whole namespace", (statement) => {
    if (isOfPods(statement))
      statement.Condition.StringEquals["aws:RequestTag/kubernetes-service-account"] = ["api", "worker"];
  }),
  onStatement(TRUST, "let in any namespace", (statement) => {
    if (!isOfPods(statement)) return;
    delete statement.Condition.StringEquals["aws:RequestTag/kubernetes-namespace"];
    statement.Condition.StringLike = { "aws:RequestTag/kubernetes-namespace": "*" };
  }),
];
