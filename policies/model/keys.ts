import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import { regionOf } from "./region.ts";
import type { Resource } from "./terraform/resource.ts";
import { isUnknown, type Value } from "./value.ts";

/** A key of ours in KMS. */
export interface Key {
  readonly at: Place;
  readonly resource: Resource;
  readonly enabled: Value<boolean>;
  /** Whether KMS can rotate it: a symmetric key whose material KMS made. */
  readonly rotatable: Value<boolean>;
  readonly rotates: Value<boolean>;
  /** Days between rotations. */
  readonly rotationDays: Value<number>;
  /** Days between the order to delete it and its end. */
  readonly deletionDays: Value<number>;
  /** Whether a policy may be set that locks everybody out. */
  readonly unsafePolicy: Value<boolean>;
}

const TYPES = ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key"];

/** Every key. A replica rotates with its primary, and imported material not at all. */
export const keys = kind<Key>("key", ({ terraform }) =>
  terraform.ofType(...TYPES).map((resource) => {
    const { block, type } = resource;
    const spec = block.text("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT";
    const usage = block.text("key_usage") ?? "ENCRYPT_DECRYPT";
    const symmetric = isUnknown(spec) ? spec : spec === "SYMMETRIC_DEFAULT" && usage === "ENCRYPT_DECRYPT";
    return {
      at: placeOfResource(resource),
      resource,
      enabled: block.flag("is_enabled") ?? block.flag("enabled") ?? true,
      rotatable: type === "aws_kms_key" && !block.has("custom_key_store_id") ? symmetric : false,
      rotates: block.flag("enable_key_rotation") ?? false,
      rotationDays: block.number("rotation_period_in_days") ?? 365,
      deletionDays: block.number("deletion_window_in_days") ?? 30,
      unsafePolicy: block.flag("bypass_policy_lockout_safety_check") ?? false,
    };
  }),
);

/** Whose key a value names: ours, AWS's own, or one that outputs do not tell. */
export type Owner =
  | { readonly by: "us"; readonly key: Resource | undefined }
  | { readonly by: "aws" }
  | { readonly by: "nobody knows" };

/** Whose key a resource names. No value at all is AWS's own key; a literal ARN or id that is no alias of AWS's is ours. */
export function ownerOf(value: Value<string> | undefined, { block }: Resource): Owner {
  if (value === undefined || value === "") return { by: "aws" };
  const { graph, document } = block.scope;
  const found = graph.find(value, ...TYPES, "aws_kms_alias");
  if (found?.type === "aws_kms_alias") return ownerOf(found.block.text("target_key_id"), found);
  if (found !== undefined) return { by: "us", key: found };
  if (!isUnknown(value)) return namesAws(value) ? { by: "aws" } : { by: "us", key: undefined };
  // A key that was looked up: by the name that it was looked up by.
  const data = /^\$\{(data\.aws_kms_(?:alias|key)\.[\w-]+)\./.exec(value.expression)?.[1];
  const body = data === undefined ? undefined : document.data.get(data);
  const name = body?.["name"] ?? body?.["key_id"];
  if (typeof name !== "string") return { by: "nobody knows" };
  return namesAws(name) ? { by: "aws" } : { by: "us", key: undefined };
}

/** Words that stand for AWS's own key, and its aliases: `alias/aws/s3`. */
const namesAws = (name: string): boolean =>
  /(?:^|:)alias\/aws\//.test(name) || /^AWS_OWNED|^AWS_MANAGED|^aws\//.test(name);

/** Whether a key can be used where a resource is: in its region, as far as outputs tell both. */
export function reaches(key: Resource, user: Resource): boolean {
  const [one, other] = [regionOf(key), regionOf(user)];
  return one === undefined || other === undefined || one === other;
}
