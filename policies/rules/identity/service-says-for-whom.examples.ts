import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { documentOf } from "./examples/documents.ts";
import { onStatement } from "./examples/mutations.ts";

const topic = (service: string, condition?: JsonObject): JsonObject => ({
  aws_sns_topic_policy: {
    alarms: {
      arn: "alarms",
      policy: documentOf({
        ...{ Effect: "Allow", Principal: { Service: service }, Action: "sns:Publish", Resource: "*" },
        ...(condition === undefined ? {} : { Condition: condition }),
      }),
    },
  },
});
const found = ["aws_sns_topic_policy.alarms policy.Statement[0].Condition"];

export const examples: Examples = {
  good: [
    {
      title: "for one account",
      resources: topic("cloudwatch.amazonaws.com", { StringEquals: { "aws:SourceAccount": "111111111111" } }),
    },
    {
      title: "for one bucket",
      resources: topic("s3.amazonaws.com", { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::uploads" } }),
    },
    {
      title: "for buckets of one account by the beginning of their names",
      resources: topic("s3.amazonaws.com", {
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::com*" },
        StringEquals: { "aws:SourceAccount": "111111111111" },
      }),
    },
    { title: "a service that cannot say for whom", resources: topic("events.amazonaws.com") },
    {
      title: "a function that one bucket calls",
      resources: {
        aws_lambda_permission: {
          a: { action: "lambda:InvokeFunction", principal: "s3.amazonaws.com", source_account: "111111111111" },
        },
      },
    },
  ],
  bad: [
    { title: "for anyone", resources: topic("cloudwatch.amazonaws.com"), finds: found },
    {
      title: "for any bucket of anyone",
      resources: topic("s3.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }),
      finds: found,
    },
    {
      title: "for any bucket of anyone whose name begins so",
      resources: topic("s3.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::com*" } }),
      finds: found,
    },
    {
      title: "for one account, or where nobody says",
      resources: topic("s3.amazonaws.com", { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } }),
      finds: found,
    },
    {
      title: "a function that any interface calls",
      resources: {
        aws_lambda_permission: { a: { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" } },
      },
      finds: ["aws_lambda_permission.a principal.Statement[0].Condition"],
    },
  ],
  unknown: [],
};

const drop = (carrier: readonly [string, string], service: string): Mutation =>
  onStatement(carrier, `let ${service} use it for anyone`, (statement) => {
    if (String(statement.Principal?.Service).startsWith(service) && statement.Effect === "Allow")
      delete statement.Condition;
  });

export const mutations: readonly Mutation[] = [
  drop(["aws_s3_bucket_policy", "policy"], "cloudtrail"),
  drop(["aws_kms_key", "policy"], "logs"),
  drop(["aws_kms_key", "policy"], "cloudfront"),
  drop(["aws_sns_topic_policy", "policy"], "cloudwatch"),
  drop(["aws_cloudwatch_log_resource_policy", "policy_document"], "route53"),
  onStatement(["aws_s3_bucket_policy", "policy"], "name buckets of anyone", (statement) => {
    if (String(statement.Principal?.Service) === "logging.s3.amazonaws.com")
      statement.Condition = { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } };
  }),
  onStatement(["aws_s3_bucket_policy", "policy"], "name buckets of anyone by how their names begin", (statement) => {
    if (String(statement.Principal?.Service) === "logging.s3.amazonaws.com")
      statement.Condition = { ArnLike: { "aws:SourceArn": "arn:aws:s3:::prd-*" } };
  }),
];
