import type { ResourceStatement } from "../identity/resource-policy.ts";
import { useActions } from "./key-use.ts";

/** AWS services that use a key by their own principal. */
export type ServicePrincipal =
  | "cloudfront"
  | "cloudtrail"
  | "cloudwatch-alarms"
  | "cloudwatch-logs"
  | "config"
  | "event-rules"
  | "log-delivery"
  | "rds-events"
  | "ses";

/** What one service may do with the key, on behalf of this account only. */
export function serviceStatement(
  service: ServicePrincipal,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): ResourceStatement {
  switch (service) {
    case "cloudwatch-logs":
      // The encryption context names the log group, hence the account; Logs sends no source account.
      return {
        sid: "CloudWatchLogsUses",
        effect: "Allow",
        principals: { services: [`logs.${region}.amazonaws.com`] },
        actions: useActions,
        resources: ["*"],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${accountId}:log-group:*`,
          },
        },
      };
    case "cloudfront":
      return {
        sid: "DistributionsDecrypt",
        effect: "Allow",
        principals: { services: ["cloudfront.amazonaws.com"] },
        actions: ["kms:Decrypt"],
        resources: ["*"],
        conditions: { ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${accountId}:distribution/*` } },
      };
    case "cloudtrail":
      // It looks at the key when a trail gets it, and encrypts each log file; both name the trail.
      return {
        sid: "TrailsEncrypt",
        effect: "Allow",
        principals: { services: ["cloudtrail.amazonaws.com"] },
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:${region}:${accountId}:trail/*` } },
      };
    case "config":
      return {
        sid: "ConfigDelivers",
        effect: "Allow",
        principals: { services: ["config.amazonaws.com"] },
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      };
    case "cloudwatch-alarms":
      return publisher("CloudWatchAlarmsPublish", "cloudwatch.amazonaws.com", accountId);
    case "rds-events":
      return publisher("RdsEventsPublish", "events.rds.amazonaws.com", accountId);
    case "ses":
      return publisher("SesPublishes", "ses.amazonaws.com", accountId);
    case "event-rules":
      // EventBridge sends no source account to an encrypted topic; a rule reaches topics of its own account only.
      return publisher("EventRulesPublish", "events.amazonaws.com");
    case "log-delivery":
      return {
        sid: "LogDeliveryWrites",
        effect: "Allow",
        principals: { services: ["delivery.logs.amazonaws.com"] },
        actions: useActions,
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      };
    default:
      return service satisfies never;
  }
}

/** What a service needs to publish to a topic under the key. */
const publisher = (sid: string, service: string, accountId?: string): ResourceStatement => ({
  sid,
  effect: "Allow",
  principals: { services: [service] },
  actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
  resources: ["*"],
  ...(accountId === undefined ? {} : { conditions: { StringEquals: { "aws:SourceAccount": accountId } } }),
});
