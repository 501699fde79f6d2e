import { alarms } from "../alarms.ts";
import { type Estate, kind } from "../estate.ts";
import { isObject, listOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, shown, type Value } from "../value.ts";

/** Something that watches or tells, and may be there and do neither. */
export interface Watcher {
  readonly at: Place;
  readonly faults: readonly Muted[];
}

/** What keeps it from watching, or from telling. */
export interface Muted {
  readonly attribute: string;
  readonly got: Value<string> | undefined;
  readonly expected: string;
}

type Judge = (resource: Resource, estate: Estate) => readonly Muted[];

/** An event that nobody is told of: a schedule is no such, and may be off. */
const eventRule: Judge = (resource, { terraform }) => {
  const { block } = resource;
  if (!block.has("event_pattern")) return [];
  const state = block.text("state") ?? (block.flag("is_enabled") === false ? "DISABLED" : "ENABLED");
  const name = known(block.text("name"));
  const isHeard = terraform.ofType("aws_cloudwatch_event_target").some(({ block: target }) => {
    const rule = target.text("rule");
    return terraform.find(rule) === resource || (name !== undefined && known(rule) === name);
  });
  const isOn = !isUnknown(state) && state.startsWith("ENABLED");
  const bus = block.text("event_bus_name") ?? DEFAULT_BUS;
  const isDeaf =
    bus !== DEFAULT_BUS && !String(bus).endsWith(`/${DEFAULT_BUS}`) && isOfAws(block.text("event_pattern"));
  return [
    ...(isDeaf
      ? [{ attribute: "event_bus_name", got: bus, expected: "default, where services of AWS tell theirs" }]
      : []),
    ...(isOn ? [] : [{ attribute: "state", got: state, expected: "ENABLED: an event of its pattern is told" }]),
    ...(isHeard
      ? []
      : [{ attribute: "aws_cloudwatch_event_target", got: undefined, expected: "a target of the rule" }]),
  ];
};

const DEFAULT_BUS = "default";

/** Whether a pattern is for events of services of AWS alone. */
function isOfAws(pattern: Value<string> | undefined): boolean {
  const json = pattern === undefined || isUnknown(pattern) ? undefined : templatedJson(pattern);
  const sources = isObject(json) ? listOf(json["source"]) : [];
  return sources.length > 0 && sources.every((each) => typeof each === "string" && each.startsWith("aws."));
}

/** Whoever hears alarms hears them all; of other topics a subscriber may want a part. */
const subscription: Judge = ({ block }, estate) => {
  const topic = estate.terraform.find(block.text("topic_arn"));
  return block.has("filter_policy") && topic !== undefined && heardTopics(estate).has(topic)
    ? [{ attribute: "filter_policy", got: block.text("filter_policy"), expected: "nothing: every alarm is heard" }]
    : [];
};

const HEARD = {};

/** Topics that alarms and events are published to, also where they are named by their policy. */
const heardTopics = (estate: Estate): ReadonlySet<Resource> =>
  estate.once(HEARD, () => {
    const { terraform } = estate;
    const targets = terraform.ofType("aws_cloudwatch_event_target").map(({ block }) => block.text("arn"));
    const told = [...estate.of(alarms).flatMap(({ tells }) => tells), ...targets];
    return new Set(
      told
        .map((each) => terraform.find(each))
        .map((found) => (found?.type === "aws_sns_topic_policy" ? terraform.find(found.block.text("arn")) : found))
        .filter((found) => found !== undefined),
    );
  });

/** Features that read what AWS records anyway; agents on hosts and scans of disks are somebody's choice. */
const FEATURES = ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"];

const threatFeature: Judge = ({ block }) => {
  const [name, status] = [block.text("name"), block.text("status")];
  return status === "ENABLED" || (!isUnknown(name) && !FEATURES.includes(name ?? ""))
    ? []
    : [{ attribute: "status", got: status, expected: "ENABLED" }];
};

const firewallLogs: Judge = ({ block }) =>
  block.blocks("logging_filter").flatMap((filter) => {
    const got = filter.text("default_behavior");
    return got === "KEEP" ? [] : [{ attribute: "logging_filter.default_behavior", got, expected: "KEEP" }];
  });

/** An alarm of a figure that filters of logs write is of one that some filter does write, and counts it in its unit. */
const alarm: Judge = ({ block }, estate) => {
  const [namespace, name] = [block.text("namespace"), block.text("metric_name")];
  const written = writtenFigures(estate).get(known(namespace) ?? "");
  if (written === undefined || isUnknown(name) || name === undefined) return [];
  const units = written.get(name);
  if (units === undefined) {
    const expected = `one that a filter writes: ${[...written.keys()].join(", ")}`;
    return [{ attribute: "metric_name", got: name, expected }];
  }
  const unit = block.text("unit");
  return unit === undefined || units.includes(unit)
    ? []
    : [{ attribute: "unit", got: unit, expected: `${shown(units)}, in which its filter writes` }];
};

const WRITTEN = {};

/** Figures that filters of logs write, by namespace and name, and their units; nothing of a namespace that may have others, too. */
const writtenFigures = (estate: Estate): ReadonlyMap<string, ReadonlyMap<string, readonly Value<string>[]>> =>
  estate.once(WRITTEN, () => {
    const figures = estate.terraform
      .ofType(LOG_FILTER)
      .flatMap(({ block }) => block.blocks("metric_transformation"))
      .map((each) => ({
        namespace: known(each.text("namespace")),
        name: known(each.text("name")),
        unit: each.text("unit") ?? "None",
      }));
    const isOpen = figures.some(({ namespace }) => namespace === undefined);
    return new Map(
      [...Map.groupBy(isOpen ? [] : figures, ({ namespace }) => namespace ?? "")]
        .filter(([, of]) => of.every(({ name }) => name !== undefined))
        .map(([namespace, of]) => [
          namespace,
          new Map(
            [...Map.groupBy(of, ({ name }) => name ?? "")].map(([name, all]) => [name, all.map(({ unit }) => unit)]),
          ),
        ]),
    );
  });

/** An alarm of alarms that keeps still while another one rings, or whatever rings. */
const composite: Judge = ({ block, raw }) => {
  const condition = String(raw.attributes["alarm_rule"] ?? "");
  return [
    ...block.blocks("actions_suppressor").map((each) => ({
      ...{ attribute: "actions_suppressor.alarm", got: each.text("alarm") },
      expected: "nothing: no alarm silences another one",
    })),
    ...(/\b(?:FALSE|NOT)\b/.test(condition)
      ? [{ attribute: "alarm_rule", got: condition, expected: "alarms, joined by OR and AND" }]
      : []),
  ];
};

const LOG_FILTER = "aws_cloudwatch_log_metric_filter";

/** Amazon CloudWatch Logs guide, "Log classes": filters count nothing in a group of another class than the standard one. */
const logFilter: Judge = ({ block }, { terraform }) => {
  const group = terraform.find(block.text("log_group_name"), "aws_cloudwatch_log_group");
  const got = group?.block.text("log_group_class") ?? "STANDARD";
  return got === "STANDARD"
    ? []
    : [{ attribute: "log_group_name", got: `a group of class ${shown(got)}`, expected: "one of class STANDARD" }];
};

/** Events of databases, such as a failover, told to a topic. */
const databaseEvents: Judge = ({ block }) => {
  const isOn = block.flag("enabled") ?? true;
  return isOn === true ? [] : [{ attribute: "enabled", got: isUnknown(isOn) ? isOn : "false", expected: "true" }];
};

/** A rule of AWS Config that looks at one resource, or at those that somebody tags so. */
const configRule: Judge = ({ block }) =>
  block.blocks("scope").flatMap((scope) =>
    ["compliance_resource_id", "tag_key", "tag_value"].flatMap((name) => {
      const got = scope.text(name);
      return got === undefined
        ? []
        : [{ attribute: `scope.${name}`, got, expected: "nothing: every resource of its types" }];
    }),
  );

/** A filter, or a control of a standard, that is there to keep findings back. */
const holdsBack =
  (attribute: string, expected: string, ...fine: readonly string[]): Judge =>
  ({ block }) => {
    const got = block.text(attribute);
    return got !== undefined && !isUnknown(got) && fine.includes(got) ? [] : [{ attribute, got, expected }];
  };

/** Findings about addresses of a list are not made at all. */
const trusted: Judge = ({ block }) => {
  const got = block.text("activate");
  return got === "false"
    ? []
    : [{ attribute: "activate", got, expected: "false: of no address findings are left out" }];
};

const archived: Judge = ({ block }) => [
  { attribute: "rule_name", got: block.text("rule_name"), expected: "no rule: every finding is looked at" },
];

/** Rules of Security Hub that settle findings as they come. */
const settled: Judge = ({ block }) =>
  block
    .blocks("actions")
    .flatMap((each) => each.blocks("finding_fields_update"))
    .flatMap((each) => each.blocks("workflow"))
    .flatMap((each) => {
      const got = each.text("status");
      return got === "NEW" || got === "NOTIFIED"
        ? []
        : [{ attribute: "actions.finding_fields_update.workflow.status", got, expected: "NEW or NOTIFIED" }];
    });

/** Each of its times, alarms ring for nobody. */
const mute: Judge = ({ block }) => {
  const names = block.blocks("mute_targets").flatMap((each) => each.texts("alarm_names"));
  const got = names.length === 0 ? "every alarm" : (names.find(isUnknown) ?? names.join(", "));
  return [{ attribute: "mute_targets.alarm_names", got, expected: "no rule: alarms ring at any hour" }];
};

const SETTLED: ReadonlySet<number> = new Set([3, 4]);

/** As the schema of findings numbers them: suppressed, resolved. */
const settledAnew: Judge = ({ block }) =>
  block
    .blocks("action")
    .flatMap((each) => each.blocks("finding_fields_update"))
    .flatMap((each) => {
      const status = each.number("status_id");
      if (status === undefined || (!isUnknown(status) && !SETTLED.has(status))) return [];
      const attribute = "action.finding_fields_update.status_id";
      return [{ attribute, got: isUnknown(status) ? status : String(status), expected: "1 or 2: new, in progress" }];
    });

const JUDGES: Readonly<Record<string, Judge>> = {
  aws_accessanalyzer_archive_rule: archived,
  aws_cloudwatch_event_rule: eventRule,
  [LOG_FILTER]: logFilter,
  aws_cloudwatch_alarm_mute_rule: mute,
  aws_cloudwatch_composite_alarm: composite,
  aws_cloudwatch_metric_alarm: alarm,
  aws_config_config_rule: configRule,
  aws_db_event_subscription: databaseEvents,
  aws_guardduty_detector_feature: threatFeature,
  aws_guardduty_filter: holdsBack("action", "NOOP: findings are not archived as they come", "NOOP"),
  aws_guardduty_ipset: trusted,
  aws_guardduty_member_detector_feature: threatFeature,
  aws_inspector2_filter: holdsBack("action", "NONE: findings are not suppressed", "NONE"),
  aws_macie2_findings_filter: holdsBack("action", "NOOP: findings are not archived as they come", "NOOP"),
  aws_securityhub_automation_rule: settled,
  aws_securityhub_automation_rule_v2: settledAnew,
  aws_securityhub_feature_v2: holdsBack("feature_status", "ENABLED", "ENABLED"),
  aws_securityhub_standards_control: holdsBack("control_status", "ENABLED", "ENABLED"),
  aws_securityhub_standards_control_association: holdsBack("association_status", "ENABLED", "ENABLED"),
  aws_sns_topic_subscription: subscription,
  aws_wafv2_web_acl_logging_configuration: firewallLogs,
};

/** Rules of events and of AWS Config, alarms, subscriptions, threat detection and its filters, controls, logs of web ACLs. */
export const watchers = kind<Watcher>("watcher", (estate) =>
  estate.terraform.ofType(...Object.keys(JUDGES)).map((resource) => ({
    at: placeOfResource(resource),
    faults: JUDGES[resource.type]?.(resource, estate) ?? [],
  })),
);
