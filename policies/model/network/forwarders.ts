import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Value } from "../value.ts";

/** What could forward packets that are not its own. */
export interface Forwarder {
  readonly at: Place;
  /** Whether AWS drops packets that are neither from nor to it. Absent: yes. */
  readonly checks: Value<boolean>;
}

/** Instances and network interfaces of their own. */
export const forwarders = kind<Forwarder>("sender of packets", ({ terraform }) =>
  terraform.ofType("aws_instance", "aws_spot_instance_request", "aws_network_interface").map((resource) => ({
    at: placeOfResource(resource),
    checks: resource.block.flag("source_dest_check") ?? true,
  })),
);
