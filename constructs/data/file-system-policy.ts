import { account, type ResourceStatement } from "../identity/resource-policy.ts";

export interface FileSystemPolicyProps {
  readonly accountId: string;
  readonly fileSystemArn: string;
  readonly accessPointArn: string;
  /** ARN patterns of the roles that may mount. */
  readonly clientArns: readonly string[];
}

const mountAndWrite = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];

/**
 * Statements of an EFS file system policy: TLS only, named roles only, through the access point only, never as root.
 *
 * An anonymous client has no role ARN and a client past the access point has none of its ARN: a negated condition on a
 * missing key holds, so both are denied.
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
      sid: "DenyAnonymousAndOtherRoles",
      ...everyClient,
      actions: mountAndWrite,
      conditions: { ArnNotLike: { "aws:PrincipalArn": props.clientArns } },
    },
    {
      sid: "DenyPastTheAccessPoint",
      ...everyClient,
      actions: mountAndWrite,
      conditions: { StringNotEquals: { "elasticfilesystem:AccessPointArn": props.accessPointArn } },
    },
    {
      sid: "NamedRolesMount",
      effect: "Allow",
      principals: account(props.accountId),
      actions: mountAndWrite,
      resources: [props.fileSystemArn],
      conditions: {
        ArnLike: { "aws:PrincipalArn": props.clientArns },
        Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
        StringEquals: { "elasticfilesystem:AccessPointArn": props.accessPointArn },
      },
    },
  ];
}
