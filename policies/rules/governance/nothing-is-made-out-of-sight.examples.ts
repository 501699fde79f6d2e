import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

export const examples: Examples = {
  good: [{ title: "resources of AWS as they are", resources: { aws_s3_bucket: { a: { bucket: "a" } } } }],
  bad: [
    {
      title: "stacks, resources in JSON and products",
      resources: {
        aws_cloudcontrolapi_resource: { a: { type_name: "AWS::IAM::Role", desired_state: "{}" } },
        aws_cloudformation_stack: { a: { name: "a", template_body: "{}" } },
        aws_cloudformation_stack_set: { a: { name: "a", template_url: "https://example.org/a.json" } },
        aws_servicecatalog_provisioned_product: { a: { name: "a", product_id: "prod-1" } },
      },
      finds: [
        "aws_cloudcontrolapi_resource.a desired_state",
        "aws_cloudformation_stack.a template_body",
        "aws_cloudformation_stack_set.a template_body",
        "aws_servicecatalog_provisioned_product.a product_id",
      ],
    },
    {
      title: "objects and resources under names that no rule knows",
      resources: {
        awscc_iam_role: { a: { role_name: "a" } },
        helm_release: { a: { name: "a", chart: "a" } },
        kubernetes_deployment: { a: { metadata: { name: "a" } } },
      },
      finds: ["helm_release.a chart", "awscc_iam_role.a type", "kubernetes_deployment.a type"],
    },
  ],
  // Whatever such a resource says of itself, it is one.
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  addResource("add a stack of a template", "aws_cloudformation_stack", { name: "a", template_body: "{}" }),
  addResource("add a role under another provider's name", "awscc_iam_role", { role_name: "a" }),
  addResource("add a chart", "helm_release", { name: "a", chart: "a" }),
];
