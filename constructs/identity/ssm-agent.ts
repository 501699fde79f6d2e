import { through } from "../keys/key-use.ts";
import type { Statement } from "./policy-document.ts";

/** The SSM agent's package in a bucket of ours, pinned by digest (Debian ships none). */
export interface AgentPackage {
  readonly bucket: string;
  readonly key: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface SsmAgentScope {
  readonly region: string;
  readonly accountId: string;
  readonly package: AgentPackage;
  /** Key that encrypts the package bucket. */
  readonly packageKeyArn: string;
  /** Key that encrypts sessions. */
  readonly sessionKeyArn: string;
  /** Log group that sessions are recorded in. */
  readonly sessionLogGroupArn: string;
}

/**
 * What the agent needs to register, open and record sessions and run commands, and to be installed at first boot.
 *
 * Not `AmazonSSMManagedInstanceCore`: that lets every host read every parameter of the account, secrets included.
 * Without `ec2messages`: agents since 3.3.40.0 take commands through `ssmmessages`. Listing associations is asked by
 * the agent itself; refusing it would fill the trail with AccessDenied.
 */
export function ssmAgentStatements(scope: SsmAgentScope): Statement[] {
  const { region, accountId, package: agent } = scope;
  return [
    {
      sid: "AgentRegisters",
      actions: ["ssm:ListInstanceAssociations", "ssm:UpdateInstanceInformation"],
      resources: [`arn:aws:ec2:${region}:${accountId}:instance/*`],
    },
    {
      sid: "AgentOpensChannels",
      actions: [
        "ssm:ListAssociations",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    {
      sid: "AgentPackage",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::${agent.bucket}/${agent.key}`],
    },
    {
      sid: "AgentPackageKey",
      actions: ["kms:Decrypt"],
      resources: [scope.packageKeyArn],
      conditions: through([region], "s3"),
    },
    { sid: "AgentSessionKey", actions: ["kms:Decrypt"], resources: [scope.sessionKeyArn] },
    {
      sid: "AgentRecordsSessions",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${scope.sessionLogGroupArn}:*`],
    },
    {
      // It looks whether the group is encrypted before it writes; AWS checks this right against all groups.
      sid: "AgentSeesLogGroups",
      actions: ["logs:DescribeLogGroups"],
      resources: [`arn:aws:logs:${region}:${accountId}:log-group:*`],
    },
  ];
}
