import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { resourcePolicy } from "../identity/resource-policy.ts";
import { type KeyPolicyProps, keyPolicy } from "./key-policy.ts";

export interface EncryptionKeyProps extends KeyPolicyProps {
  /** Name without `alias/`. */
  readonly aliasName: string;
  readonly description: string;
  /** Days between rotations of the key material, 90 to 2560; default 365. */
  readonly rotationDays?: number;
  /** Default: Terraform refuses to destroy the key. */
  readonly deletionProtection?: OptOut;
  /** Provider of the region the key lives in; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

/**
 * A customer managed KMS key with its alias.
 *
 * Refuses: use by anyone whom no property names, use past the services of `usedThrough`, deletion
 * or disabling by anyone but `breakGlassArns`, a rotation period KMS does not know.
 * Defaults to: yearly rotation, one region, a deletion window of 30 days, no destruction by Terraform.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  readonly aliasName: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const rotationDays = props.rotationDays ?? 365;
    if (!Number.isInteger(rotationDays) || rotationDays < 90 || rotationDays > 2560) {
      throw new Error(`${this.node.path}: rotationDays must be 90 to 2560, got ${rotationDays}`);
    }
    const provider = props.provider === undefined ? {} : { provider: props.provider };
    const key = new KmsKey(this, "key", {
      ...provider,
      description: props.description,
      deletionWindowInDays: 30,
      enableKeyRotation: true,
      rotationPeriodInDays: rotationDays,
      multiRegion: props.multiRegion ?? false,
      policy: resourcePolicy(keyPolicy(props)),
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
    });
    this.aliasName = `alias/${props.aliasName}`;
    new KmsAlias(this, "alias", { ...provider, name: this.aliasName, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
