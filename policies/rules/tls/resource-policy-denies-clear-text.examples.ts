import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["${aws_s3_bucket.dumps.arn}", "${aws_s3_bucket.dumps.arn}/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const bucket = (...statements: readonly object[]): Loose => ({
  aws_s3_bucket: { dumps: {} },
  aws_s3_bucket_policy: {
    dumps: { bucket: "${aws_s3_bucket.dumps.id}", policy: JSON.stringify({ Statement: statements }) },
  },
});
const finds = ["aws_s3_bucket.dumps policy"];

/** Statements that look as if they denied clear text, by what is another thing in them. */
const traps: Readonly<Record<string, Loose>> = {
  "a statement that allows with TLS, and denies nothing": { Effect: "Allow" },
  "objects left out": { Resource: "${aws_s3_bucket.dumps.arn}" },
  "the bucket left out": { Resource: "${aws_s3_bucket.dumps.arn}/*" },
  "another bucket's name": { Resource: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] },
  "all resources but objects": { Resource: undefined, NotResource: "${aws_s3_bucket.dumps.arn}/*" },
  "one account only": { Principal: { AWS: "arn:aws:iam::111111111111:root" } },
  "all but one": { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111111111111:role/a" } },
  "one action only": { Action: ["s3:GetObject", "s3:PutObject"] },
  "all actions but one": { Action: undefined, NotAction: "s3:GetObject" },
  "one more condition, so that it holds for nobody else": {
    Condition: { ...statement.Condition, StringEquals: { "aws:PrincipalAccount": "111111111111" } },
  },
  "the condition turned round": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
  "a version of TLS, which a request without any does not have": {
    Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } },
  },
};

export const examples: Examples = {
  good: [
    { title: "a bucket that denies it", resources: bucket(statement) },
    {
      title: "two statements, by name, one for objects and one for the bucket",
      resources: {
        ...bucket(
          { ...statement, Principal: { AWS: "*" }, Resource: "arn:aws:s3:::dumps" },
          {
            ...statement,
            NotAction: "iam:*",
            Action: undefined,
            Resource: "arn:aws:s3:::dumps/*",
            Condition: { StringNotEquals: { "aws:securetransport": "true" } },
          },
        ),
        aws_s3_bucket: { dumps: { bucket: "dumps" } },
      },
    },
    {
      title: "a document of its own",
      resources: {
        aws_s3_bucket: { dumps: { bucket: "dumps" } },
        aws_s3_bucket_policy: { dumps: { bucket: "dumps", policy: "${data.aws_iam_policy_document.dumps.json}" } },
      },
      configuration: {
        data: {
          aws_iam_policy_document: {
            dumps: {
              statement: {
                effect: "Deny",
                actions: ["s3:*"],
                resources: ["*"],
                principals: { type: "*", identifiers: ["*"] },
                condition: { test: "BoolIfExists", variable: "aws:SecureTransport", values: ["false"] },
              },
            },
          },
        },
      },
    },
    {
      title: "a queue, a topic, files and an event bus that deny it",
      resources: {
        aws_sqs_queue: {
          jobs: { policy: JSON.stringify({ Statement: { ...statement, Action: "SQS:*", Resource: "*" } }) },
        },
        aws_sns_topic: { alarms: { name: "alarms" } },
        aws_sns_topic_policy: {
          alarms: {
            arn: "${aws_sns_topic.alarms.arn}",
            policy: JSON.stringify({
              Statement: {
                ...statement,
                Action: "sns:Publish",
                Resource: "arn:aws:sns:eu-central-1:111111111111:alarms",
              },
            }),
          },
        },
        aws_efs_file_system: { files: {} },
        aws_efs_file_system_policy: {
          files: {
            file_system_id: "${aws_efs_file_system.files.id}",
            policy: JSON.stringify({
              Statement: { ...statement, Action: "*", Resource: "${aws_efs_file_system.files.arn}" },
            }),
          },
        },
        aws_cloudwatch_event_bus: { orders: { name: "orders" } },
        aws_cloudwatch_event_bus_policy: {
          orders: {
            event_bus_name: "orders",
            policy: JSON.stringify({
              Statement: { ...statement, Action: "events:*", Resource: "${aws_cloudwatch_event_bus.orders.arn}" },
            }),
          },
        },
      },
    },
  ],
  bad: [
    { title: "no policy", resources: { aws_s3_bucket: { dumps: {} } }, finds },
    ...Object.entries(traps).map(([title, change]) => ({
      title,
      resources: bucket({ ...statement, ...change }),
      finds,
    })),
    {
      title: "a queue that denies only sending, a topic and files without a policy",
      resources: {
        aws_sqs_queue: {
          jobs: { policy: JSON.stringify({ Statement: { ...statement, Action: "sqs:SendMessage", Resource: "*" } }) },
        },
        aws_sns_topic: { alarms: {} },
        aws_efs_file_system: { files: {} },
        aws_cloudwatch_event_bus: { orders: { name: "orders" } },
      },
      finds: [
        "aws_sqs_queue.jobs policy",
        "aws_sns_topic.alarms policy",
        "aws_efs_file_system.files policy",
        "aws_cloudwatch_event_bus.orders policy",
      ],
    },
  ],
  unknown: [
    {
      title: "two policies for one bucket, of which one denies nothing",
      resources: {
        aws_s3_bucket: { dumps: {} },
        aws_s3_bucket_policy: {
          open: { bucket: "${aws_s3_bucket.dumps.id}", policy: JSON.stringify({ Statement: [] }) },
          shut: { bucket: "${aws_s3_bucket.dumps.id}", policy: JSON.stringify({ Statement: statement }) },
        },
      },
      finds,
    },
    {
      title: "a document that a variable holds",
      resources: { aws_s3_bucket: { dumps: { policy: "${var.policy}" } } },
      finds,
    },
    {
      title: "a statement whose principal and resources variables name",
      resources: bucket({
        ...statement,
        Principal: { AWS: "${var.who}" },
        Resource: ["${var.bucket}", "${var.bucket}/*"],
      }),
      finds,
    },
  ],
};

/** Changes the statement that denies clear text; to nothing, it is left out. */
const denial = (
  title: string,
  change: (statement: Loose) => Loose | undefined,
  type = "aws_s3_bucket_policy",
): Mutation =>
  onResource(type, title, (each) => {
    const document = JSON.parse(each.policy);
    const statements = document.Statement.flatMap((own: Loose) => {
      if (own.Condition?.Bool?.["aws:SecureTransport"] === undefined) return [own];
      return change(own) ?? [];
    });
    return { ...each, policy: JSON.stringify({ ...document, Statement: statements }) };
  });

export const mutations: readonly Mutation[] = [
  onResource("aws_s3_bucket_policy", "drop the policy of a bucket", () => undefined),
  denial("drop the statement", () => undefined),
  denial("drop the statement of a topic", () => undefined, "aws_sns_topic_policy"),
  denial("drop the statement of a file system", () => undefined, "aws_efs_file_system_policy"),
  denial("allow instead", (own) => ({ ...own, Effect: "Allow" })),
  denial("leave out objects", (own) => ({ ...own, Resource: own.Resource[0] })),
  denial("leave out the bucket", (own) => ({ ...own, Resource: [own.Resource[1]] })),
  denial("one principal", (own) => ({ ...own, Principal: { AWS: "arn:aws:iam::333333333333:root" } })),
  denial("all but one principal", ({ Principal: _, ...own }) => ({
    ...own,
    NotPrincipal: { AWS: "arn:aws:iam::333333333333:role/a" },
  })),
  denial("all actions but reading", ({ Action: _, ...own }) => ({ ...own, NotAction: ["s3:Get*"] })),
  denial("only some actions", (own) => ({ ...own, Action: ["s3:Put*", "s3:Get*", "s3:List*"] })),
  denial("another condition beside", (own) => ({
    ...own,
    Condition: { ...own.Condition, StringNotEquals: { "aws:PrincipalTag/legacy": "yes" } },
  })),
  denial("turn the condition round", (own) => ({ ...own, Condition: { Bool: { "aws:SecureTransport": "true" } } })),
];
