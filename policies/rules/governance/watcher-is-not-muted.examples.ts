import type { Examples } from "../../engine/example.ts";
import { addResource, type Loose, type Mutation, onResource } from "../../engine/mutation.ts";

const pattern = '{"source":["aws.guardduty"]}';
const told: Loose = {
  aws_sns_topic: { alarms: { name: "alarms" }, orders: { name: "orders" } },
  aws_sns_topic_policy: { alarms: { arn: "${aws_sns_topic.alarms.arn}" } },
  aws_cloudwatch_event_target: {
    threats: { rule: "${aws_cloudwatch_event_rule.threats.name}", arn: "${aws_sns_topic_policy.alarms.arn}" },
  },
};
const threats = (more: object = {}): Loose => ({
  ...told,
  aws_cloudwatch_event_rule: { threats: { name: "threats", event_pattern: pattern, ...more } },
});
const subscribed = (topic: string): Loose => ({
  ...threats(),
  aws_sns_topic_subscription: {
    a: { topic_arn: `\${aws_sns_topic.${topic}.arn}`, protocol: "email", filter_policy: '{"kind":["test"]}' },
  },
});
const measured = (metric_name: string, namespace = "Platform/Trail", more: object = {}): Loose => ({
  aws_cloudwatch_log_group: { trail: { name: "trail", ...more } },
  aws_cloudwatch_log_metric_filter: {
    root: {
      log_group_name: "${aws_cloudwatch_log_group.trail.name}",
      pattern: "{ $.userIdentity.type = Root }",
      metric_transformation: { name: "root-used", namespace: "Platform/Trail" },
    },
  },
  aws_cloudwatch_metric_alarm: { root: { metric_name, namespace } },
});
const feature = (name: string, status: string): Loose => ({
  aws_guardduty_detector_feature: { a: { detector_id: "d", name, status } },
});
const logs = (default_behavior: string): Loose => ({
  aws_wafv2_web_acl_logging_configuration: { a: { logging_filter: { default_behavior, filter: [] } } },
});

export const examples: Examples = {
  good: [
    {
      title: "filters for a view, and rules that hand findings on",
      resources: {
        aws_cloudwatch_composite_alarm: { any: { alarm_rule: "ALARM(a) OR (ALARM(b) AND ALARM(c))" } },
        aws_guardduty_filter: { view: { action: "NOOP", rank: 1 } },
        aws_guardduty_ipset: { old: { activate: false } },
        aws_inspector2_filter: { view: { action: "NONE" } },
        aws_securityhub_automation_rule: {
          note: { actions: [{ finding_fields_update: [{ severity: [{ label: "CRITICAL" }] }] }] },
        },
        aws_securityhub_standards_control: { root: { control_status: "ENABLED" } },
      },
    },
    { title: "an event that a topic is told of", resources: threats() },
    {
      title: "a schedule that is off",
      resources: { aws_cloudwatch_event_rule: { nightly: { schedule_expression: "rate(1 day)", state: "DISABLED" } } },
    },
    { title: "a subscriber who wants a part of the orders", resources: subscribed("orders") },
    { title: "an alarm of what a filter writes", resources: measured("root-used") },
    { title: "an alarm of a figure of AWS", resources: measured("CPUUtilization", "AWS/EC2") },
    {
      title: "threat detection without scans of disks",
      resources: { ...feature("EBS_MALWARE_PROTECTION", "DISABLED") },
    },
    {
      title: "events of a program on a bus of its own, and a rule of AWS Config for one type",
      resources: {
        ...threats({ event_bus_name: "orders", event_pattern: '{"source":["shop.orders"]}' }),
        aws_config_config_rule: { a: { scope: { compliance_resource_types: ["AWS::S3::Bucket"] } } },
        aws_db_event_subscription: { a: { sns_topic: "arn:aws:sns:a" } },
      },
    },
    { title: "logs of a web ACL that keep what no filter drops", resources: logs("KEEP") },
  ],
  bad: [
    {
      title: "alarms of alarms that another one silences",
      resources: {
        aws_cloudwatch_composite_alarm: {
          silenced: { alarm_rule: "ALARM(a)", actions_suppressor: [{ alarm: "b", wait_period: 10 }] },
          never: { alarm_rule: "ALARM(a) AND FALSE" },
          unless: { alarm_rule: 'ALARM(a) AND NOT ALARM("b")' },
        },
      },
      finds: [
        "aws_cloudwatch_composite_alarm.silenced actions_suppressor.alarm",
        "aws_cloudwatch_composite_alarm.never alarm_rule",
        "aws_cloudwatch_composite_alarm.unless alarm_rule",
      ],
    },
    {
      title: "filters that archive findings as they come, addresses of which none are made, and controls that are off",
      resources: {
        aws_cloudwatch_alarm_mute_rule: { nights: { rule: [{ schedule: [{ expression: "cron(0 20 * * *)" }] }] } },
        aws_guardduty_filter: { all: { action: "ARCHIVE", rank: 1 } },
        aws_securityhub_automation_rule_v2: {
          quiet: { action: [{ finding_fields_update: [{ status_id: 3 }] }] },
          busy: { action: [{ finding_fields_update: [{ status_id: 2 }] }] },
        },
        aws_guardduty_ipset: { ours: { activate: true, format: "TXT" } },
        aws_accessanalyzer_archive_rule: { public: { rule_name: "public" } },
        aws_inspector2_filter: { all: { action: "SUPPRESS" } },
        aws_macie2_findings_filter: { all: { action: "ARCHIVE" } },
        aws_securityhub_automation_rule: {
          quiet: { actions: [{ finding_fields_update: [{ workflow: [{ status: "SUPPRESSED" }] }] }] },
        },
        aws_securityhub_standards_control: { root: { control_status: "DISABLED" } },
        aws_securityhub_standards_control_association: { root: { association_status: "DISABLED" } },
      },
      finds: [
        "aws_accessanalyzer_archive_rule.public rule_name",
        "aws_cloudwatch_alarm_mute_rule.nights mute_targets.alarm_names",
        "aws_guardduty_filter.all action",
        "aws_guardduty_ipset.ours activate",
        "aws_inspector2_filter.all action",
        "aws_macie2_findings_filter.all action",
        "aws_securityhub_automation_rule.quiet actions.finding_fields_update.workflow.status",
        "aws_securityhub_automation_rule_v2.quiet action.finding_fields_update.status_id",
        "aws_securityhub_standards_control.root control_status",
        "aws_securityhub_standards_control_association.root association_status",
      ],
    },
    {
      title: "a rule that is off, in either spelling",
      resources: {
        ...threats({ state: "DISABLED" }),
        aws_cloudwatch_event_rule: {
          ...threats({ state: "DISABLED" }).aws_cloudwatch_event_rule,
          other: { name: "other", event_pattern: pattern, is_enabled: false },
        },
        aws_cloudwatch_event_target: {
          ...told.aws_cloudwatch_event_target,
          other: { rule: "other", arn: "arn:aws:sns:a" },
        },
      },
      finds: ["aws_cloudwatch_event_rule.threats state", "aws_cloudwatch_event_rule.other state"],
    },
    {
      title: "an event that nobody is told of",
      resources: { ...threats(), aws_cloudwatch_event_target: {} },
      finds: ["aws_cloudwatch_event_rule.threats aws_cloudwatch_event_target"],
    },
    {
      title: "a subscriber of alarms who hears none of them",
      resources: subscribed("alarms"),
      finds: ["aws_sns_topic_subscription.a filter_policy"],
    },
    {
      title: "an alarm of a figure that nobody writes",
      resources: measured("root-usd"),
      finds: ["aws_cloudwatch_metric_alarm.root metric_name"],
    },
    {
      title: "an alarm that counts in another unit than its filter",
      resources: {
        ...measured("root-used"),
        aws_cloudwatch_metric_alarm: {
          root: { metric_name: "root-used", namespace: "Platform/Trail", unit: "Gigabytes" },
        },
      },
      finds: ["aws_cloudwatch_metric_alarm.root unit"],
    },
    {
      title: "a filter of a log in which filters count nothing",
      resources: measured("root-used", "Platform/Trail", { log_group_class: "INFREQUENT_ACCESS" }),
      finds: ["aws_cloudwatch_log_metric_filter.root log_group_name"],
    },
    {
      title: "a rule for events of AWS on a bus where AWS tells none",
      resources: threats({ event_bus_name: "orders" }),
      finds: ["aws_cloudwatch_event_rule.threats event_bus_name"],
    },
    {
      title: "a rule of AWS Config for what has a tag, and events of databases that are off",
      resources: {
        aws_config_config_rule: { a: { scope: { tag_key: "checked" } } },
        aws_db_event_subscription: { a: { enabled: false } },
      },
      finds: ["aws_config_config_rule.a scope.tag_key", "aws_db_event_subscription.a enabled"],
    },
    {
      title: "threat detection that does not read the cluster's audit",
      resources: feature("EKS_AUDIT_LOGS", "DISABLED"),
      finds: ["aws_guardduty_detector_feature.a status"],
    },
    {
      title: "logs of a web ACL that drop all but a part",
      resources: logs("DROP"),
      finds: ["aws_wafv2_web_acl_logging_configuration.a logging_filter.default_behavior"],
    },
  ],
  unknown: [
    {
      title: "a rule that a variable switches",
      resources: threats({ state: "${var.state}" }),
      finds: ["aws_cloudwatch_event_rule.threats state"],
    },
    {
      title: "a plan of a part, in which no target is",
      isPart: true,
      resources: { ...threats(), aws_cloudwatch_event_target: {} },
      finds: ["aws_cloudwatch_event_rule.threats aws_cloudwatch_event_target"],
    },
  ],
};

const change = (type: string, title: string, given: object): Mutation =>
  onResource(type, title, (copy) => ({ ...copy, ...given }));

export const mutations: readonly Mutation[] = [
  addResource("archive every threat as it comes", "aws_guardduty_filter", { action: "ARCHIVE", name: "all" }),
  change("aws_cloudwatch_event_rule", "switch a rule of events off", { state: "DISABLED" }),
  change("aws_cloudwatch_event_rule", "listen where AWS tells nothing", { event_bus_name: "orders" }),
  change("aws_db_event_subscription", "switch events of a database off", { enabled: false }),
  change("aws_config_config_rule", "look at what has a tag", { scope: { tag_key: "checked" } }),
  onResource("aws_cloudwatch_log_group", "keep the trail where filters count nothing", (group) =>
    String(group.name).includes("trail") ? { ...group, log_group_class: "INFREQUENT_ACCESS" } : group,
  ),
  change("aws_cloudwatch_event_target", "tell another rule's event", { rule: "nobody" }),
  change("aws_sns_topic_subscription", "hear a part of the alarms", { filter_policy: '{"a":["b"]}' }),
  onResource(
    "aws_cloudwatch_metric_alarm",
    "watch a figure that nobody writes",
    (copy) => ({ ...copy, metric_name: "nothing" }),
    ({ attributes }) => attributes["namespace"] === "Platform/Trail",
  ),
  onResource(
    "aws_guardduty_detector_feature",
    "leave the cluster's audit unread",
    (copy) => ({ ...copy, status: "DISABLED" }),
    ({ attributes }) => attributes["name"] === "EKS_AUDIT_LOGS",
  ),
  change("aws_wafv2_web_acl_logging_configuration", "drop logs of the web ACL", {
    logging_filter: [{ default_behavior: "DROP", filter: [] }],
  }),
];
