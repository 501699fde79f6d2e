import { demand, objection, rule } from "../../engine/rule.ts";
import { buckets } from "../../model/buckets/buckets.ts";
import { ownerOf, reaches } from "../../model/keys.ts";

const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";
const KEY = "rule.apply_server_side_encryption_by_default.kms_master_key_id";

/**
 * Two are encrypted by S3 itself: what access logs are delivered into, since S3 and load balancers refuse a key of KMS
 * (Amazon S3 user guide "Enabling server access logging"; ELB user guide "Access logs", November 2025), and lists of revoked
 * certificates, which anyone must read.
 */
export const bucketHasItsOwnKey = rule({
  id: "DATA-003",
  slug: "bucket-has-its-own-key",
  severity: "high",
  title: "Objects are encrypted with a key of ours, one request to KMS for many",
  why: "Whoever gets past the bucket's policy still needs the key; but a bucket of access logs with a key gets no logs at all.",
  fix: 'Set sse_algorithm "aws:kms", a key of ours in the bucket\'s region and bucket_key_enabled; AES256 where S3 or a load balancer delivers access logs.',
  appliesTo: buckets,
  requirements: ["MUN-2.9", "TKT-7.4", "NOD-3.3", "BRK-SEC.14"],
  check: ({ resource, encryption: { algorithm, key, bucketKey }, receives }) => {
    if (receives.has("access logs"))
      return demand(ALGORITHM, algorithm, "AES256: access logs are delivered here", (name) => name === "AES256");
    if (receives.has("revocations") && algorithm === "AES256") return [];
    const other = demand(ALGORITHM, algorithm, "aws:kms", (name) => name === "aws:kms" || name === "aws:kms:dsse");
    if (other.length > 0) return other;
    const owner = ownerOf(key, resource);
    const ours = owner.by === "us" && (owner.key === undefined || reaches(owner.key, resource));
    return [
      ...(ours ? [] : [objection(KEY, key ?? "AWS's own key", "a key of ours in the bucket's region")]),
      // Encryption in two layers has no bucket key.
      ...(algorithm === "aws:kms:dsse" ? [] : demand("rule.bucket_key_enabled", bucketKey, "true", (on) => on)),
    ];
  },
});
