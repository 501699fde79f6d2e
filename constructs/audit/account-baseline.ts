import { EbsDefaultKmsKey } from "@cdktf/provider-aws/lib/ebs-default-kms-key/index.js";
import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default/index.js";
import { EbsSnapshotBlockPublicAccess } from "@cdktf/provider-aws/lib/ebs-snapshot-block-public-access/index.js";
import { Ec2ImageBlockPublicAccess } from "@cdktf/provider-aws/lib/ec2-image-block-public-access/index.js";
import { Ec2InstanceMetadataDefaults } from "@cdktf/provider-aws/lib/ec2-instance-metadata-defaults/index.js";
import { Ec2SerialConsoleAccess } from "@cdktf/provider-aws/lib/ec2-serial-console-access/index.js";
import { IamAccountPasswordPolicy } from "@cdktf/provider-aws/lib/iam-account-password-policy/index.js";
import { S3AccountPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-account-public-access-block/index.js";
import { SsmServiceSetting } from "@cdktf/provider-aws/lib/ssm-service-setting/index.js";
import { Construct } from "constructs";

export interface AccountBaselineProps {
  readonly accountId: string;
  readonly region: string;
  /** Key of volumes that name none; whoever may make volumes must be able to use it. */
  readonly volumeKeyArn: string;
}

/**
 * What holds for everything in an account and region, whoever makes it and by whatever means: volumes encrypted, nothing
 * shared with the public, metadata guarded, no serial console, passwords that are hard to guess.
 *
 * These are settings, not resources: destroying them turns most of them off, hence nothing else belongs in here.
 */
export class AccountBaseline extends Construct {
  constructor(scope: Construct, id: string, { accountId, region, volumeKeyArn }: AccountBaselineProps) {
    super(scope, id);
    new EbsEncryptionByDefault(this, "encryption", { enabled: true });
    new EbsDefaultKmsKey(this, "volume-key", { keyArn: volumeKeyArn });
    new S3AccountPublicAccessBlock(this, "buckets", {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new EbsSnapshotBlockPublicAccess(this, "snapshots", { state: "block-all-sharing" });
    new Ec2ImageBlockPublicAccess(this, "images", { state: "block-new-sharing" });
    new SsmServiceSetting(this, "documents", {
      settingId: `arn:aws:ssm:${region}:${accountId}:servicesetting/ssm/documents/console/public-sharing-permission`,
      settingValue: "Disable",
    });
    // One hop: an answer reaches no container. Images that ask for tokens by themselves would get two.
    new Ec2InstanceMetadataDefaults(this, "metadata", { httpTokens: "required", httpPutResponseHopLimit: 1 });
    new Ec2SerialConsoleAccess(this, "serial-console", { enabled: false });
    new IamAccountPasswordPolicy(this, "passwords", {
      minimumPasswordLength: 16,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercaseCharacters: true,
      allowUsersToChangePassword: true,
      // No end of passwords: people change to the next number, and the second factor is what guards.
      hardExpiry: false,
    });
  }
}
