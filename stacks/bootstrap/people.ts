import { sessionDocument } from "../../constructs/audit/session-preferences.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { bucketName, PLATFORM, secretName } from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { sessionKeyAlias, webAclLogBucketName } from "../audit.ts";

/** Keys of later stacks: which of them a role may use stands in their own policies, which name it. */
const keysIn = (environment: Environment, region: string) => `arn:aws:kms:${region}:${environment.account}:key/*`;

const through = (regions: readonly string[], ...services: readonly string[]) => ({
  StringEquals: {
    "kms:ViaService": regions.flatMap((region) => services.map((service) => `${service}.${region}.amazonaws.com`)),
  },
});

/**
 * Sessions by the recorded document alone, hosts started and stopped, values of secrets put and never read, logs read.
 * `$${...}` is a variable of IAM: one dollar sign would make it Terraform's.
 */
export function operatorStatements(environment: Environment): readonly Statement[] {
  const { region, account } = environment;
  const instances = `arn:aws:ec2:${region}:${account}:instance/*`;
  const groups = [region, "us-east-1"].map((each) => `arn:aws:logs:${each}:${account}:log-group:*`);
  const buckets = [
    bucketName(environment, PLATFORM, "access-logs"),
    bucketName(environment, PLATFORM, "network-logs"),
    webAclLogBucketName(environment),
  ].map((name) => `arn:aws:s3:::${name}`);
  return [
    {
      sid: "StartRecordedSessions",
      actions: ["ssm:StartSession"],
      resources: [instances, `arn:aws:ssm:${region}:${account}:document/${sessionDocument}`],
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
      resources: [keysIn(environment, region)],
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
      // A started host's volumes need a grant on their key.
      sid: "StartedHostsUseTheirKey",
      actions: ["kms:CreateGrant"],
      resources: [keysIn(environment, region)],
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
      resources: [keysIn(environment, region)],
      conditions: through([region], "s3", "secretsmanager"),
    },
    {
      sid: "ReadLogGroups",
      actions: [
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:StartQuery",
      ],
      resources: groups,
    },
    {
      sid: "ReadQueries",
      actions: ["logs:DescribeQueries", "logs:GetQueryResults", "logs:StopQuery"],
      resources: ["*"],
    },
    { sid: "ListLogBuckets", actions: ["s3:ListBucket"], resources: buckets },
    { sid: "ReadLogBuckets", actions: ["s3:GetObject"], resources: buckets.map((bucket) => `${bucket}/*`) },
  ];
}

/** Backups of every service, here and in the second region: read, never written, and no lock touched. */
export function restoreStatements(environment: Environment): readonly Statement[] {
  const regions = [environment.region, environment.copyRegion];
  const vaults = `arn:aws:s3:::${bucketName(environment, "*", "vault-*")}`;
  return [
    { sid: "ListBackups", actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [vaults] },
    { sid: "ReadBackups", actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [`${vaults}/*`] },
    {
      sid: "KeysOfBackups",
      actions: ["kms:Decrypt"],
      resources: regions.map((region) => keysIn(environment, region)),
      conditions: through(regions, "s3"),
    },
  ];
}
