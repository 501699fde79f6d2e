import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret/index.js";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { type ResourceStatement, resourcePolicy } from "../identity/resource-policy.ts";

export interface SecretProps {
  /** `<environment>/<service>/<name>`. */
  readonly name: string;
  readonly description: string;
  readonly kmsKeyArn: string;
  /** ARN patterns of the only roles that may read the value. */
  readonly readerArns: readonly string[];
  /** ARN patterns of the only roles that may put a new value. */
  readonly writerArns: readonly string[];
  /**
   * ARN patterns of the roles that keep description, key and policy in step with their definition. The call that does
   * so could also carry a value: what keeps them from it is a key they cannot encrypt with.
   */
  readonly administratorArns: readonly string[];
  /** ARN patterns of the only roles that may hand the secret to a rotation function or to another region. */
  readonly breakGlassArns: readonly string[];
  /** Greatest age of a value in days, at least 1. */
  readonly rotationDays: number;
  /** Days in which a deleted secret can be brought back, 7 to 30; default 30. */
  readonly recoveryDays?: number;
  /** Copy in a second region, under a key of that region; default none. */
  readonly replica?: { readonly region: string; readonly kmsKeyArn: string };
  /** Default: Terraform refuses to destroy the secret. */
  readonly deletionProtection?: OptOut;
}

/** ARN of a secret that a later stack makes, for rights to it: AWS ends each ARN in six letters of its own. */
export const laterSecretArn = (
  { region, account }: { readonly region: string; readonly account: string },
  name: string,
): string => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-??????`;

/**
 * A Secrets Manager secret without a value: a value made by Terraform would stand in its state.
 *
 * Refuses: reading, writing and changing by roles not named, clear text, deletion that cannot be taken back for a week;
 * and to all but break-glass roles a rotation function, a copy in another region beside `replica`, and the removal of
 * its policy, since each opens the value by another way.
 * There is no rotation function: the values belong to applications that must take the new one in step (a key for data
 * needs its predecessor, NOD-2.2), and a function would need network and rights to every one of them. The tag
 * `rotation-days` is what the rotation calendar and the alert on a value's age read (NOD-2.7).
 */
export class Secret extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const recoveryDays = props.recoveryDays ?? 30;
    if (!Number.isInteger(recoveryDays) || recoveryDays < 7 || recoveryDays > 30) {
      throw new Error(`${this.node.path}: recoveryDays must be 7 to 30, got ${recoveryDays}`);
    }
    if (!Number.isInteger(props.rotationDays) || props.rotationDays < 1) {
      throw new Error(`${this.node.path}: rotationDays must be a whole number >= 1, got ${props.rotationDays}`);
    }
    const secret = new SecretsmanagerSecret(this, "secret", {
      name: props.name,
      description: props.description,
      kmsKeyId: props.kmsKeyArn,
      recoveryWindowInDays: recoveryDays,
      ...(props.replica === undefined
        ? {}
        : { replica: [{ region: props.replica.region, kmsKeyId: props.replica.kmsKeyArn }] }),
      tags: { "rotation-days": String(props.rotationDays) },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: resourcePolicy(secretStatements(props)),
    });
    this.name = props.name;
    this.arn = secret.arn;
  }
}

/** Denials only: whom they spare still needs the permission in his own IAM policy. */
function secretStatements(props: SecretProps): readonly ResourceStatement[] {
  const everyone = { effect: "Deny", principals: "*", resources: ["*"] } as const;
  return [
    {
      sid: "DenyClearText",
      ...everyone,
      actions: ["secretsmanager:*"],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      sid: "OnlyNamedRolesRead",
      ...everyone,
      actions: ["secretsmanager:GetSecretValue"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": props.readerArns } },
    },
    {
      sid: "OnlyNamedRolesWrite",
      ...everyone,
      actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": props.writerArns } },
    },
    {
      sid: "OnlyNamedRolesChange",
      ...everyone,
      // UpdateSecret changes description and key, and writes a value when it is given one.
      actions: ["secretsmanager:PutResourcePolicy", "secretsmanager:UpdateSecret"],
      conditions: { ArnNotLike: { "aws:PrincipalArn": [...props.writerArns, ...props.administratorArns] } },
    },
    {
      sid: "OnlyBreakGlassOpens",
      ...everyone,
      actions: [
        "secretsmanager:DeleteResourcePolicy",
        "secretsmanager:ReplicateSecretToRegions",
        "secretsmanager:RotateSecret",
      ],
      conditions: { ArnNotLike: { "aws:PrincipalArn": props.breakGlassArns } },
    },
  ];
}
