import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { backedUp, type Told, told, vault } from "./examples/backups.ts";

const lock: Told = { days: 31, mode: "COMPLIANCE" };
const providers = {
  provider: { aws: [{ region: "eu-central-1" }, { alias: "copy", region: "eu-west-1" }] },
};
const rule = {
  status: "Enabled",
  filter: { prefix: "dump/" },
  destination: {
    bucket: "${aws_s3_bucket.copy.arn}",
    encryption_configuration: { replica_kms_key_id: "${aws_kms_key.copy.arn}" },
  },
  source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
};

const both = (changed: JsonObject = rule, copied: Told = lock, away = "aws.copy") => {
  const source = vault(lock);
  const copy = vault(copied, "copy", { provider: `\${${away}}` });
  return {
    aws_kms_key: { copy: { provider: `\${${away}}` } },
    aws_s3_bucket: { ...source.aws_s3_bucket, ...copy.aws_s3_bucket },
    aws_s3_bucket_object_lock_configuration: {
      ...source.aws_s3_bucket_object_lock_configuration,
      ...copy.aws_s3_bucket_object_lock_configuration,
    },
    aws_s3_bucket_replication_configuration: { dumps: { bucket: "dumps", rule: [changed] } },
  };
};
const example = (resources: JsonObject) => ({
  resources,
  configuration: providers,
  ...told("dumps"),
  declaration: backedUp({ offsite: true }),
});
const at = (name: string) => `aws_s3_bucket_replication_configuration.dumps ${name}`;

export const examples: Examples = {
  good: [
    { title: "copied to the other region, locked there as here", ...example(both()) },
    { title: "all of the bucket is copied", ...example(both({ ...rule, filter: {} })) },
  ],
  bad: [
    { title: "no copy", ...example(vault(lock)), finds: ["aws_s3_bucket.dumps rule.filter.prefix"] },
    {
      title: "a rule that is off, and one for another part",
      ...example(both({ ...rule, status: "Disabled" })),
      finds: ["aws_s3_bucket.dumps rule.filter.prefix"],
    },
    {
      title: "a rule that leaves out what is encrypted, and a copy under AWS's own key",
      ...example(
        both({ ...rule, source_selection_criteria: {}, destination: { bucket: "${aws_s3_bucket.copy.arn}" } }),
      ),
      finds: [
        at("rule.source_selection_criteria.sse_kms_encrypted_objects.status"),
        at("rule.destination.encryption_configuration.replica_kms_key_id"),
      ],
    },
    {
      title: "a copy in the same region, locked for a week",
      ...example(both(rule, { ...lock, days: 7 }, "aws")),
      finds: ["aws_s3_bucket.copy region", "aws_s3_bucket.copy rule.default_retention.days"],
    },
    {
      title: "a copy to a bucket that nobody makes",
      ...example(both({ ...rule, destination: { ...rule.destination, bucket: "arn:aws:s3:::elsewhere" } })),
      finds: [at("rule.destination.bucket")],
    },
  ],
  unknown: [
    {
      title: "a variable says where to",
      ...example(both({ ...rule, destination: { ...rule.destination, bucket: "${var.bucket}" } })),
      finds: [at("rule.destination.bucket")],
    },
  ],
};

const type = "aws_s3_bucket_replication_configuration";
const inRule = (change: (rule: Loose) => object) => (setting: Loose) => ({
  ...setting,
  rule: setting.rule.map((each: Loose, index: number) => (index === 0 ? change(each) : each)),
});

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the copies", () => undefined),
  onResource(
    type,
    "turn a copy off",
    inRule((each) => ({ ...each, status: "Disabled" })),
  ),
  onResource(
    type,
    "copy another part",
    inRule((each) => ({ ...each, filter: { prefix: "elsewhere/" } })),
  ),
  onResource(
    type,
    "copy only what is tagged",
    inRule((each) => ({ ...each, filter: { and: { ...each.filter, tags: { copy: "yes" } } } })),
  ),
  onResource(
    type,
    "leave out what is encrypted",
    inRule(({ source_selection_criteria: _, ...each }) => each),
  ),
  onResource(
    type,
    "encrypt copies with a key of the first region",
    inRule((each) => ({
      ...each,
      destination: {
        ...each.destination,
        encryption_configuration: { replica_kms_key_id: "${aws_kms_key.data-key_key.arn}" },
      },
    })),
  ),
  onResource(
    "aws_s3_bucket_object_lock_configuration",
    "shorten the lock of a copy",
    (lock) => ({ ...lock, rule: { default_retention: { mode: "COMPLIANCE", days: 1 } } }),
    ({ name }) => name.includes("-copy"),
  ),
];
