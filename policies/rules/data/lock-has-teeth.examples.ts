import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { backedUp, told, vault } from "./examples/backups.ts";

const LONG = { mode: "COMPLIANCE", days: 365 };
const MODE = "aws_s3_bucket.dumps rule.default_retention.mode";
const DAYS = "aws_s3_bucket.dumps rule.default_retention.days";

export const examples: Examples = {
  good: [
    { title: "a lock that nobody lifts", resources: vault({ mode: "COMPLIANCE", days: 31 }) },
    {
      title: "a lock that a break-glass role may lift, where that is declared",
      resources: vault({ mode: "GOVERNANCE", days: 31 }),
      ...told("dumps"),
      declaration: { ...backedUp(), lock: "GOVERNANCE" },
    },
    {
      title: "no default retention where Config delivers, which would be refused",
      resources: {
        aws_s3_bucket: { dumps: { bucket: "dumps" } },
        aws_config_delivery_channel: { all: { s3_bucket_name: "dumps" } },
      },
    },
  ],
  bad: [
    {
      title: "a lock without default retention",
      resources: { aws_s3_bucket: { dumps: { bucket: "dumps", object_lock_enabled: true } } },
      finds: [MODE, DAYS],
    },
    { title: "a lock that one permission lifts", resources: vault({ mode: "GOVERNANCE", days: 31 }), finds: [MODE] },
    {
      title: "the same where nothing less is declared",
      resources: vault({ mode: "GOVERNANCE", days: 0 }),
      ...told("dumps"),
      declaration: backedUp(),
      finds: [MODE, DAYS],
    },
    {
      title: "a lock where nothing is declared, and one for longer than is",
      resources: {
        aws_s3_bucket: { ...vault(LONG).aws_s3_bucket, ...vault(LONG, "attachments").aws_s3_bucket },
        aws_s3_bucket_object_lock_configuration: {
          ...vault(LONG).aws_s3_bucket_object_lock_configuration,
          ...vault(LONG, "attachments").aws_s3_bucket_object_lock_configuration,
        },
      },
      ...told("dumps"),
      declaration: backedUp(),
      finds: [DAYS, "aws_s3_bucket.attachments object_lock_enabled"],
    },
    {
      title: "a lock where access logs are to arrive",
      resources: {
        ...vault({ mode: "COMPLIANCE", days: 31 }),
        aws_s3_bucket_logging: { data: { bucket: "data", target_bucket: "dumps" } },
      },
      finds: [MODE],
    },
  ],
  unknown: [{ title: "a variable says the mode", resources: vault({ mode: "${var.mode}", days: 31 }), finds: [MODE] }],
};

const type = "aws_s3_bucket_object_lock_configuration";

export const mutations: readonly Mutation[] = [
  onResource(type, "drop the default retention", () => undefined),
  onResource(type, "let the lock be lifted", (lock) => ({
    ...lock,
    rule: { default_retention: { ...lock.rule.default_retention, mode: "GOVERNANCE" } },
  })),
  onResource(
    type,
    "lock what people may have deleted",
    (lock) => ({ ...lock, bucket: "prd-mun-attachments-333333333333" }),
    ({ name }) => name.startsWith("audit-exports"),
  ),
  onResource(
    type,
    "lock for longer than is declared",
    (lock) => ({ ...lock, rule: { default_retention: { mode: "COMPLIANCE", years: 7 } } }),
    ({ name }) => name.startsWith("ticketing-data"),
  ),
  onResource(
    type,
    "lock where Config delivers",
    (lock) => ({ ...lock, bucket: "${aws_s3_bucket.config-logs_bucket.id}" }),
    ({ name }) => name.startsWith("audit-exports"),
  ),
];
