import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import { vault } from "./examples/backups.ts";

const locked = vault({ mode: "COMPLIANCE", days: 400 });
const full = {
  s3_bucket_name: "dumps",
  is_multi_region_trail: true,
  enable_log_file_validation: true,
  cloud_watch_logs_group_arn: "arn:aws:logs:eu-central-1:111111111111:log-group:trail:*",
};
const trail = (more: Readonly<Record<string, string | boolean | object>> = {}) => ({
  ...locked,
  aws_cloudtrail: { all: { ...full, ...(more as Record<string, string>) } },
});
const at = (name: string) => `aws_cloudtrail.all ${name}`;

export const examples: Examples = {
  good: [
    { title: "all calls in all regions, into a locked bucket", resources: trail() },
    {
      title: "selectors that leave no call out",
      resources: trail({
        advanced_event_selector: [{ field_selector: { field: "eventCategory", equals: ["Management"] } }],
      }),
    },
  ],
  bad: [
    {
      title: "a trail as it is by default",
      resources: { ...locked, aws_cloudtrail: { all: { s3_bucket_name: "dumps" } } },
      finds: ["is_multi_region_trail", "enable_log_file_validation", "cloud_watch_logs_group_arn"].map(at),
    },
    {
      title: "a trail of writers only, switched off, without services that have no region",
      resources: trail({
        enable_logging: "false",
        include_global_service_events: false,
        event_selector: { read_write_type: "WriteOnly" },
      }),
      finds: ["enable_logging", "include_global_service_events", "event_selector"].map(at),
    },
    {
      title: "readers left out by a selector of the newer kind",
      resources: trail({
        advanced_event_selector: {
          field_selector: [
            { field: "eventCategory", equals: ["Management"] },
            { field: "readOnly", equals: ["false"] },
          ],
        },
      }),
      finds: [at("event_selector")],
    },
    {
      title: "a bucket whose lock is shorter than the declared year",
      resources: { ...trail(), ...vault({ mode: "COMPLIANCE", days: 90 }) },
      declaration: {
        services: [
          {
            ...{ name: "example", components: [], stores: [], entrypoints: [], flows: [], egress: [], secrets: [] },
            ...{ backups: [], logs: { keepSeconds: 2_592_000, auditSeconds: 31_536_000 } },
          },
        ],
      },
      finds: ["aws_s3_bucket.dumps rule.default_retention.days"],
    },
    {
      title: "a lock shorter than the environment's own days, where a break-glass role may lift it",
      resources: { ...trail(), ...vault({ mode: "GOVERNANCE", days: 90 }) },
      declaration: { lock: "GOVERNANCE", logs: { keepSeconds: 2_592_000, archiveSeconds: 34_560_000 } },
      finds: ["aws_s3_bucket.dumps rule.default_retention.days"],
    },
    {
      title: "a bucket of somebody else",
      resources: { aws_cloudtrail: { all: { ...full, s3_bucket_name: "elsewhere" } } },
      finds: [at("s3_bucket_name")],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: trail({ is_multi_region_trail: "${var.everywhere}" }),
      finds: [at("is_multi_region_trail")],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_cloudtrail", "record one region", (trail) => ({ ...trail, is_multi_region_trail: false })),
  onResource("aws_cloudtrail", "stop the trail", (trail) => ({ ...trail, enable_logging: false })),
  onResource("aws_cloudtrail", "leave out IAM", (trail) => ({ ...trail, include_global_service_events: false })),
  onResource("aws_cloudtrail", "let files be changed unseen", ({ enable_log_file_validation: _, ...trail }) => trail),
  onResource("aws_cloudtrail", "leave alarms blind", ({ cloud_watch_logs_group_arn: _, ...trail }) => trail),
  onResource("aws_cloudtrail", "record data only", (trail) => ({
    ...trail,
    advanced_event_selector: trail.advanced_event_selector.slice(1),
  })),
  onResource(
    "aws_s3_bucket_object_lock_configuration",
    "lock the record for a quarter of a year",
    (lock) => ({ ...lock, rule: { default_retention: { mode: "COMPLIANCE", days: 90 } } }),
    ({ name }) => name.startsWith("trail-logs"),
  ),
];
