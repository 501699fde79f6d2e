import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Alarm, Metric, Ratio } from "./alarm.ts";
import type { AlarmTopic } from "./alarm-topic.ts";

export interface MetricAlarmProps {
  readonly alarm: Alarm;
  /** Told when the alarm fires and when it ends; the topic itself, or its ARN from another stack. */
  readonly topic: AlarmTopic | { readonly arn: string };
  /** Provider of the region that metric and topic are in; default: the stack's first. */
  readonly provider?: TerraformProvider;
}

const operators = {
  above: "GreaterThanThreshold",
  "at-least": "GreaterThanOrEqualToThreshold",
  below: "LessThanThreshold",
} as const;

/**
 * A CloudWatch alarm that tells a topic when it fires and when it ends.
 *
 * Refuses: more breaching datapoints than periods. The description says threshold, unit and time, so that the message
 * stands on its own.
 */
export class MetricAlarm extends Construct {
  constructor(scope: Construct, id: string, { alarm, topic, provider }: MetricAlarmProps) {
    super(scope, id);
    if (alarm.datapoints < 1 || alarm.datapoints > alarm.periods) {
      throw new Error(`${this.node.path}: datapoints must be 1 to ${alarm.periods}, got ${alarm.datapoints}`);
    }
    const { value, unit } = alarm.threshold;
    const threshold = unit === "percent" ? `${value} %` : String(value);
    const when = `${alarm.datapoints} of ${alarm.periods} periods of ${alarm.periodSeconds} s`;
    new CloudwatchMetricAlarm(this, "alarm", {
      ...(provider === undefined ? {} : { provider }),
      alarmName: alarm.name,
      alarmDescription: `${alarm.summary}: ${alarm.comparison} ${threshold} in ${when}.`,
      comparisonOperator: operators[alarm.comparison],
      threshold: value,
      evaluationPeriods: alarm.periods,
      datapointsToAlarm: alarm.datapoints,
      treatMissingData: alarm.missing,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
      ...("part" in alarm.metric
        ? { metricQuery: ratioQueries(alarm.metric, alarm.periodSeconds) }
        : {
            namespace: alarm.metric.namespace,
            metricName: alarm.metric.name,
            dimensions: { ...alarm.metric.dimensions },
            statistic: alarm.metric.statistic,
            period: alarm.periodSeconds,
          }),
    });
  }
}

/** Metric math of a share in percent. `FILL` makes absent errors zero; the division runs only over enough requests. */
function ratioQueries({ part, whole, atLeast }: Ratio, period: number): CloudwatchMetricAlarmMetricQuery[] {
  const query = (id: string, metric: Metric): CloudwatchMetricAlarmMetricQuery => ({
    id,
    returnData: false,
    metric: {
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      stat: metric.statistic,
      period,
    },
  });
  return [
    {
      id: "share",
      expression: `IF(whole >= ${atLeast}, 100 * FILL(part, 0) / whole, 0)`,
      label: "share in percent",
      returnData: true,
    },
    query("part", part),
    query("whole", whole),
  ];
}
