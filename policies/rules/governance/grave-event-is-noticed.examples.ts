import type { Examples } from "../../engine/example.ts";
import { type Loose, type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { graveCalls } from "../../model/watching/grave-events.ts";

const SERVICES = ["cloudtrail", "config", "ec2", "guardduty", "iam", "kms", "s3", "securityhub"];
const EVERY = `{ ${SERVICES.map((name) => `($.eventSource = "${name}.amazonaws.com")`).join(" || ")} || ($.eventName = "ConsoleLogin") }`;

/** A trail whose records a filter counts, and an alarm that goes off at the first. */
const trail = (pattern = EVERY, alarm: JsonObject = {}): JsonObject => ({
  aws_cloudtrail: { all: { cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail.arn}:*" } },
  aws_cloudwatch_log_group: { trail: { name: "/trail" } },
  aws_cloudwatch_log_metric_filter: {
    grave: {
      ...{ log_group_name: "/trail", pattern },
      metric_transformation: { name: "grave", namespace: "Trail", value: "1" },
    },
  },
  aws_cloudwatch_metric_alarm: {
    grave: {
      ...{ metric_name: "grave", namespace: "Trail", statistic: "Sum", evaluation_periods: 1, threshold: 1 },
      ...{ comparison_operator: "GreaterThanOrEqualToThreshold", ...alarm },
    },
  },
});
/** A detector, and a rule that tells of what it finds. */
const detector = (pattern: JsonObject | string, target: JsonObject = {}): JsonObject => ({
  aws_guardduty_detector: { all: {} },
  aws_cloudwatch_event_rule: {
    threats: { name: "threats", event_pattern: typeof pattern === "string" ? pattern : JSON.stringify(pattern) },
  },
  aws_cloudwatch_event_target: { threats: { rule: "threats", arn: "topic", ...target } },
});
const threats = { source: ["aws.guardduty"], detail: { severity: [{ numeric: [">=", 4] }] } };
const byTrail = (times: number): readonly string[] =>
  Array.from({ length: times }, () => "aws_cloudtrail.all aws_cloudwatch_log_metric_filter");
const byDetector = ["aws_guardduty_detector.all aws_cloudwatch_event_rule"];
const CALLS = graveCalls.length;
const declaration = {};

export const examples: Examples = {
  good: [
    { title: "a filter that matches every grave call, with an alarm at the first", resources: trail(), declaration },
    {
      title: "threats from a severity on, told to a topic",
      resources: detector(threats),
      declaration,
    },
    {
      title: "threats by the begin of their kind, or by their source",
      resources: detector({ $or: [{ "detail-type": [{ prefix: "GuardDuty" }] }, { source: ["aws.guardduty"] }] }),
      declaration,
    },
    {
      title: "a trail that somebody else reads from its bucket",
      resources: { ...detector(threats), aws_cloudtrail: { all: { s3_bucket_name: "records" } } },
      declaration,
    },
  ],
  bad: [
    {
      title: "deletions of keys that one person alone is noticed for",
      resources: trail(
        EVERY.replace(
          '($.eventSource = "kms.amazonaws.com")',
          '(($.eventSource = "kms.amazonaws.com") && ($.userIdentity.sessionContext.sessionIssuer.userName = "nobody"))',
        ),
      ),
      declaration,
      finds: byTrail(3),
    },
    {
      title: "an alarm that a thousand matches would raise",
      resources: trail(EVERY, { threshold: 1_000 }),
      declaration,
      finds: byTrail(CALLS),
    },
    {
      title: "an alarm that goes off while nothing happens",
      resources: trail(EVERY, { comparison_operator: "LessThanThreshold" }),
      declaration,
      finds: byTrail(CALLS),
    },
    {
      title: "an alarm that wants several periods in a row",
      resources: trail(EVERY, { evaluation_periods: 3 }),
      declaration,
      finds: byTrail(CALLS),
    },
    {
      title: "a role that may do everything, which nobody notices when it is taken",
      resources: {
        ...trail(),
        aws_iam_role: { all: { name: "all" } },
        aws_iam_role_policy_attachment: {
          all: { role: "${aws_iam_role.all.name}", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        },
      },
      declaration,
      finds: byTrail(1),
    },
    {
      title: "threats of another source, with a field that none has, and below a severity",
      resources: detector({ ...threats, detail: { severity: [{ numeric: ["<", 4] }], region: ["nowhere"] } }),
      declaration,
      finds: byDetector,
    },
    {
      title: "a text that is always the same",
      resources: detector(threats, { input: '"all is well"' }),
      declaration,
      finds: byDetector,
    },
  ],
  unknown: [
    {
      title: "a pattern that compares in a way nobody knows",
      resources: detector({ ...threats, detail: { severity: [{ roughly: 8 }] } }),
      declaration,
      finds: byDetector,
    },
    { title: "a filter of a variable", resources: trail("${var.pattern}"), declaration, finds: byTrail(CALLS) },
    {
      title: "a filter whose brackets do not close",
      resources: trail("{ ($.a = 1 }"),
      declaration,
      finds: byTrail(CALLS),
    },
  ],
};

const withPattern = (title: string, filter: RegExp, change: (pattern: string) => string): Mutation =>
  onResource(
    "aws_cloudwatch_log_metric_filter",
    title,
    (each) => ({ ...each, pattern: change(each.pattern) }),
    ({ address }) => filter.test(address),
  );
const inEvents = (title: string, change: (pattern: Loose) => Loose): Mutation =>
  onResource(
    "aws_cloudwatch_event_rule",
    title,
    (each) => ({ ...each, event_pattern: JSON.stringify(change(JSON.parse(each.event_pattern))) }),
    ({ address }) => address.includes("threats"),
  );

export const mutations: readonly Mutation[] = [
  withPattern("notice changes of one person alone", /rights-changed/, (pattern) =>
    pattern.replace(/ }$/, ' && ($.userIdentity.userName = "nobody") }'),
  ),
  withPattern("notice no deletion of keys", /key-weakened/, (pattern) =>
    pattern.replace("ScheduleKeyDeletion", "Never"),
  ),
  withPattern("notice nobody who takes the role that may everything", /break-glass/, (pattern) =>
    pattern.replaceAll("break-glass", "other"),
  ),
  withPattern("match nothing", /root-used/, () => '{ $.eventName = "Never" }'),
  onResource(
    "aws_cloudwatch_metric_alarm",
    "wait for a hundred",
    (each) => ({ ...each, threshold: 100 }),
    ({ address }) => address.includes("trail-changed"),
  ),
  onResource(
    "aws_cloudwatch_metric_alarm",
    "go off when nothing happens",
    (each) => ({ ...each, comparison_operator: "LessThanThreshold" }),
    ({ address }) => address.includes("network-changed"),
  ),
  inEvents("tell of threats that no one has", (pattern) => ({ ...pattern, detail: { severity: [99] } })),
  inEvents("tell of another source", (pattern) => ({ ...pattern, source: ["aws.nothing"] })),
  onResource(
    "aws_cloudwatch_event_target",
    "say the same of every event",
    ({ input_transformer: _, ...each }) => ({ ...each, input: '"all is well"' }),
    ({ address }) => address.includes("threats"),
  ),
];
