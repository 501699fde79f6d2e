import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const trail = { name: "trail", is_multi_region_trail: true, enable_log_file_validation: true };
const group = { all_supported: true, include_global_resource_types: true };
const recorder = { name: "all", recording_group: group };
const watched: JsonObject = {
  aws_accessanalyzer_analyzer: { a: { analyzer_name: "outside" } },
  aws_cloudtrail: { a: trail },
  aws_config_configuration_recorder: { a: recorder },
  aws_config_configuration_recorder_status: {
    a: { name: "${aws_config_configuration_recorder.a.name}", is_enabled: true },
  },
  aws_config_delivery_channel: { a: { s3_bucket_name: "config" } },
  aws_guardduty_detector: { a: {} },
  aws_securityhub_account: { a: {} },
};
const with_ = (type: string, a: JsonObject | undefined): JsonObject => ({
  ...watched,
  [type]: a === undefined ? {} : { a },
});

export const examples: Examples = {
  good: [
    { title: "everything watches", resources: watched, declaration: {} },
    { title: "a second trail for something else", resources: { aws_cloudtrail: { a: trail, b: { name: "objects" } } } },
  ],
  bad: [
    {
      title: "there is no detector",
      resources: with_("aws_guardduty_detector", undefined),
      declaration: {},
      finds: ["account 111111111111 aws_guardduty_detector"],
    },
    {
      title: "the detector is off",
      resources: with_("aws_guardduty_detector", { enable: false }),
      finds: ["aws_guardduty_detector.a enable"],
    },
    {
      title: "a trail of one region",
      resources: with_("aws_cloudtrail", { ...trail, is_multi_region_trail: false }),
      finds: ["aws_cloudtrail.a is_multi_region_trail"],
    },
    {
      title: "a trail whose files nobody validates",
      resources: with_("aws_cloudtrail", { ...trail, enable_log_file_validation: false }),
      finds: ["aws_cloudtrail.a is_multi_region_trail"],
    },
    {
      title: "a recorder of some types",
      resources: with_("aws_config_configuration_recorder", { name: "all", recording_group: { all_supported: false } }),
      finds: ["aws_config_configuration_recorder.a recording_group"],
    },
    {
      title: "a recorder that nobody turned on",
      resources: with_("aws_config_configuration_recorder_status", undefined),
      finds: ["aws_config_configuration_recorder.a recording_group"],
    },
    {
      title: "a hub without standards",
      resources: with_("aws_securityhub_account", { enable_default_standards: false }),
      finds: ["aws_securityhub_account.a enable_default_standards"],
    },
    {
      title: "an analyzer of unused rights alone",
      resources: with_("aws_accessanalyzer_analyzer", { type: "ACCOUNT_UNUSED_ACCESS" }),
      finds: ["aws_accessanalyzer_analyzer.a type"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: with_("aws_guardduty_detector", { enable: "${var.watched}" }),
      finds: ["aws_guardduty_detector.a enable"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onResource("aws_guardduty_detector", "turn the detector off", (each) => ({ ...each, enable: false })),
  onResource("aws_cloudtrail", "record one region alone", (each) => ({ ...each, is_multi_region_trail: false })),
  onResource("aws_config_configuration_recorder_status", "stop the recorder", (each) => ({
    ...each,
    is_enabled: false,
  })),
  onResource("aws_config_configuration_recorder", "record some types alone", (each) => ({
    ...each,
    recording_group: { all_supported: false },
  })),
  onResource("aws_accessanalyzer_analyzer", "drop the analyzer", () => undefined),
  onResource("aws_securityhub_account", "leave the hub", () => undefined),
];
