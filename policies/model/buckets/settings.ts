import { type Place, placeOfResource } from "../place.ts";
import { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { Unknown } from "../value.ts";

/** Separate settings of buckets: which of a type is said of which bucket. */
export type Settings = (bucket: Resource, type: string) => Setting | undefined;

/** What is said, and where. */
export interface Setting {
  readonly block: Block;
  readonly at: Place;
}

/** Each type, and the block of the bucket itself that says the same, as before version 4 of the provider. */
const TYPES: Readonly<Record<string, string | undefined>> = {
  aws_s3_bucket_versioning: "versioning",
  aws_s3_bucket_server_side_encryption_configuration: "server_side_encryption_configuration",
  aws_s3_bucket_public_access_block: undefined,
  aws_s3_bucket_ownership_controls: undefined,
  aws_s3_bucket_acl: undefined,
  aws_s3_bucket_logging: "logging",
  aws_s3_bucket_object_lock_configuration: "object_lock_configuration",
  aws_s3_bucket_lifecycle_configuration: "lifecycle_rule",
  aws_s3_bucket_replication_configuration: "replication_configuration",
};

/** Looks up settings by the bucket that each names. Of two that say the same nobody knows which is applied last, and stays. */
export function settingsOf(terraform: Graph): Settings {
  const found = new Map<Resource, Map<string, Setting>>();
  for (const each of terraform.ofType(...Object.keys(TYPES))) {
    const bucket = terraform.find(each.block.text("bucket"), "aws_s3_bucket");
    if (bucket === undefined) continue;
    const own = found.get(bucket) ?? new Map<string, Setting>();
    const other = own.get(each.type);
    const inline = TYPES[each.type];
    // In a plan a bucket repeats what its settings said before.
    const isAsked = bucket.document.kind === "configuration";
    const isTwice = isAsked && inline !== undefined && bucket.block.blocks(inline).length > 0;
    const block =
      other === undefined && !isTwice ? each.block : oneOf(other?.at.resource ?? `${bucket.address} (${inline})`, each);
    own.set(each.type, { block, at: placeOfResource(each) });
    found.set(bucket, own);
  }
  return (bucket, type) => found.get(bucket)?.get(type);
}

/** A block of which all is unknown, for it is one or the other. */
const oneOf = (other: string, { address, block }: Resource): Block =>
  new Block({}, block.scope, new Unknown(`of ${other} or ${address}`));
