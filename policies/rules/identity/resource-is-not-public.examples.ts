import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { addResource } from "./examples/additions.ts";
import { documentOf } from "./examples/documents.ts";
import { withStatement } from "./examples/mutations.ts";

const lets = (principal: Json, condition?: JsonObject): JsonObject => ({
  ...{ Effect: "Allow", Principal: principal, Action: "s3:GetObject", Resource: "*" },
  ...(condition === undefined ? {} : { Condition: condition }),
});
const bucket = (...statements: readonly JsonObject[]): JsonObject => ({
  aws_s3_bucket_policy: { uploads: { bucket: "uploads", policy: documentOf(...statements) } },
});
const found = ["aws_s3_bucket_policy.uploads policy.Statement[0].Principal"];
const anyone = documentOf(lets("*"));
const declaration = {};
const canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

const key = (...more: readonly JsonObject[]): JsonObject => ({
  aws_kms_key: {
    data: {
      policy: documentOf({ ...lets({ AWS: "arn:aws:iam::111111111111:root" }), Action: "kms:*" }, ...more),
    },
  },
});

/** What carries a policy, and where. */
const PUBLIC = [
  ["aws_backup_vault_policy", "policy"],
  ["aws_cloudwatch_log_resource_policy", "policy_document"],
  ["aws_ecr_repository_policy", "policy"],
  ["aws_glacier_vault", "access_policy"],
  ["aws_glacier_vault_lock", "policy"],
  ["aws_kms_key", "policy"],
  ["aws_opensearch_domain", "access_policies"],
  ["aws_s3_bucket", "policy"],
  ["aws_s3control_multi_region_access_point_policy", "details.policy"],
  ["aws_s3tables_table_bucket_policy", "resource_policy"],
  ["aws_secretsmanager_secret_policy", "policy"],
  ["aws_sns_topic_policy", "policy"],
  ["aws_sqs_queue", "policy"],
] as const;
const within = (path: string, text: string): JsonObject =>
  path.split(".").reduceRight<Json>((inner, name) => ({ [name]: inner }), text) as JsonObject;

/** Eight of public IPv4, each a /16. */
const networks = [3, 13, 18, 34, 44, 52, 54, 99].map((first) => `${first}.80.0.0/16`);

export const examples: Examples = {
  good: [
    {
      title: "a service for the organization that Terraform runs in, or that a resource is",
      configuration: { data: { aws_organizations_organization: { me: {} } } },
      resources: {
        ...bucket(
          lets(
            { Service: "cloudtrail.amazonaws.com" },
            { StringEquals: { "aws:SourceOrgID": "${data.aws_organizations_organization.me.id}" } },
          ),
          lets({ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceOrgID": "o-ours456789" } }),
        ),
        aws_organizations_organization: { ours: { id: "o-ours456789" } },
      },
      declaration,
    },
    { title: "one role reads", resources: bucket(lets({ AWS: "arn:aws:iam::111111111111:role/api" })), declaration },
    {
      title: "the account may do everything, and shares it out; one role calls an interface",
      resources: {
        ...bucket({ ...lets({ AWS: "arn:aws:iam::111111111111:root" }), Action: "s3:*" }),
        aws_api_gateway_rest_api_policy: {
          api: {
            policy: documentOf({ ...lets({ AWS: "arn:aws:iam::111111111111:role/api" }), Action: "execute-api:*" }),
          },
        },
      },
      declaration,
    },
    { title: "anyone is denied", resources: bucket({ ...lets("*"), Effect: "Deny" }) },
    {
      title: "anyone of the organization",
      resources: bucket(lets("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } })),
    },
    {
      title: "anyone through an endpoint",
      resources: bucket(lets({ AWS: "*" }, { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } })),
    },
    {
      title: "anyone through an endpoint of the outputs, by its name and by the id that AWS gave it",
      resources: {
        ...bucket(
          lets({ AWS: "*" }, { StringEquals: { "aws:SourceVpce": ["${aws_vpc_endpoint.s3.id}", "vpce-0a1b2c3d"] } }),
        ),
        aws_vpc_endpoint: { s3: { id: "vpce-0a1b2c3d", vpc_id: "vpc-0a1b2c3d" } },
      },
      declaration,
    },
    {
      title: "roles of the account by a pattern",
      resources: bucket(lets("*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/api-*" } })),
      declaration,
    },
    {
      title: "a service",
      resources: bucket(
        lets({ Service: "cloudfront.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "111111111111" } }),
      ),
      declaration,
    },
    {
      title: "a service for a bucket of ours, and for one of ours alone where another has its name by then",
      resources: {
        ...bucket(
          lets({ Service: "s3.amazonaws.com" }, { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::exports" } }),
          lets(
            { Service: "s3.amazonaws.com" },
            {
              ArnEquals: { "aws:SourceArn": "arn:aws:s3:::imports" },
              StringEquals: { "aws:SourceAccount": "111111111111" },
            },
          ),
        ),
        aws_s3_bucket: { exports: { bucket: "exports" } },
      },
      declaration,
    },
    {
      title: "roles of the account that a provider works in",
      resources: bucket(lets({ AWS: "arn:aws:iam::111111111111:role/api" })),
      configuration: { provider: { aws: [{ assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/apply" }] }] } },
    },
    {
      title: "roles of the account that alone may change a key",
      resources: { ...key(), ...bucket(lets({ AWS: "arn:aws:iam::111111111111:role/api" })) },
    },
    {
      title: "somebody of an organization, whichever account is ours",
      resources: bucket(
        lets({ AWS: "arn:aws:iam::222222222222:root" }, { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
      ),
    },
    {
      title: "the account by its canonical id, which was looked up, and CloudFront, which writes logs",
      resources: bucket(
        lets({
          CanonicalUser: [
            "${data.aws_canonical_user_id.own.id}",
            "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
          ],
        }),
      ),
      declaration,
    },
    {
      title: "an event bus for the organization",
      resources: {
        aws_cloudwatch_event_permission: {
          a: {
            ...{ statement_id: "a", principal: "*" },
            condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-abcdefghij" },
          },
        },
      },
    },
    {
      title: "clients of a file system in its network",
      resources: {
        aws_efs_file_system_policy: {
          a: {
            policy: documentOf(lets({ AWS: "*" }, { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } })),
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "a role may do everything with a bucket, a queue and a function, and a device everything there is",
      resources: {
        ...bucket(
          { ...lets({ AWS: "arn:aws:iam::111111111111:role/api" }), Action: "s3:*" },
          { ...lets({ AWS: "arn:aws:iam::111111111111:role/api" }), Action: undefined, NotAction: "s3:DeleteBucket" },
        ),
        aws_sqs_queue_policy: {
          work: { policy: documentOf({ ...lets({ AWS: "arn:aws:iam::111111111111:role/api" }), Action: "*" }) },
        },
        aws_lambda_permission: {
          work: { principal: "arn:aws:iam::111111111111:role/api", action: "lambda:*" },
        },
        aws_iot_policy: { all: { policy: documentOf({ Effect: "Allow", Action: "iot:*", Resource: "*" }) } },
      },
      declaration,
      finds: [
        "aws_iot_policy.all policy.Statement[0].Action",
        "aws_s3_bucket_policy.uploads policy.Statement[0].Action",
        "aws_s3_bucket_policy.uploads policy.Statement[1].NotAction",
        "aws_sqs_queue_policy.work policy.Statement[0].Action",
        "aws_lambda_permission.work principal.Statement[0].Action",
      ],
    },
    { title: "anyone reads", resources: bucket(lets("*")), finds: found },
    {
      title: "anyone of an organization that no output has",
      resources: bucket(lets("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } })),
      declaration,
      finds: found,
    },
    {
      title: "anyone through an endpoint that no output has",
      resources: bucket(lets({ AWS: "*" }, { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } })),
      declaration,
      finds: found,
    },
    {
      title: "another account of an organization that no output has",
      resources: bucket(
        lets({ AWS: "arn:aws:iam::222222222222:root" }, { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
      ),
      declaration,
      finds: found,
    },
    {
      title: "a service for an organization that no output has, and anyone through one",
      resources: bucket(
        lets({ Service: "cloudtrail.amazonaws.com" }, { StringEquals: { "aws:SourceOrgID": "o-abcdefghij" } }),
        lets("*", { "ForAnyValue:StringLike": { "aws:SourceOrgPaths": "o-abcdefghij/r-ab12/*" } }),
      ),
      declaration,
      finds: [0, 1].map((at) => `aws_s3_bucket_policy.uploads policy.Statement[${at}].Principal`),
    },
    { title: "anyone reads, in a list", resources: bucket(lets({ AWS: ["*"] })), finds: found },
    {
      title: "anyone from the whole internet",
      resources: bucket(lets("*", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } })),
      finds: found,
    },
    {
      title: "anyone from eight networks that together are more than one provider's",
      resources: bucket(lets("*", { IpAddress: { "aws:SourceIp": networks } })),
      finds: found,
    },
    {
      title: "anyone from addresses that a variable holds",
      resources: bucket(lets("*", { IpAddress: { "aws:SourceIp": "${var.offices}" } })),
      finds: found,
    },
    {
      title: "anyone from a private address, which every network has",
      resources: bucket(lets("*", { StringEquals: { "aws:VpcSourceIp": "10.0.0.5" } })),
      finds: found,
    },
    {
      title: "anyone of any organization",
      resources: bucket(lets("*", { StringLike: { "aws:PrincipalOrgID": "*" } })),
      finds: found,
    },
    {
      title: "anyone over TLS",
      resources: bucket(lets("*", { Bool: { "aws:SecureTransport": "true" } })),
      finds: found,
    },
    {
      title: "anyone but those who say another organization",
      resources: bucket(lets("*", { StringNotEquals: { "aws:PrincipalOrgID": "o-other" } })),
      finds: found,
    },
    {
      title: "everyone but one",
      resources: bucket({
        Effect: "Allow",
        NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "s3:*",
        Resource: "*",
      }),
      finds: ["aws_s3_bucket_policy.uploads policy.Statement[0].NotPrincipal"],
    },
    {
      title: "an undeclared account",
      resources: bucket(lets({ AWS: "arn:aws:iam::222222222222:root" })),
      declaration,
      finds: found,
    },
    {
      title: "another account than the one that may change the key",
      resources: key({ ...lets({ AWS: "arn:aws:iam::222222222222:root" }), Action: "kms:Decrypt" }),
      finds: ["aws_kms_key.data policy.Statement[1].Principal"],
    },
    { title: "a stranger by his canonical id", resources: bucket(lets({ CanonicalUser: canonical })), finds: found },
    {
      title: "an undeclared account that calls a function by a name with a dot in it",
      resources: { aws_lambda_permission: { a: { principal: "arn:aws:iam::222222222222:role/a.b" } } },
      declaration,
      finds: ["aws_lambda_permission.a principal.Statement[0].Principal"],
    },
    {
      title: "a service for an undeclared account",
      resources: bucket(
        lets({ Service: "logs.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "222222222222" } }),
      ),
      declaration,
      finds: found,
    },
    {
      title: "a service for a bucket that no output has",
      resources: bucket(
        lets({ Service: "s3.amazonaws.com" }, { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::exports" } }),
      ),
      declaration,
      finds: found,
    },
    {
      title: "public things of many kinds, old spellings too",
      resources: {
        ...Object.fromEntries(PUBLIC.map(([type, path]) => [type, { a: within(path, anyone) }])),
        aws_cloudwatch_event_permission: { a: { principal: "*" } },
        aws_lambda_permission: {
          a: { action: "lambda:InvokeFunction", principal: "*" },
          url: { action: "lambda:InvokeFunctionUrl", principal: "*", function_url_auth_type: "AWS_IAM" },
        },
      },
      finds: [
        ...PUBLIC.map(([type, path]) => `${type}.a ${path}.Statement[0].Principal`),
        "aws_cloudwatch_event_permission.a principal.Statement[0].Principal",
        "aws_lambda_permission.a principal.Statement[0].Principal",
        "aws_lambda_permission.url principal.Statement[0].Principal",
      ],
    },
  ],
  unknown: [
    {
      title: "a variable holds the policy",
      resources: { aws_s3_bucket_policy: { uploads: { bucket: "uploads", policy: "${var.policy}" } } },
      finds: ["aws_s3_bucket_policy.uploads policy"],
    },
    { title: "a variable names who", resources: bucket(lets({ AWS: "${var.who}" })), finds: found },
    {
      title: "an account, where nothing says which is ours",
      resources: bucket(lets({ AWS: "arn:aws:iam::222222222222:root" })),
      finds: found,
    },
    {
      title: "a service that acts for an account, where nothing says which is ours",
      resources: bucket(
        lets({ Service: "logs.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "222222222222" } }),
      ),
      finds: found,
    },
    {
      title: "two accounts may change keys: one may be ours, or neither",
      resources: {
        aws_kms_key: {
          one: { policy: documentOf({ ...lets({ AWS: "arn:aws:iam::111111111111:root" }), Action: "kms:*" }) },
          other: { policy: documentOf({ ...lets({ AWS: "arn:aws:iam::222222222222:root" }), Action: "kms:*" }) },
        },
      },
      finds: ["one", "other"].map((name) => `aws_kms_key.${name} policy.Statement[0].Principal`),
    },
    { title: "an id of somebody who is gone", resources: bucket(lets({ AWS: "AIDAEXAMPLEEXAMPLEEX" })), finds: found },
  ],
};

const all = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

export const mutations: readonly Mutation[] = [
  withStatement(["aws_s3_bucket_policy", "policy"], "make a bucket public", all),
  withStatement(["aws_s3_bucket_policy", "policy"], "let a stranger in by his canonical id", {
    ...all,
    Principal: { CanonicalUser: canonical },
  }),
  withStatement(["aws_s3_bucket_policy", "policy"], "make a bucket public to many networks", {
    ...all,
    Condition: { IpAddress: { "aws:SourceIp": networks } },
  }),
  withStatement(["aws_kms_key", "policy"], "give a key to another account", {
    ...all,
    Principal: { AWS: "arn:aws:iam::999999999999:root" },
  }),
  withStatement(["aws_secretsmanager_secret_policy", "policy"], "make a secret public", {
    ...all,
    Principal: { AWS: ["*"] },
  }),
  withStatement(["aws_sns_topic_policy", "policy"], "make a topic public over TLS", {
    ...all,
    Condition: { Bool: { "aws:SecureTransport": "true" } },
  }),
  withStatement(["aws_ecr_repository_policy", "policy"], "let anyone pull", all),
  withStatement(["aws_backup_vault_policy", "policy"], "let any organization copy backups", {
    ...all,
    Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } },
  }),
  withStatement(["aws_sns_topic_policy", "policy"], "let S3 tell of a bucket that is not ours", {
    ...all,
    Principal: { Service: "s3.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::somebody-elses" } },
  }),
  onResource("aws_efs_file_system_policy", "let anyone mount", (each) => ({ ...each, policy: documentOf(all) })),
  addResource("let anyone call a function", "aws_lambda_permission", {
    function_name: "a",
    action: "lambda:InvokeFunction",
    principal: "*",
  }),
];
