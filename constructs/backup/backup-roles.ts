import type { Construct } from "constructs";
import type { ResourceStatement } from "../identity/resource-policy.ts";
import { ServiceRole } from "../identity/service-role.ts";

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/**
 * AWS does not say that it names the account for which it takes the role, so there is no condition on it: a role that
 * demands what is never sent copies nothing. No other account can hand this role to AWS Backup: passing one is bound to
 * roles of the caller's own account.
 */
const trustBackup: ResourceStatement = {
  sid: "AwsBackup",
  effect: "Allow",
  principals: { services: ["backup.amazonaws.com"] },
  actions: ["sts:AssumeRole"],
};

/** The role AWS Backup copies in: reads and snapshots what plans select, writes recovery points, restores nothing. */
export const backupRole = (scope: Construct, id: string, name: string): ServiceRole =>
  new ServiceRole(scope, id, {
    name,
    description: "AWS Backup copies databases, buckets and file systems",
    trust: trustBackup,
    managedPolicyArns: [
      // This one has a path, that for buckets has none.
      managed("service-role/AWSBackupServiceRolePolicyForBackup"),
      managed("AWSBackupServiceRolePolicyForS3Backup"),
    ],
  });

/** The role AWS Backup brings back in, for whoever may start a restore and pass it. */
export const restoreRole = (scope: Construct, id: string, name: string): ServiceRole =>
  new ServiceRole(scope, id, {
    name,
    description: "AWS Backup brings back databases, buckets and file systems",
    trust: trustBackup,
    managedPolicyArns: [
      managed("service-role/AWSBackupServiceRolePolicyForRestores"),
      managed("AWSBackupServiceRolePolicyForS3Restore"),
    ],
  });
