import type { ResourceStatement } from "../identity/resource-policy.ts";

export interface FileSystemPolicyProps {
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  /** ARNs of the roles that may mount. They must exist: EFS refuses a policy with an unknown principal. */
  readonly clientRoleArns: readonly string[];
}

const mountAndWrite = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];

/**
 * Statements of an EFS file system policy: TLS only, named roles only, through the access point only, never as root.
 *
 * Roles stand as principals, since of all condition keys EFS enforces for its clients only `aws:SecureTransport`,
 * `aws:SourceIp` and the two of its own used here. An anonymous client is none of the principals; a client past the
 * access point has none of its ARN, and a negated condition on a missing key holds. An identity policy that allows
 * mounting adds a client to these: what bounds it is the denials here and the security group of the mount targets.
 */
export function fileSystemStatements(props: FileSystemPolicyProps): readonly ResourceStatement[] {
  const everyClient = { effect: "Deny", principals: "*", resources: [props.fileSystemArn] } as const;
  return [
    {
      sid: "DenyClearText",
      ...everyClient,
      actions: ["elasticfilesystem:*"],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    { sid: "DenyRoot", ...everyClient, actions: ["elasticfilesystem:ClientRootAccess"] },
    {
      sid: "DenyPastTheAccessPoint",
      ...everyClient,
      actions: mountAndWrite,
      conditions: { StringNotEquals: { "elasticfilesystem:AccessPointArn": props.accessPointArn } },
    },
    {
      sid: "NamedRolesMount",
      effect: "Allow",
      principals: { aws: props.clientRoleArns },
      actions: mountAndWrite,
      resources: [props.fileSystemArn],
      conditions: {
        Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
        StringEquals: { "elasticfilesystem:AccessPointArn": props.accessPointArn },
      },
    },
  ];
}
