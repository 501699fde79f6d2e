/**
 * Actions AWS can only grant on every resource (Service Authorization Reference, read 2026-11-21).
 * Add an action only when its row there names no resource type.
 */
export const actionsWithoutResource: ReadonlySet<string> = new Set([
  "cloudwatch:PutMetricData",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstances",
  "ec2:DescribeTags",
  "ec2:DescribeVolumes",
  "ecr:GetAuthorizationToken",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "logs:DescribeQueries",
  "logs:GetQueryResults",
  "logs:StopQuery",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "ssm:DescribeInstanceInformation",
  "ssm:DescribeInstanceProperties",
  "ssm:DescribeSessions",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetManifest",
  "ssm:ListAssociations",
  "ssm:PutConfigurePackageResult",
  "ssm:PutInventory",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
]);
