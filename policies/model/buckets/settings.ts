import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";

/** Separate settings of buckets: which of a type is said of which bucket. */
export type Settings = (bucket: Resource, type: string) => Setting | undefined;

/** What is said, and where. */
export interface Setting {
  readonly block: Block;
  readonly at: Place;
}

const TYPES = [
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_acl",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_object_lock_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_replication_configuration",
];

/** Looks up settings by the bucket that each names. */
export function settingsOf(terraform: Graph): Settings {
  const found = new Map<Resource, Map<string, Setting>>();
  for (const each of terraform.ofType(...TYPES)) {
    const bucket = terraform.find(each.block.text("bucket"), "aws_s3_bucket");
    if (bucket === undefined) continue;
    const own = found.get(bucket) ?? new Map<string, Setting>();
    own.set(each.type, { block: each.block, at: placeOfResource(each) });
    found.set(bucket, own);
  }
  return (bucket, type) => found.get(bucket)?.get(type);
}
