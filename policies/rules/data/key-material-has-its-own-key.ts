import { objection, rule } from "../../engine/rule.ts";
import { type BackupOf, copiesOf, declaredBackups } from "../../model/backups/declared.ts";
import type { Bucket } from "../../model/buckets/buckets.ts";
import type { Estate } from "../../model/estate.ts";
import { ownerOf } from "../../model/keys.ts";
import type { Resource } from "../../model/terraform/resource.ts";

/** Who may restore a database must not thereby hold the keys that its fields are encrypted with. */
export const keyMaterialHasItsOwnKey = rule({
  id: "DATA-016",
  slug: "key-material-has-its-own-key",
  severity: "high",
  title: "Backups of key material lie in other buckets and under other keys than backups of data",
  why: "One stolen permission would give the encrypted data and what decrypts it.",
  fix: "Write backups of keys and configuration to a bucket of their own, with a key of its own.",
  appliesTo: declaredBackups,
  requirements: ["TKT-7.6", "BRK-25.4", "TKT-SEC.1", "BRK-SEC.28"],
  needsDeclaration: true,
  concerns: ({ backup }) => backup.material === "keys",
  check: (subject, estate) => {
    const data = estate
      .of(declaredBackups)
      .filter(({ backup }) => backup.material !== "keys")
      .flatMap((other) => holders(other, estate));
    const keys = new Set(data.flatMap((bucket) => keyOf(bucket) ?? []));
    return holders(subject, estate).flatMap((bucket) => {
      const key = keyOf(bucket);
      if (data.includes(bucket)) return [objection("bucket", bucket.name, "a bucket without data", bucket.at)];
      return key !== undefined && keys.has(key)
        ? [objection("kms_master_key_id", key.address, "a key that encrypts no data", bucket.at)]
        : [];
    });
  },
});

/** Where a backup lies, its copies too. */
const holders = ({ targets }: BackupOf, estate: Estate): readonly Bucket[] =>
  targets.flatMap(({ bucket, prefix }) => (bucket === undefined ? [] : [bucket, ...copiesOf(bucket, prefix, estate)]));

function keyOf({ encryption, resource }: Bucket): Resource | undefined {
  const owner = ownerOf(encryption.key, resource);
  return owner.by === "us" ? owner.key : undefined;
}
