import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js";
import { Construct } from "constructs";
import { MetricAlarm, type MetricAlarmProps } from "../observability/metric-alarm.ts";
import type { LogGroup } from "./log-group.ts";
import type { TrailAlarm } from "./trail-alarms.ts";

/** The most characters that CloudWatch Logs takes in a pattern. */
const LONGEST_PATTERN = 1024;
const NAMESPACE = "Platform/Trail";

export interface WatchedEventProps {
  readonly event: TrailAlarm;
  /** The log group of the trail. */
  readonly logGroup: LogGroup;
  readonly topic: MetricAlarmProps["topic"];
}

/**
 * An alarm on events of the trail: a metric that counts them, and who is told.
 *
 * Refuses a pattern longer than CloudWatch Logs takes. Events reach the log group some five minutes after the call.
 */
export class WatchedEvent extends Construct {
  constructor(scope: Construct, id: string, { event, logGroup, topic }: WatchedEventProps) {
    super(scope, id);
    const { name, pattern } = event;
    if (pattern.length > LONGEST_PATTERN) {
      throw new Error(
        `${this.node.path}: pattern must have at most ${LONGEST_PATTERN} characters, got ${pattern.length}`,
      );
    }
    new CloudwatchLogMetricFilter(this, "filter", {
      name,
      logGroupName: logGroup.name,
      pattern,
      dependsOn: [logGroup.ready],
      metricTransformation: { namespace: NAMESPACE, name, value: "1" },
    });
    new MetricAlarm(this, "alarm", {
      topic,
      alarm: {
        name,
        summary: event.summary,
        metric: { namespace: NAMESPACE, name, dimensions: {}, statistic: "Sum" },
        comparison: "at-least",
        threshold: { value: event.atLeast ?? 1, unit: "count" },
        // A single event is told of as soon as it is seen; several are counted over five minutes.
        periodSeconds: event.atLeast === undefined ? 60 : 300,
        periods: 1,
        datapoints: 1,
        // No such event leaves no data.
        missing: "notBreaching",
      },
    });
  }
}
