/** A rule that AWS writes and keeps: its identifier, and why it is on. */
export interface ManagedRule {
  /** `ENCRYPTED_VOLUMES` */
  readonly identifier: string;
  /** At most 256 characters. */
  readonly why: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * What must hold in any account, whoever changed it and by whatever means: few rules, each with an answer that does not
 * depend on taste. Security Hub's standards judge the rest, by rules of their own.
 */
export const conformanceRules: Readonly<Record<string, ManagedRule>> = {
  "trail-in-all-regions": { identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED", why: "A trail records every region" },
  "trail-files-validated": {
    identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    why: "Files of trails can be proven whole",
  },
  "root-has-factor": { identifier: "ROOT_ACCOUNT_MFA_ENABLED", why: "The root user has a second factor" },
  "root-has-no-key": { identifier: "IAM_ROOT_ACCESS_KEY_CHECK", why: "The root user has no access key" },
  "people-have-factor": {
    identifier: "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
    why: "People who sign in have a second factor (NOD-5.4)",
  },
  "access-keys-rotated": {
    identifier: "ACCESS_KEYS_ROTATED",
    why: "Access keys are at most 90 days old (NOD-2.7)",
    parameters: { maxAccessKeyAge: "90" },
  },
  "keys-rotate": { identifier: "CMK_BACKING_KEY_ROTATION_ENABLED", why: "Customer keys rotate" },
  "volumes-encrypted": { identifier: "ENCRYPTED_VOLUMES", why: "Attached volumes are encrypted" },
  "volumes-encrypted-by-default": {
    identifier: "EC2_EBS_ENCRYPTION_BY_DEFAULT",
    why: "New volumes are encrypted whoever makes them",
  },
  "files-encrypted": { identifier: "EFS_ENCRYPTED_CHECK", why: "File systems are encrypted" },
  "databases-encrypted": { identifier: "RDS_STORAGE_ENCRYPTED", why: "Databases are encrypted" },
  "databases-private": {
    identifier: "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    why: "Databases have no public address",
  },
  "databases-in-zones": { identifier: "RDS_CLUSTER_MULTI_AZ_ENABLED", why: "Database clusters span zones (MUN-4.6)" },
  "buckets-closed": {
    identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
    why: "The account blocks public buckets",
  },
  "buckets-demand-tls": { identifier: "S3_BUCKET_SSL_REQUESTS_ONLY", why: "Buckets refuse clear text" },
  "hosts-have-no-public-address": {
    identifier: "EC2_INSTANCE_NO_PUBLIC_IP",
    why: "Hosts have no public address",
  },
  "hosts-guard-metadata": { identifier: "EC2_IMDSV2_CHECK", why: "Hosts answer metadata to sessions only" },
  "no-ssh-from-everywhere": { identifier: "INCOMING_SSH_DISABLED", why: "Port 22 is open to nobody (NOD-5.1)" },
  "default-groups-closed": {
    identifier: "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    why: "Default security groups admit nothing",
  },
  "cluster-private": { identifier: "EKS_ENDPOINT_NO_PUBLIC_ACCESS", why: "The cluster's API has no public address" },
};
