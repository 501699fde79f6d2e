/**
 * Services that say for whom they take a role, by `aws:SourceArn` or `aws:SourceAccount`: each guide's page "Cross-service
 * confused deputy prevention" shows a trust with these keys (read 2026-11-22; of AWS Config "Permissions for the IAM role
 * assigned to AWS Config", of End User Messaging "IAM policy for Amazon Data Firehose"). Not those that do not: Amazon EC2, AWS Lambda, Amazon S3 replication, AWS
 * Backup, Amazon ECR, and AWS CloudTrail, whose guide says so ("Role policy document for CloudTrail to use CloudWatch Logs").
 */
export const sayForWhomTheyTakeRoles: ReadonlySet<string> = new Set([
  "airflow-env.amazonaws.com",
  "airflow.amazonaws.com",
  "autoscaling.amazonaws.com",
  "batch.amazonaws.com",
  "batchoperations.s3.amazonaws.com",
  "bedrock.amazonaws.com",
  "codebuild.amazonaws.com",
  "comprehend.amazonaws.com",
  "config.amazonaws.com",
  "datasync.amazonaws.com",
  "dms.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "eks.amazonaws.com",
  "events.amazonaws.com",
  "frauddetector.amazonaws.com",
  "glue.amazonaws.com",
  "iot.amazonaws.com",
  "iotevents.amazonaws.com",
  "kafkaconnect.amazonaws.com",
  "logs.amazonaws.com",
  "mediaconvert.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "opsworks-cm.amazonaws.com",
  "personalize.amazonaws.com",
  "pipes.amazonaws.com",
  "rds.amazonaws.com",
  "rekognition.amazonaws.com",
  "rolesanywhere.amazonaws.com",
  "sagemaker.amazonaws.com",
  "scheduler.amazonaws.com",
  "sms-voice.amazonaws.com",
  "ssm.amazonaws.com",
  "states.amazonaws.com",
  "textract.amazonaws.com",
  "transfer.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
]);

/**
 * Services that call resources without saying for whom, so that a condition would shut them out (read 2026-11-22):
 * EventBridge to topics and their keys ("Using resource-based policies for Amazon EventBridge": no Condition blocks in
 * topic policies) and to log groups, access logs of load balancers ("Access logs for your Application Load Balancer").
 */
export const cannotSayForWhom: ReadonlySet<string> = new Set([
  "events.amazonaws.com",
  "logdelivery.elasticloadbalancing.amazonaws.com",
]);

/** Keys by which a service says for whom it calls, other than those of every service: CloudWatch Logs to KMS. */
export const OWN_SOURCE_KEYS = [
  "kms:encryptioncontext:aws:logs:arn",
  "kms:calleraccount",
  "aws:principalserviceresource",
];
