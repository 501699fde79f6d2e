import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { isAtHome, placeOfAccount } from "./baseline.ts";

/** Something that records or watches the account, and whether it does. */
export interface Watcher {
  readonly at: Place;
  readonly attribute: string;
  /** Absent: there is none. */
  readonly works: Value<boolean> | undefined;
  readonly expected: string;
}

interface Kept {
  readonly type: string;
  readonly attribute: string;
  readonly expected: string;
  readonly works: (block: Block, estate: Estate, resource: Resource) => Value<boolean>;
}

const both = (...values: readonly Value<boolean>[]): Value<boolean> =>
  values.some((each) => each === false) ? false : (values.find(isUnknown) ?? true);

const isOn = (block: Block, name: string, given: boolean): Value<boolean> => block.flag(name) ?? given;

const isOneOf = (value: Value<string> | undefined, given: string, ...allowed: readonly string[]): Value<boolean> =>
  isUnknown(value) ? value : allowed.includes(value ?? given);

/** Each once for the account and its region; defaults are those of the provider's documentation, version 6.34. */
const KEPT: readonly Kept[] = [
  {
    type: "aws_accessanalyzer_analyzer",
    attribute: "type",
    expected: "an analyzer of access from outside",
    works: (block) => isOneOf(block.text("type"), "ACCOUNT", "ACCOUNT", "ORGANIZATION"),
  },
  {
    type: "aws_cloudtrail",
    attribute: "is_multi_region_trail",
    expected: "a trail that is on, of all regions and of services without one, whose files are validated",
    works: (block) =>
      both(
        isOn(block, "enable_logging", true),
        isOn(block, "is_multi_region_trail", false),
        isOn(block, "include_global_service_events", true),
        isOn(block, "enable_log_file_validation", false),
      ),
  },
  {
    type: "aws_config_configuration_recorder",
    attribute: "recording_group",
    expected: "a recorder of all types, those without a region too, that is on and delivers",
    works: (block, estate, recorder) => both(recordsAll(block), isRecording(recorder, estate), delivers(estate)),
  },
  {
    type: "aws_guardduty_detector",
    attribute: "enable",
    expected: "a detector that is on",
    works: (block) => isOn(block, "enable", true),
  },
  {
    type: "aws_securityhub_account",
    attribute: "enable_default_standards",
    expected: "a hub with standards",
    works: (block, { terraform }) =>
      terraform.ofType("aws_securityhub_standards_subscription").length > 0 ||
      isOn(block, "enable_default_standards", true),
  },
];

function recordsAll(block: Block): Value<boolean> {
  const group = block.block("recording_group");
  if (group === undefined) return true;
  return both(isOn(group, "all_supported", true), isOn(group, "include_global_resource_types", false));
}

function isRecording(recorder: Resource, { terraform }: Estate): Value<boolean> {
  const status = terraform
    .ofType("aws_config_configuration_recorder_status")
    .find(({ block }) => isOf(block.text("name"), recorder));
  return status === undefined ? false : isOn(status.block, "is_enabled", false);
}

const isOf = (name: Value<string> | undefined, recorder: Resource): boolean =>
  isUnknown(name) ? name.resource === recorder : name === (recorder.block.text("name") ?? "default");

const delivers = ({ terraform }: Estate): boolean => terraform.ofType("aws_config_delivery_channel").length > 0;

/** What is there, and, of a declared estate, what is not. */
export const watchers = kind<Watcher>("watcher", (estate) =>
  KEPT.flatMap(({ type, attribute, expected, works }) => {
    const found = estate.terraform.ofType(type).filter((each) => isAtHome(each, estate));
    const all = found.map((resource) => ({
      at: placeOfResource(resource),
      attribute,
      works: works(resource.block, estate, resource),
      expected,
    }));
    // One that works is enough: a second trail or analyzer may be for something else.
    const working = all.filter((each) => each.works === true);
    if (working.length > 0) return working;
    return all.length > 0 || estate.declaration === undefined ? all : [absent(type, expected, estate)];
  }),
);

const absent = (attribute: string, expected: string, { declaration, terraform }: Estate): Watcher => ({
  at: placeOfAccount(declaration?.account ?? "", terraform.documents[0]?.source ?? ""),
  attribute,
  works: undefined,
  expected,
});
