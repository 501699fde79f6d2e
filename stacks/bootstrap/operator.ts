import { sessionDocument } from "../../constructs/audit/session-preferences.ts";
import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { keysIn, through } from "../../constructs/keys/key-use.ts";
import {
  auditExportBucketName,
  clusterArn,
  clusterSessionName,
  resourceName,
  secretName,
  transferBucketName,
} from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { logBucketName } from "../audit/buckets.ts";
import { sessionKeyAlias } from "../audit/sessions.ts";

/**
 * Sessions by the recorded document alone, hosts started, stopped and taken out of service, values of secrets put and never read, logs read.
 * `$${...}` is a variable of IAM: one dollar sign would make it Terraform's.
 */
export function operatorStatements(environment: Environment): readonly Statement[] {
  const { region, account } = environment;
  const instances = `arn:aws:ec2:${region}:${account}:instance/*`;
  const transfers = bucketArn(transferBucketName(environment));
  const groups = [region, "us-east-1"].map((each) => `arn:aws:logs:${each}:${account}:log-group:*`);
  const buckets = [
    ...(["access", "config", "network", "trail", "web-acl"] as const).map((kind) => logBucketName(environment, kind)),
    auditExportBucketName(environment),
  ].map(bucketArn);
  return [
    {
      sid: "StartRecordedSessions",
      actions: ["ssm:StartSession"],
      resources: [
        instances,
        ...[sessionDocument, clusterSessionName(environment)].map(
          (document) => `arn:aws:ssm:${region}:${account}:document/${document}`,
        ),
      ],
      // Without it a session that names no document is not checked for the right to the default one.
      conditions: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": ["true"] } },
    },
    {
      sid: "KeepOwnSessions",
      actions: ["ssm:ResumeSession", "ssm:TerminateSession"],
      resources: [`arn:aws:ssm:${region}:${account}:session/$\${aws:userid}-*`],
    },
    {
      sid: "EncryptSessions",
      actions: ["kms:GenerateDataKey"],
      resources: [keysIn(region, account)],
      conditions: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [`alias/${sessionKeyAlias(environment)}`] } },
    },
    {
      sid: "SeeHosts",
      actions: [
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstances",
        "ec2:DescribeTags",
        "ec2:DescribeVolumes",
        "ssm:DescribeInstanceInformation",
        "ssm:DescribeInstanceProperties",
        "ssm:DescribeSessions",
      ],
      resources: ["*"],
    },
    {
      sid: "StartAndStopHosts",
      actions: ["ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances"],
      resources: [instances],
    },
    {
      // A release, a restart or a patch takes a host out of service first.
      sid: "TakeHostsOutOfService",
      actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      resources: [`arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${resourceName(environment, "*")}/*`],
    },
    {
      sid: "SeeTargets",
      actions: ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"],
      resources: ["*"],
    },
    {
      // A started host's volumes need a grant on their key.
      sid: "StartedHostsUseTheirKey",
      actions: ["kms:CreateGrant"],
      resources: [keysIn(region, account)],
      conditions: { ...through([region], "ec2"), Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
    {
      sid: "PutValuesOfSecrets",
      actions: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:ListSecretVersionIds",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      resources: [`arn:aws:secretsmanager:${region}:${account}:secret:${secretName(environment, { name: "*" }, "*")}`],
    },
    {
      sid: "FindSecrets",
      actions: ["secretsmanager:GetRandomPassword", "secretsmanager:ListSecrets"],
      resources: ["*"],
    },
    {
      sid: "KeysOfSecretsAndLogs",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [keysIn(region, account)],
      conditions: through([region], "s3", "secretsmanager"),
    },
    {
      sid: "ReadLogGroups",
      actions: [
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:GetQueryResults",
        "logs:StartQuery",
      ],
      resources: groups,
    },
    {
      sid: "ReadQueries",
      actions: ["logs:DescribeQueries", "logs:StopQuery"],
      resources: ["*"],
    },
    {
      sid: "ReadFindings",
      actions: [
        "access-analyzer:GetFinding",
        "access-analyzer:ListFindings",
        "guardduty:GetFindings",
        "guardduty:ListFindings",
        "securityhub:GetFindings",
      ],
      resources: [
        `arn:aws:access-analyzer:${region}:${account}:analyzer/*`,
        `arn:aws:guardduty:${region}:${account}:detector/*`,
        `arn:aws:securityhub:${region}:${account}:hub/default`,
      ],
    },
    { sid: "FindDetector", actions: ["guardduty:ListDetectors"], resources: ["*"] },
    // What the access entry opens: name and authority of the cluster, for `aws eks update-kubeconfig`.
    { sid: "FindTheCluster", actions: ["eks:DescribeCluster"], resources: [clusterArn(environment)] },
    { sid: "ListTransfers", actions: ["s3:ListBucket"], resources: [transfers] },
    {
      // Ansible's files on their way to hosts, which fetch them by signed address.
      sid: "Transfer",
      actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      resources: [`${transfers}/*`],
    },
    { sid: "ListLogBuckets", actions: ["s3:ListBucket"], resources: buckets },
    { sid: "ReadLogBuckets", actions: ["s3:GetObject"], resources: buckets.map((bucket) => `${bucket}/*`) },
  ];
}
