import { ConfigConfigRule } from "@cdktf/provider-aws/lib/config-config-rule/index.js";
import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder/index.js";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status/index.js";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel/index.js";
import { ConfigRetentionConfiguration } from "@cdktf/provider-aws/lib/config-retention-configuration/index.js";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role/index.js";
import { Construct } from "constructs";
import type { ManagedRule } from "./config-rules.ts";
import type { LogBucket } from "./log-bucket.ts";

export interface ConfigRecorderProps {
  /** Of recorder and delivery channel. */
  readonly name: string;
  /** A bucket of kind `config`. */
  readonly bucket: LogBucket;
  readonly kmsKeyArn: string;
  /** Days that Config itself keeps histories, 30 to 2557. */
  readonly retentionDays: number;
  /** What is judged, by a stable short name. */
  readonly rules: Readonly<Record<string, ManagedRule>>;
}

/**
 * AWS Config of an account and region: records every resource of every kind it knows, global ones too, and judges them.
 *
 * There is one recorder in an account and region, and one role that AWS links to it; where they exist, import them.
 * Refuses: retention that Config does not know. Config delivers a snapshot a day; each change is paid for.
 */
export class ConfigRecorder extends Construct {
  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const { name, retentionDays } = props;
    if (!Number.isInteger(retentionDays) || retentionDays < 30 || retentionDays > 2557) {
      throw new Error(`${this.node.path}: retentionDays must be 30 to 2557, got ${retentionDays}`);
    }
    // Security Hub finds any other role wanting (Config.1).
    const role = new IamServiceLinkedRole(this, "role", {
      awsServiceName: "config.amazonaws.com",
      description: "Records configurations of this account",
    });
    const recorder = new ConfigConfigurationRecorder(this, "recorder", {
      name,
      roleArn: role.arn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: { recordingFrequency: "CONTINUOUS" },
    });
    const channel = new ConfigDeliveryChannel(this, "channel", {
      name,
      s3BucketName: props.bucket.bucketName,
      s3KmsKeyArn: props.kmsKeyArn,
      snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
      // Config writes a test object at once.
      dependsOn: [recorder, props.bucket.ready],
    });
    const recording = new ConfigConfigurationRecorderStatus(this, "recording", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
    new ConfigRetentionConfiguration(this, "retention", {
      retentionPeriodInDays: retentionDays,
      dependsOn: [recorder],
    });
    for (const [rule, { identifier, why, parameters }] of Object.entries(props.rules)) {
      new ConfigConfigRule(this, rule, {
        name: rule,
        description: why,
        source: { owner: "AWS", sourceIdentifier: identifier },
        ...(parameters === undefined ? {} : { inputParameters: JSON.stringify(parameters) }),
        dependsOn: [recording],
      });
    }
  }
}
