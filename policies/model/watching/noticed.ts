import { type Estate, kind } from "../estate.ts";
import { namedIdentity } from "../identity/identities.ts";
import { isObject } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { matchesEvent } from "./event-pattern.ts";
import { type GraveEvent, graveCalls, graveEvents, takenRole } from "./grave-events.ts";
import { logPattern, type Matches } from "./log-pattern.ts";

/** A trail, or what tells events, and what of them nobody would notice. */
export interface Noticed {
  readonly at: Place;
  readonly missed: readonly Missed[];
}

export interface Missed {
  /** Where it would be noticed. */
  readonly attribute: string;
  /** Unknown: a pattern that is not understood may be for it. */
  readonly event: Value<string>;
}

/** Of a whole environment: its trails that write into a log group, and what tells grave events. */
export const noticed = kind<Noticed>("source of grave events", (estate) =>
  estate.isWhole ? [...ofTrails(estate), ...ofServices(estate)] : [],
);

/** A trail that leads to no log group is for others, who ask its bucket. */
function ofTrails(estate: Estate): readonly Noticed[] {
  const { terraform } = estate;
  const alarms = terraform.ofType("aws_cloudwatch_metric_alarm");
  const heard = terraform.ofType("aws_cloudwatch_log_metric_filter").filter((each) => isHeard(each, alarms));
  return terraform
    .ofType("aws_cloudtrail")
    .filter(({ block }) => block.has("cloud_watch_logs_group_arn"))
    .map((trail) => {
      const group = groupWritten(trail);
      const own = heard.filter((filter) => group !== undefined && groupOf(filter) === group);
      const patterns = patternsOf(
        own.map(({ block }) => block.text("pattern")),
        logPattern,
      );
      return {
        at: placeOfResource(trail),
        missed: [...graveCalls, ...takenRoles(estate)].flatMap((event) =>
          missedOf("aws_cloudwatch_log_metric_filter", event, patterns),
        ),
      };
    });
}

/** Roles that may do everything, with no boundary: whoever takes one is noticed. */
const takenRoles = (estate: Estate): readonly GraveEvent[] =>
  estate.terraform
    .ofType("aws_iam_role_policy_attachment")
    .filter(({ block }) => known(block.text("policy_arn")) === "arn:aws:iam::aws:policy/AdministratorAccess")
    .flatMap(({ block }) => {
      const role = namedIdentity(estate, block.text("role"), "aws_iam_role");
      const name = known(role?.block.text("name"));
      return role === undefined || name === undefined || role.block.has("permissions_boundary")
        ? []
        : [takenRole(estate.declaration?.account ?? "", name)];
    });

/** Named with all of its streams: `${aws_cloudwatch_log_group.trail.arn}:*`. */
function groupWritten({ raw, block: { scope } }: Resource): Resource | undefined {
  const given = String(raw.attributes["cloud_watch_logs_group_arn"]).replace(/:\*$/, "");
  const arn = scope.graph.evaluate(given, scope);
  return typeof arn === "string" || isUnknown(arn) ? scope.graph.find(arn, "aws_cloudwatch_log_group") : undefined;
}

const groupOf = ({ block }: Resource): Resource | undefined =>
  block.scope.graph.find(block.text("log_group_name"), "aws_cloudwatch_log_group");

/** Whether one match of a filter is enough for an alarm of its figure. */
function isHeard({ block }: Resource, alarms: readonly Resource[]): boolean {
  return block.blocks("metric_transformation").some((figure) => {
    const value = Number(known(figure.text("value")));
    return alarms.some(
      (alarm) =>
        alarm.block.text("metric_name") === figure.text("name") &&
        alarm.block.text("namespace") === figure.text("namespace") &&
        goesOffAt(alarm.block, value),
    );
  });
}

/** Whether an alarm goes off when its figure was counted once, in one period. */
function goesOffAt(alarm: Block, value: number): boolean {
  const threshold = known(alarm.number("threshold")) ?? Number.POSITIVE_INFINITY;
  const needed = known(alarm.number("datapoints_to_alarm")) ?? known(alarm.number("evaluation_periods")) ?? 1;
  if (needed > 1 || !["Sum", "Maximum", "SampleCount"].includes(known(alarm.text("statistic")) ?? "")) return false;
  switch (known(alarm.text("comparison_operator"))) {
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "GreaterThanThreshold":
      return value > threshold;
    default:
      return false;
  }
}

/** Events of services that an environment has, told to anybody by a rule that is on. */
function ofServices({ terraform }: Estate): readonly Noticed[] {
  // What is always the same says nothing of the event.
  const told = terraform
    .ofType("aws_cloudwatch_event_target")
    .filter(({ block }) => !block.has("input"))
    .map(({ block }) => block.text("rule"));
  const heard = terraform
    .ofType("aws_cloudwatch_event_rule")
    .filter(({ block }) => known(block.text("state")) !== "DISABLED")
    .filter((each) => {
      const name = known(each.block.text("name"));
      return told.some((rule) => terraform.find(rule) === each || (name !== undefined && known(rule) === name));
    })
    .map(({ block }) => block.text("event_pattern"));
  const patterns = patternsOf(heard, eventPattern);
  return graveEvents.flatMap((event) => {
    const [source] = terraform.ofType(...event.types);
    if (source === undefined) return [];
    return [{ at: placeOfResource(source), missed: missedOf("aws_cloudwatch_event_rule", event, patterns) }];
  });
}

function eventPattern(pattern: string): Matches {
  const json = templatedJson(pattern);
  return (told) => (isObject(json) ? matchesEvent(json, told) : undefined);
}

/** A pattern, and what it matches; nothing is known of one that outputs do not show. */
interface Pattern {
  readonly given: Value<string>;
  readonly matches: Matches;
}

const patternsOf = (
  given: readonly (Value<string> | undefined)[],
  read: (pattern: string) => Matches,
): readonly Pattern[] =>
  given
    .filter((each) => each !== undefined)
    .map((each) => ({ given: each, matches: isUnknown(each) ? () => undefined : read(each) }));

function missedOf(attribute: string, { name, told }: GraveEvent, patterns: readonly Pattern[]): readonly Missed[] {
  const found = patterns.map(({ given, matches }) => ({ given, is: matches(told) }));
  if (found.some(({ is }) => is === true)) return [];
  const doubt = found.find(({ is }) => is === undefined)?.given;
  if (doubt === undefined) return [{ attribute, event: name }];
  return [{ attribute, event: new Unknown(`${name}: ${isUnknown(doubt) ? doubt.expression : doubt}`) }];
}
