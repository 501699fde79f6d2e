import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { holderOf } from "../terraform/ways.ts";
import type { Value } from "../value.ts";

/** A setting of a notebook or a build that decides what its programs may do on their machine. */
export interface Workbench {
  readonly at: Place;
  readonly attribute: string;
  /** What is said, or what AWS takes it to be. */
  readonly value: Value<string>;
  readonly expected: string;
}

type Setting = readonly [attribute: string, byDefault: string, expected: string];

/** Defaults are those of the provider's documentation, version 6.34. */
const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  aws_sagemaker_notebook_instance: [
    ["root_access", "Enabled", "Disabled"],
    ["instance_metadata_service_configuration.minimum_instance_metadata_service_version", "1", "2"],
  ],
  aws_codebuild_project: [["environment.privileged_mode", "false", "false"]],
};

/** Where people and builds run what they like. */
export const workbenches = kind<Workbench>("notebook or build", ({ terraform }) =>
  terraform.ofType(...Object.keys(SETTINGS)).flatMap((resource) =>
    (SETTINGS[resource.type] ?? []).map(([attribute, byDefault, expected]) => ({
      at: placeOfResource(resource),
      attribute,
      value: saidIn(resource.block, attribute) ?? byDefault,
      expected,
    })),
  ),
);

function saidIn(block: Block, attribute: string): Value<string> | undefined {
  const [holder, name] = holderOf(block, attribute);
  return holder?.text(name);
}
