import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { bucketNamed, type Delivery, deliveriesOf } from "./deliveries.ts";
import { type LifecycleRule, lifecycleOf } from "./lifecycle.ts";
import { type ReplicationRule, replicationOf } from "./replication.ts";
import { type Settings, settingsOf } from "./settings.ts";

/** A bucket with all that other resources say of it. */
export interface Bucket {
  readonly at: Place;
  readonly resource: Resource;
  /** Its name, where it is given. */
  readonly name: Value<string> | undefined;
  /** `Enabled`, `Suspended`; absent: never enabled. */
  readonly versioning: Value<string> | undefined;
  readonly encryption: BucketEncryption;
  /** Each of the four refusals; absent: not given, which AWS reads as off. */
  readonly publicAccess: PublicAccess;
  /** Further ways in, each with its own refusals. */
  readonly accessPoints: readonly { readonly at: Place; readonly publicAccess: PublicAccess }[];
  /** Who owns objects. */
  readonly ownership: Value<string> | undefined;
  /** Lists of who may do what, by canned name, given beside or instead of the policy. */
  readonly acls: readonly Value<string>[];
  /** The bucket that accesses are logged into. */
  readonly logsTo: Value<string> | undefined;
  readonly lock: Lock;
  readonly lifecycle: readonly LifecycleRule[];
  readonly replication: readonly ReplicationRule[];
  /** What AWS delivers into it. */
  readonly receives: ReadonlySet<Delivery>;
}

export const refusals = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;
export type Refusal = (typeof refusals)[number];
export type PublicAccess = Readonly<Record<Refusal, Value<boolean>>>;

/** How new objects are encrypted that do not say it themselves. */
export interface BucketEncryption {
  /** `AES256` where nothing is said: S3 encrypts all since January 2023 (Amazon S3 user guide). */
  readonly algorithm: Value<string>;
  readonly key: Value<string> | undefined;
  /** One request to KMS for many objects. */
  readonly bucketKey: Value<boolean>;
}

/** Object Lock: whether it is on, and what new objects get that do not say it themselves. */
export interface Lock {
  readonly enabled: Value<boolean>;
  readonly mode: Value<string> | undefined;
  readonly days: Value<number> | undefined;
}

/** Every bucket; each separate setting is looked up by the bucket that it names. */
export const buckets = kind<Bucket>("bucket", (estate) => {
  const settings = settingsOf(estate.terraform);
  const deliveries = deliveriesOf(estate);
  return estate.terraform.ofType("aws_s3_bucket").map((resource) => readBucket(resource, settings, deliveries));
});

function readBucket(
  resource: Resource,
  settings: Settings,
  deliveries: ReadonlyMap<Resource, ReadonlySet<Delivery>>,
): Bucket {
  const at = placeOfResource(resource);
  const { block } = resource;
  const setting = (type: string) => settings(resource, `aws_s3_bucket_${type}`);
  const lifecycle = setting("lifecycle_configuration");
  const replication = setting("replication_configuration");
  const { graph } = block.scope;
  const isOwn = (each: Block) => graph.find(each.text("bucket"), "aws_s3_bucket") === resource;
  const accessPoints = graph.ofType("aws_s3_access_point").filter((each) => isOwn(each.block));
  const manyRegions = graph
    .ofType("aws_s3control_multi_region_access_point")
    .flatMap((each) => each.block.blocks("details").map((details) => ({ at: placeOfResource(each), details })))
    .filter(({ details }) => details.blocks("region").some(isOwn));
  return {
    at,
    resource,
    name: block.text("bucket"),
    versioning: versioningOf(block, setting("versioning")?.block),
    encryption: encryptionOf(
      (
        setting("server_side_encryption_configuration")?.block ?? block.block("server_side_encryption_configuration")
      )?.block("rule"),
    ),
    publicAccess: refusalsOf(setting("public_access_block")?.block, false),
    // Of an access point, all four are on by default.
    accessPoints: [
      ...accessPoints.map((each) => ({
        at: placeOfResource(each),
        publicAccess: refusalsOf(each.block.block("public_access_block_configuration"), true),
      })),
      ...manyRegions.map(({ at: place, details }) => ({
        at: place,
        publicAccess: refusalsOf(details.block("public_access_block"), true),
      })),
    ],
    ownership: setting("ownership_controls")?.block.block("rule")?.text("object_ownership"),
    acls: [...block.texts("acl"), ...(setting("acl")?.block.texts("acl") ?? [])],
    logsTo: setting("logging")?.block.text("target_bucket") ?? block.block("logging")?.text("target_bucket"),
    lock: lockOf(block, setting("object_lock_configuration")?.block),
    lifecycle: lifecycleOf(lifecycle?.block.blocks("rule") ?? block.blocks("lifecycle_rule"), lifecycle?.at ?? at),
    replication: replicationOf(
      replication?.block.blocks("rule") ?? block.block("replication_configuration")?.blocks("rules") ?? [],
      replication?.at ?? at,
    ),
    receives: deliveries.get(resource) ?? new Set(),
  };
}

const refusalsOf = (block: Block | undefined, absent: boolean): PublicAccess => ({
  block_public_acls: block?.flag("block_public_acls") ?? absent,
  block_public_policy: block?.flag("block_public_policy") ?? absent,
  ignore_public_acls: block?.flag("ignore_public_acls") ?? absent,
  restrict_public_buckets: block?.flag("restrict_public_buckets") ?? absent,
});

/** Before version 4 of the provider it stood in the bucket itself, as a flag. */
function versioningOf(bucket: Block, setting: Block | undefined): Value<string> | undefined {
  if (setting !== undefined) return setting.block("versioning_configuration")?.text("status");
  const flag = bucket.block("versioning")?.flag("enabled");
  if (flag === undefined || isUnknown(flag)) return flag;
  return flag ? "Enabled" : "Suspended";
}

function encryptionOf(rule: Block | undefined): BucketEncryption {
  const given = rule?.block("apply_server_side_encryption_by_default");
  return {
    algorithm: given?.text("sse_algorithm") ?? "AES256",
    key: given?.text("kms_master_key_id"),
    bucketKey: rule?.flag("bucket_key_enabled") ?? false,
  };
}

function lockOf(bucket: Block, setting: Block | undefined): Lock {
  const inline = bucket.block("object_lock_configuration");
  const retention = (setting ?? inline)?.block("rule")?.block("default_retention");
  const years = retention?.number("years");
  const days = retention?.number("days");
  return {
    enabled: bucket.flag("object_lock_enabled") ?? (inline !== undefined || setting !== undefined),
    mode: retention?.text("mode"),
    days: days ?? (typeof years === "number" ? years * 365 : years),
  };
}

/** The bucket that a value names: by reference, name or ARN. */
export function bucketOf(value: Value<string> | undefined, estate: Estate): Bucket | undefined {
  const found = estate.terraform.find(value, "aws_s3_bucket");
  return found === undefined ? undefined : byResource(estate).get(found);
}

const INDEX = {};
const byResource = (estate: Estate): ReadonlyMap<Resource, Bucket> =>
  estate.once(INDEX, () => new Map(estate.of(buckets).map((each) => [each.resource, each])));

/** The bucket that a destination leads to: an ARN, or a reference. */
export const destinationOf = (to: Value<string> | undefined, estate: Estate): Bucket | undefined =>
  to === undefined ? undefined : bucketOf(bucketNamed(to), estate);
