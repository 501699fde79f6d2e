import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point/index.js";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy/index.js";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system/index.js";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy/index.js";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { resourcePolicy } from "../identity/resource-policy.ts";
import { fileSystemStatements } from "./file-system-policy.ts";

/** Days without a read after which EFS may move a file to the infrequent access class. */
export type InfrequentAccessDays = 7 | 14 | 30 | 60 | 90 | 180 | 270 | 365;

export interface SharedFilesProps {
  readonly name: string;
  readonly kmsKeyArn: string;
  /** One subnet per zone, by a stable short name such as the zone's letter. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Security groups of the mount targets. */
  readonly securityGroupIds: readonly string[];
  /** ARNs of the roles that may mount, at least one. They must exist; their own policies need say nothing of it. */
  readonly clientRoleArns: readonly string[];
  /** Directory that clients see as root, and the only identity in which they read and write. */
  readonly path: string;
  readonly userId: number;
  readonly groupId: number;
  /** Default: files stay in the standard class. */
  readonly infrequentAccessAfterDays?: InfrequentAccessDays;
  /** Default: Terraform refuses to destroy the file system. */
  readonly deletionProtection?: OptOut;
}

/**
 * An EFS file system shared by hosts in several zones, with its single access point.
 *
 * Refuses: clear text on the wire, anonymous and root clients, mounts past the access point, roles not named.
 * Defaults to: elastic throughput, no automatic backup of AWS beside the declared ones,
 * no destruction by Terraform.
 */
export class SharedFiles extends Construct {
  readonly fileSystemId: string;
  readonly accessPointId: string;

  constructor(scope: Construct, id: string, props: SharedFilesProps) {
    super(scope, id);
    if (props.userId === 0 || props.groupId === 0) {
      throw new Error(`${this.node.path}: userId and groupId must not be root, got ${props.userId}:${props.groupId}`);
    }
    if (props.clientRoleArns.length === 0) {
      throw new Error(`${this.node.path}: clientRoleArns must name at least one role, got none`);
    }
    const fileSystem = new EfsFileSystem(this, "file-system", {
      creationToken: props.name,
      encrypted: true,
      kmsKeyId: props.kmsKeyArn,
      // The only mode with elastic throughput, and the one in which EFS reports its limit of operations.
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      lifecyclePolicy:
        props.infrequentAccessAfterDays === undefined
          ? []
          : [
              { transitionToIa: `AFTER_${props.infrequentAccessAfterDays}_DAYS` },
              { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
            ],
      tags: { Name: props.name },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    new EfsBackupPolicy(this, "backup", {
      fileSystemId: fileSystem.id,
      backupPolicy: { status: "DISABLED" },
    });
    const accessPoint = new EfsAccessPoint(this, "access-point", {
      fileSystemId: fileSystem.id,
      posixUser: { uid: props.userId, gid: props.groupId },
      rootDirectory: {
        path: props.path,
        creationInfo: { ownerUid: props.userId, ownerGid: props.groupId, permissions: "0750" },
      },
      tags: { Name: props.name },
    });
    const policy = new EfsFileSystemPolicy(this, "policy", {
      fileSystemId: fileSystem.id,
      policy: resourcePolicy(
        fileSystemStatements({
          fileSystemArn: fileSystem.arn,
          accessPointArn: accessPoint.arn,
          clientRoleArns: props.clientRoleArns,
        }),
      ),
    });
    for (const [name, subnetId] of Object.entries(props.subnetIds)) {
      new EfsMountTarget(this, `mount-${name}`, {
        fileSystemId: fileSystem.id,
        subnetId,
        securityGroups: [...props.securityGroupIds],
        // Without a policy EFS serves every anonymous client that reaches a mount target.
        dependsOn: [policy],
      });
    }
    this.fileSystemId = fileSystem.id;
    this.accessPointId = accessPoint.id;
  }
}
