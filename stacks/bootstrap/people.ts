import { sessionDocument } from "../../constructs/audit/session-preferences.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import {
  backupRoles,
  bucketName,
  certificateProfileName,
  clusterArn,
  clusterSessionName,
  roleArn,
  secretName,
} from "../../services/names.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { auditExportBucketName, logBucketName } from "../audit/buckets.ts";
import { sessionKeyAlias } from "../audit/sessions.ts";
import { transferBucketName } from "../vault/transfer.ts";

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
  const transfers = `arn:aws:s3:::${transferBucketName(environment)}`;
  const groups = [region, "us-east-1"].map((each) => `arn:aws:logs:${each}:${account}:log-group:*`);
  const buckets = [
    ...(["access", "config", "network", "trail", "web-acl"] as const).map((kind) => logBucketName(environment, kind)),
    auditExportBucketName(environment),
  ].map((name) => `arn:aws:s3:::${name}`);
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

/** Backups of every service, here and in the second region: read, never written, and no lock touched. */
export function restoreStatements(environment: Environment): readonly Statement[] {
  const regions = [environment.region, environment.copyRegion];
  const { account } = environment;
  // A recovery point of a database is a snapshot of RDS; those of buckets are AWS Backup's own.
  const snapshots = regions.flatMap((region) => [
    `arn:aws:backup:${region}:${account}:recovery-point:*`,
    `arn:aws:rds:${region}:${account}:cluster-snapshot:awsbackup:*`,
  ]);
  const vaults = `arn:aws:s3:::${bucketName(environment, "*", "vault-*")}`;
  return [
    { sid: "ListBackups", actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [vaults] },
    { sid: "ReadBackups", actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: [`${vaults}/*`] },
    {
      sid: "FindSnapshots",
      actions: [
        "backup:DescribeRecoveryPoint",
        "backup:GetRecoveryPointRestoreMetadata",
        "backup:ListRecoveryPointsByBackupVault",
      ],
      resources: [...snapshots, ...regions.map((region) => `arn:aws:backup:${region}:${account}:backup-vault:*`)],
    },
    { sid: "RestoreSnapshots", actions: ["backup:StartRestoreJob"], resources: snapshots },
    {
      sid: "FollowRestores",
      actions: ["backup:DescribeRestoreJob", "backup:ListBackupVaults", "backup:ListRestoreJobs"],
      resources: ["*"],
    },
    {
      sid: "HandOverTheRestoringRole",
      actions: ["iam:PassRole"],
      resources: [backupRoles(environment).restore],
      conditions: { StringEquals: { "iam:PassedToService": ["backup.amazonaws.com"] } },
    },
    {
      sid: "KeysOfBackups",
      actions: ["kms:Decrypt"],
      resources: regions.map((region) => keysIn(environment, region)),
      conditions: through(regions, "s3"),
    },
  ];
}

/**
 * Certificates of the message broker: given by its procedures alone, each of which holds one purpose and one lifetime,
 * since IAM could hold a caller to a template and not to a lifetime; revoked directly. The internal authority's
 * certificates live for days and are nobody's to give: no procedure asks it, and revoking there is refused by AWS.
 */
export function issuerStatements(environment: Environment): readonly Statement[] {
  const { region, account } = environment;
  const profile = certificateProfileName(environment, "broker-*");
  const authorities = [`arn:aws:acm-pca:${region}:${account}:certificate-authority/*`];
  return [
    {
      sid: "StartIssuing",
      actions: ["ssm:StartAutomationExecution"],
      // AWS's pages name the procedure by either of the first two; the last is the run itself.
      resources: [
        `arn:aws:ssm:${region}:${account}:document/${profile}`,
        `arn:aws:ssm:${region}:${account}:automation-definition/${profile}:*`,
        `arn:aws:ssm:${region}:${account}:automation-execution/*`,
      ],
    },
    {
      // Systems Manager takes the procedure's role only for whoever may hand it over.
      sid: "HandOverTheProceduresRole",
      actions: ["iam:PassRole"],
      resources: [roleArn(environment, profile)],
      conditions: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
    },
    {
      sid: "SeeTheResult",
      actions: ["ssm:GetAutomationExecution", "ssm:StopAutomationExecution"],
      resources: [`arn:aws:ssm:${region}:${account}:automation-execution/*`],
    },
    {
      sid: "FindWhatWasIssued",
      actions: ["acm-pca:ListCertificateAuthorities", "ssm:DescribeAutomationExecutions"],
      resources: ["*"],
    },
    {
      sid: "RevokeAndReport",
      actions: [
        "acm-pca:DescribeCertificateAuthority",
        "acm-pca:GetCertificate",
        "acm-pca:GetCertificateAuthorityCertificate",
        "acm-pca:RevokeCertificate",
      ],
      resources: authorities,
    },
  ];
}
