import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";

/** A machine or database that Terraform keeps in a state: running, or not. */
export interface KeptState {
  readonly at: Place;
  readonly state: Value<string> | undefined;
  /** As it has to be. */
  readonly runs: string;
}

const RUNS: Readonly<Record<string, string>> = {
  aws_ec2_instance_state: "running",
  aws_rds_instance_state: "available",
};

export const keptStates = kind<KeptState>("kept state", ({ terraform }) =>
  terraform.ofType(...Object.keys(RUNS)).map((resource) => ({
    at: placeOfResource(resource),
    state: resource.block.text("state"),
    runs: RUNS[resource.type] ?? "",
  })),
);
