import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Value } from "../value.ts";

/** A group of machines behind a load balancer. */
export interface Fleet {
  readonly at: Place;
  /** Who is asked whether a machine is well: `EC2`, unless it is said. */
  readonly asked: Value<string>;
}

const ATTACHED = ["target_group_arns", "load_balancers", "traffic_source"];

/** Groups that load balancers send to. */
export const fleets = kind<Fleet>("group of machines behind a load balancer", ({ terraform }) =>
  terraform
    .ofType("aws_autoscaling_group")
    .filter((resource) => isBehind(resource, terraform))
    .map((resource) => ({
      at: placeOfResource(resource),
      asked: resource.block.text("health_check_type") ?? "EC2",
    })),
);

const isBehind = (resource: Resource, terraform: Graph): boolean =>
  ATTACHED.some((name) => resource.block.has(name)) ||
  terraform
    .ofType("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment")
    .some(({ block }) => terraform.find(block.text("autoscaling_group_name"), resource.type) === resource);
