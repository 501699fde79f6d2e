import type { Place } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { isUnknown, type Value } from "../value.ts";

/** A rule of which new objects of a bucket are copied where. */
export interface ReplicationRule {
  readonly at: Place;
  readonly name: string;
  readonly enabled: Value<boolean>;
  /** Objects that it is for: empty is all. */
  readonly prefix: Value<string>;
  /** Whether tags narrow it further. */
  readonly narrowed: boolean;
  /** ARN of the bucket that they go to. */
  readonly to: Value<string> | undefined;
  /** Key that copies are encrypted with. */
  readonly key: Value<string> | undefined;
  /** Objects encrypted with a key of KMS are copied only where this is said. */
  readonly copiesEncrypted: Value<boolean>;
  /** A deletion at the source hides the copy too. */
  readonly copiesMarkers: Value<boolean>;
}

/** The rules of a replication configuration, or of the block in a bucket that was its older spelling. */
export const replicationOf = (rules: readonly Block[], at: Place): readonly ReplicationRule[] =>
  rules.map((rule, index) => {
    const filter = rule.block("filter");
    const and = filter?.block("and");
    const destination = rule.block("destination");
    const encrypted = rule.block("source_selection_criteria")?.block("sse_kms_encrypted_objects");
    return {
      at,
      name: String(rule.text("id") ?? `rule ${index + 1}`),
      enabled: statusOf(rule, "status") ?? false,
      prefix: and?.text("prefix") ?? filter?.text("prefix") ?? rule.text("prefix") ?? "",
      narrowed: filter?.has("tag") === true || and?.has("tags") === true,
      to: destination?.text("bucket"),
      key:
        destination?.block("encryption_configuration")?.text("replica_kms_key_id") ??
        destination?.text("replica_kms_key_id"),
      copiesEncrypted:
        (encrypted === undefined ? undefined : (statusOf(encrypted, "status") ?? encrypted.flag("enabled"))) ?? false,
      copiesMarkers: markersOf(rule) ?? false,
    };
  });

const markersOf = (rule: Block): Value<boolean> | undefined => {
  const markers = rule.block("delete_marker_replication");
  return markers === undefined ? statusOf(rule, "delete_marker_replication_status") : statusOf(markers, "status");
};

function statusOf(block: Block, name: string): Value<boolean> | undefined {
  const status = block.text(name);
  return status === undefined || isUnknown(status) ? status : status === "Enabled";
}
