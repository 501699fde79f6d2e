import { isUnknown, type Value } from "../value.ts";
import { demandsFactor } from "./conditions.ts";
import { type Identity, trustOf } from "./identities.ts";
import { matchesAction } from "./reach.ts";

/**
 * Actions that hand out or change data, use or change keys, or run commands: whoever may do them on everything of a kind
 * is in every other service. Names as of the Service Authorization Reference, read 2026-11-22.
 */
const GRAVE: readonly string[] = [
  ...["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ExportTableToPointInTime", "dynamodb:GetItem"],
  ...["dynamodb:GetRecords", "dynamodb:PartiQLSelect", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"],
  ...["dynamodb:UpdateItem", "ebs:GetSnapshotBlock", "ec2:ModifySnapshotAttribute", "ec2-instance-connect:OpenTunnel"],
  ...["ec2-instance-connect:SendSSHPublicKey", "ecs:ExecuteCommand", "elasticfilesystem:ClientRootAccess"],
  ...["kinesis:GetRecords", "kms:CreateGrant", "kms:Decrypt", "kms:DisableKey", "kms:Encrypt", "kms:GenerateDataKey"],
  ...["kms:GenerateDataKeyWithoutPlaintext", "kms:PutKeyPolicy", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
  ...["kms:ScheduleKeyDeletion", "kms:Sign", "lambda:InvokeFunction", "lambda:UpdateFunctionCode"],
  ...["rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute", "rds-data:ExecuteStatement"],
  ...["rds-db:connect", "s3:GetObject", "s3:GetObjectVersion", "s3:PutBucketPolicy", "s3:PutObject", "s3:PutObjectAcl"],
  ...["secretsmanager:GetSecretValue", "secretsmanager:PutResourcePolicy", "secretsmanager:PutSecretValue"],
  ...["secretsmanager:UpdateSecret", "sqs:ReceiveMessage", "ssm:GetParameter", "ssm:GetParameterHistory"],
  ...["ssm:GetParameters", "ssm:GetParametersByPath", "ssm:PutParameter", "ssm:SendCommand"],
];

/** What whoever operates hosts does on any of them. */
const OF_OPERATORS: readonly string[] = [
  ...["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery", "ssm:StartSession"],
];

/** Verbs by which something is gone. */
const DESTROYING = ["delete", "batchdelete", "terminate", "purge", "destroy"];

/** Whether an action, or one that its pattern matches, does harm on everything of a kind, in the hands of these holders. */
export function isGrave(action: Value<string>, holders: readonly Identity[]): boolean {
  if (isUnknown(action)) return true;
  // Before the first wildcard: `De*` may be Delete, `Describe*` is not.
  const verb = /^[^*?]*/.exec((action.split(":")[1] ?? "").toLowerCase())?.[0] ?? "";
  const destroys = DESTROYING.some((each) =>
    /[*?]/.test(action) ? each.startsWith(verb) || verb.startsWith(each) : verb.startsWith(each),
  );
  const matches = (each: string): boolean => matchesAction(action, each);
  return destroys || GRAVE.some(matches) || (!isOfPeople(holders) && OF_OPERATORS.some(matches));
}

/** Whether only people take them, who prove a second factor each time. */
const isOfPeople = (holders: readonly Identity[]): boolean =>
  holders.length > 0 &&
  holders.every((holder) => {
    const ways = trustOf(holder);
    return ways.length > 0 && ways.every(demandsFactor);
  });
