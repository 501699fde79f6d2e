import { demand, rule } from "../../engine/rule.ts";
import { subnets } from "../../model/network/subnets.ts";

/** Nothing becomes public because of where it was started. */
export const subnetsGiveNoPublicAddresses = rule({
  id: "FW-013",
  slug: "subnets-give-no-public-addresses",
  severity: "high",
  title: "No subnet gives what starts in it an address of the internet",
  why: "Whoever starts a host to try something gets one that the whole world can talk to, without having asked.",
  fix: "Set map_public_ip_on_launch and assign_ipv6_address_on_creation to false; load balancers and NAT gateways get their addresses all the same.",
  appliesTo: subnets,
  requirements: [],
  check: ({ mapsPublicAddress, mapsIpv6Address }) => [
    ...demand("map_public_ip_on_launch", mapsPublicAddress, "false", (on) => !on),
    ...demand("assign_ipv6_address_on_creation", mapsIpv6Address, "false", (on) => !on),
  ],
});
