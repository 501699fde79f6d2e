import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { isUnknown, type Value } from "../value.ts";

/** Where another account or VPC can ask to be let into a network, or to a service in it. */
export interface Door {
  readonly at: Place;
  readonly attribute: string;
  /** Whether whoever asks is let in without a word. */
  readonly opensItself: Value<boolean>;
}

interface Read {
  readonly attribute: string;
  readonly read: (block: Block) => Value<boolean>;
  /** Absent: every resource of the type. */
  readonly concerns?: (block: Block) => boolean;
}

const inverted = (value: Value<boolean>): Value<boolean> => (isUnknown(value) ? value : !value);
const isEnabled = (value: Value<string>): Value<boolean> => (isUnknown(value) ? value : value === "enable");

const isOff = (value: Value<string>): Value<boolean> => (isUnknown(value) ? value : value === "off");
const PRIVATE_LINK = "enforce_security_group_inbound_rules_on_private_link_traffic";

/** Names and defaults are those of the provider's documentation, version 6.34. */
const DOORS: Readonly<Record<string, Read>> = {
  aws_ec2_client_vpn_authorization_rule: {
    attribute: "authorize_all_groups",
    read: (block) => block.flag("authorize_all_groups") ?? false,
  },
  aws_ec2_transit_gateway: {
    attribute: "auto_accept_shared_attachments",
    read: (block) => isEnabled(block.text("auto_accept_shared_attachments") ?? "disable"),
  },
  // Who comes by an endpoint service passes its groups only where they are asked.
  aws_lb: {
    attribute: PRIVATE_LINK,
    read: (block) => isOff(block.text(PRIVATE_LINK) ?? "on"),
    concerns: (block) => block.has(PRIVATE_LINK),
  },
  aws_vpc_endpoint_service: {
    attribute: "acceptance_required",
    read: (block) => inverted(block.flag("acceptance_required") ?? false),
  },
};

/** Every transit gateway, every service that is offered by an endpoint, and whom each VPN for clients leads to what. */
export const doors = kind<Door>("door of a network", ({ terraform }) =>
  terraform.ofType(...Object.keys(DOORS)).flatMap((resource) => {
    const door = DOORS[resource.type];
    if (door === undefined || door.concerns?.(resource.block) === false) return [];
    return [{ at: placeOfResource(resource), attribute: door.attribute, opensItself: door.read(resource.block) }];
  }),
);
