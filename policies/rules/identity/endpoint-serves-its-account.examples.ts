import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement } from "./examples/mutations.ts";

const endpoint = (policy?: string): JsonObject => ({
  aws_vpc_endpoint: {
    s3: { service_name: "com.amazonaws.eu-central-1.s3", ...(policy === undefined ? {} : { policy }) },
  },
});
const all = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const own = { ...all, Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } } };
const found = ["aws_vpc_endpoint.s3 policy.Statement[0].Condition"];

export const examples: Examples = {
  good: [
    { title: "resources of the account", resources: endpoint(documentOf(own)) },
    {
      title: "one bucket of AWS",
      resources: endpoint(
        documentOf({
          ...all,
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
        }),
      ),
    },
    {
      title: "the policy is a resource of its own",
      resources: {
        ...endpoint(),
        aws_vpc_endpoint_policy: { s3: { vpc_endpoint_id: "${aws_vpc_endpoint.s3.id}", policy: documentOf(own) } },
      },
    },
    {
      title: "documents that AWS keeps, whose ARNs name no account",
      resources: endpoint(documentOf({ ...all, Action: "ssm:GetDocument", Resource: "arn:aws:ssm:*::document/*" })),
    },
    {
      title: "all secrets of the account, by their ARN",
      resources: endpoint(
        documentOf({ ...all, Resource: "arn:aws:secretsmanager:eu-central-1:111111111111:secret:*" }),
      ),
    },
  ],
  bad: [
    {
      title: "resources of another account",
      resources: endpoint(
        documentOf({
          ...all,
          Condition: { StringEquals: { "aws:ResourceAccount": ["111111111111", "222222222222"] } },
        }),
      ),
      configuration: { provider: { aws: { allowed_account_ids: ["111111111111"] } } },
      finds: found,
    },
    {
      title: "all secrets of any account",
      resources: endpoint(documentOf({ ...all, Resource: "arn:aws:secretsmanager:*:*:secret:*" })),
      finds: found,
    },
    {
      title: "all buckets that there are",
      resources: endpoint(documentOf({ ...all, Action: "s3:PutObject", Resource: "arn:aws:s3:::*/*" })),
      finds: found,
    },
    { title: "nothing is said", resources: endpoint(), finds: ["aws_vpc_endpoint.s3 policy"] },
    { title: "resources of anyone", resources: endpoint(documentOf(all)), finds: found },
    {
      title: "principals of the account, resources of anyone",
      resources: endpoint(
        documentOf({ ...all, Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } }),
      ),
      finds: found,
    },
    {
      title: "any account",
      resources: endpoint(documentOf({ ...all, Condition: { StringLike: { "aws:ResourceAccount": "*" } } })),
      finds: found,
    },
  ],
  unknown: [
    {
      title: "a variable holds the policy",
      resources: endpoint("${var.policy}"),
      finds: ["aws_vpc_endpoint.s3 policy"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(
    "aws_vpc_endpoint",
    "drop the policy",
    ({ policy, ...rest }) => rest,
    (each) => each.attributes["policy"] !== undefined,
  ),
  onStatement(["aws_vpc_endpoint", "policy"], "lead to a stranger's resources", (statement) => {
    const account = statement.Condition?.StringEquals?.["aws:ResourceAccount"];
    if (account !== undefined) statement.Condition.StringEquals["aws:ResourceAccount"] = "999999999999";
  }),
  onStatement(["aws_vpc_endpoint", "policy"], "lead to resources of anyone", (statement) => {
    if (statement.Condition?.StringEquals !== undefined) delete statement.Condition.StringEquals["aws:ResourceAccount"];
  }),
];
