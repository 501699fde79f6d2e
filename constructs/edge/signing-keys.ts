import { createPublicKey } from "node:crypto";
import { CloudfrontKeyGroup } from "@cdktf/provider-aws/lib/cloudfront-key-group/index.js";
import { CloudfrontPublicKey } from "@cdktf/provider-aws/lib/cloudfront-public-key/index.js";
import { Construct } from "constructs";

/** The public half of a key that signs addresses. */
export interface SigningKey {
  /** Part of the resource's address: a successor has another name. */
  readonly name: string;
  /** RSA with 2048 bits, PEM with a newline at its end. */
  readonly publicKey: string;
}

export interface SigningKeysProps {
  readonly name: string;
  /** One to five; two while one takes over from the other. */
  readonly keys: readonly SigningKey[];
}

/**
 * The keys whose signatures a distribution accepts.
 *
 * Refuses no key and more than five (a group of CloudFront holds no more), what is no RSA key of 2048 bits, and a PEM
 * without newline at its end: CloudFront gives it back with one, and each plan would replace the key and end every
 * address signed with it.
 */
export class SigningKeys extends Construct {
  /** Id of the key group. */
  readonly groupId: string;

  constructor(scope: Construct, id: string, props: SigningKeysProps) {
    super(scope, id);
    if (props.keys.length === 0 || props.keys.length > 5) {
      throw new Error(`${this.node.path}: keys must be 1 to 5, got ${props.keys.length}`);
    }
    const keys = props.keys.map(({ name, publicKey }) => {
      if (!isRsa2048(publicKey) || !publicKey.endsWith("-----\n")) {
        throw new Error(`${this.node.path}/${name}: publicKey must be RSA-2048 as PEM with a newline at its end`);
      }
      return new CloudfrontPublicKey(this, `key-${name}`, {
        name: `${props.name}-${name}`,
        comment: props.name,
        encodedKey: publicKey,
        // A key that leaves is deleted after the group has let go of it.
        lifecycle: { createBeforeDestroy: true },
      }).id;
    });
    this.groupId = new CloudfrontKeyGroup(this, "group", {
      name: props.name,
      items: keys,
      lifecycle: { createBeforeDestroy: true },
    }).id;
  }
}

function isRsa2048(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    return asymmetricKeyType === "rsa" && asymmetricKeyDetails?.modulusLength === 2048;
  } catch {
    return false;
  }
}
