import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const METRIC = "aws_cloudwatch_metric_alarm";
const topic = { alarm_actions: ["${aws_sns_topic.alarms.arn}"] };

export const examples: Examples = {
  good: [
    { title: "an alarm that tells a topic", resources: { [METRIC]: { disk: topic } } },
    {
      title: "a silent one that a composite alarm is made of, by name and by reference",
      resources: {
        [METRIC]: { disk: { alarm_name: "disk-full" }, load: { alarm_name: "load", actions_enabled: false } },
        aws_cloudwatch_composite_alarm: {
          host: {
            ...topic,
            alarm_rule: 'ALARM("disk-full") AND ALARM(${aws_cloudwatch_metric_alarm.load.alarm_name})',
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "nobody to tell",
      resources: { [METRIC]: { disk: {} }, aws_cloudwatch_composite_alarm: { host: { alarm_actions: [] } } },
      finds: [`${METRIC}.disk alarm_actions`, "aws_cloudwatch_composite_alarm.host alarm_actions"],
    },
    {
      title: "an alarm that is muted",
      resources: { [METRIC]: { disk: { ...topic, actions_enabled: "false" } } },
      finds: [`${METRIC}.disk actions_enabled`],
    },
  ],
  unknown: [
    {
      title: "variables decide whether it acts, and whom it tells",
      resources: { [METRIC]: { disk: { actions_enabled: "${var.loud}", alarm_actions: "${var.topics}" } } },
      finds: [`${METRIC}.disk actions_enabled`, `${METRIC}.disk alarm_actions`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource(METRIC, "tell nobody", ({ alarm_actions: _, ...alarm }) => alarm),
  onResource(METRIC, "tell an empty list", (alarm) => ({ ...alarm, alarm_actions: [] })),
  onResource(METRIC, "mute an alarm", (alarm) => ({ ...alarm, actions_enabled: false })),
];
