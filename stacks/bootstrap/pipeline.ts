import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Denial, Statement } from "../../constructs/identity/policy-document.ts";
import { keysIn, through } from "../../constructs/keys/key-use.ts";
import { imageRepository, packageBucketName } from "../../services/names.ts";
import { upstreamRegistries } from "../../services/platform.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { stateLocation } from "../stack.ts";

/** Decryption of states, by the bucket that holds them. All else that `plan` reads comes from `ReadOnlyAccess`. */
export const planStatements = ({ region }: Environment, stateKeyArn: string): readonly Statement[] => [
  {
    sid: "DecryptStates",
    actions: ["kms:Decrypt"],
    resources: [stateKeyArn],
    conditions: through([region], "s3"),
  },
];

/**
 * Data, which `ReadOnlyAccess` would show: a plan describes resources and never needs what is in them. It can write no
 * lock either, so it runs with `-lock=false`. Secure parameters need the decryption that is denied here.
 */
export const planDenials = (environment: Environment, stateKeyArn: string): readonly Denial[] => [
  {
    sid: "NoObjectsButStates",
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    exceptResources: [`${bucketArn(stateLocation(environment).bucket)}/*`],
  },
  { sid: "NoKeysButOfStates", actions: ["kms:Decrypt"], exceptResources: [stateKeyArn] },
  {
    sid: "NoData",
    actions: [
      "ec2:GetConsoleOutput",
      "ec2:GetConsoleScreenshot",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:GetLogRecord",
      "logs:GetQueryResults",
      "logs:StartLiveTail",
      "logs:StartQuery",
      "rds:DownloadCompleteDBLogFile",
      "rds:DownloadDBLogFilePortion",
      "secretsmanager:BatchGetSecretValue",
      "secretsmanager:GetSecretValue",
      "ssm:GetCommandInvocation",
      "ssm:GetParameterHistory",
    ],
  },
];

/**
 * Uploads to the bucket that hosts install from, where deleting leaves a marker: replaced packages can be brought back.
 * Pushes to the repositories of images, whose tags never move; deleting an image is their lifecycle's business.
 */
export function publishStatements(environment: Environment): readonly Statement[] {
  const bucket = bucketArn(packageBucketName(environment));
  const repository = (name: string) => `arn:aws:ecr:${environment.region}:${environment.account}:repository/${name}`;
  return [
    {
      sid: "Packages",
      actions: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${bucket}/*`],
    },
    { sid: "ListPackages", actions: ["s3:ListBucket"], resources: [bucket] },
    {
      // The key belongs to a later stack; its own policy names this role, as those of other keys do not.
      sid: "PackagesKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [keysIn(environment.region, environment.account)],
      conditions: through([environment.region], "s3"),
    },
    { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "Images",
      actions: [
        // A layer that is there already is not sent again, and is read where a manifest of several machines is made.
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      resources: [repository(imageRepository("*"))],
    },
    {
      // The first pull of an image by the cache makes its repository, whose own policy does not exist before.
      sid: "ImportImages",
      actions: [
        "ecr:BatchGetImage",
        "ecr:BatchImportUpstreamImage",
        "ecr:CreateRepository",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:TagResource",
      ],
      resources: Object.keys(upstreamRegistries).map((prefix) => repository(`${prefix}/*`)),
    },
  ];
}
