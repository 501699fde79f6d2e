import { type Estate, kind } from "../estate.ts";
import { textOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Value } from "../value.ts";
import { VPCS } from "./group-key.ts";
import { subnets } from "./subnets.ts";

/** A record of traffic. */
export interface FlowLog {
  readonly at: Place;
  /** `ALL`, `ACCEPT`, `REJECT`. */
  readonly traffic: Value<string> | undefined;
  readonly destination: Value<string> | undefined;
  /** Fields of a record: `${srcaddr} ${dstaddr}`. Absent: those of AWS, which are enough. */
  readonly format: Value<string> | undefined;
}

/** A VPC, and what is recorded of its traffic: as a whole, or of each of its subnets. */
export interface LoggedVpc {
  readonly at: Place;
  readonly resource: Resource;
  readonly logs: readonly FlowLog[];
  /** Subnets without a log of their own; only of those VPCs whose traffic is recorded by subnets. */
  readonly without: readonly Place[];
}

/** Every VPC with its flow logs. */
export const loggedVpcs = kind<LoggedVpc>("VPC with flow logs", (estate) => {
  const { terraform } = estate;
  const logs = terraform.ofType("aws_flow_log");
  const bySubject = Map.groupBy(logs, ({ block }) => terraform.find(block.text("vpc_id") ?? block.text("subnet_id")));
  return terraform.ofType(...VPCS).map((resource) => {
    const whole = (bySubject.get(resource) ?? []).map(logOf);
    const at = placeOfResource(resource);
    if (whole.length > 0) return { at, resource, logs: whole, without: [] };
    const own = subnetsOf(estate, resource);
    const single = own.flatMap((subnet) => (bySubject.get(subnet) ?? []).map(logOf));
    const without = own.filter((subnet) => !bySubject.has(subnet)).map(placeOfResource);
    return { at, resource, logs: single, without: single.length === 0 ? [] : without };
  });
});

const subnetsOf = (estate: Estate, vpc: Resource): readonly Resource[] =>
  estate
    .of(subnets)
    .filter((each) => each.vpc === vpc)
    .map(({ resource }) => resource);

const logOf = (resource: Resource): FlowLog => ({
  at: placeOfResource(resource),
  traffic: resource.block.text("traffic_type"),
  // The name of a log group is the older spelling.
  destination: resource.block.text("log_destination") ?? resource.block.text("log_group_name"),
  format: formatOf(resource.block),
});

/** A plan has fields as they are written, `${srcaddr}`, and not escaped: a name without a dot is no expression. */
function formatOf(block: Block): Value<string> | undefined {
  const given = textOf(block.raw["log_format"]);
  return given !== undefined && /^[^.()[\]]*$/.test(given) ? given : block.text("log_format");
}
