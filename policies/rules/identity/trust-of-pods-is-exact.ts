import { objection, rule } from "../../engine/rule.ts";
import { exactly } from "../../model/identity/conditions.ts";
import { trustedServices, trusts } from "../../model/identity/trusts.ts";
import { isUnknown } from "../../model/value.ts";

const TAGS = ["kubernetes-namespace", "kubernetes-service-account"];
const CLUSTER = ["eks-cluster-arn", "eks-cluster-name"];

/** EKS names cluster, namespace and service account in each session's tags: a pod's role is of exactly one of each. */
export const trustOfPodsIsExact = rule({
  id: "IAM-011",
  slug: "trust-of-pods-is-exact",
  severity: "high",
  title: "A role for pods is of one service account of one namespace of one cluster",
  why: "Whoever may associate roles with service accounts could otherwise give any pod any of them.",
  fix: "Demand StringEquals of aws:RequestTag/eks-cluster-arn, .../kubernetes-namespace and .../kubernetes-service-account.",
  appliesTo: trusts,
  requirements: [],
  concerns: (trust) => trustedServices(trust).includes("pods.eks.amazonaws.com"),
  check({ statement, path }) {
    if (isUnknown(statement)) return [];
    const isExact = (tag: string): boolean =>
      ["aws:requesttag", "aws:principaltag"].some((each) => exactly(statement, `${each}/${tag}`)?.length === 1);
    return [...TAGS.filter((tag) => !isExact(tag)), ...(CLUSTER.some(isExact) ? [] : ["eks-cluster-arn"])].map((tag) =>
      objection(`${path}.Condition.aws:RequestTag/${tag}`, "nothing, or several", "one exact value under StringEquals"),
    );
  },
});
