import { demand, rule } from "../../engine/rule.ts";
import { forwarders } from "../../model/network/forwarders.ts";

/** A host sends and gets its own packets only. */
export const hostsDoNotForward = rule({
  id: "FW-012",
  slug: "hosts-do-not-forward",
  severity: "medium",
  title: "No host forwards packets of others",
  why: "Where source and destination are not checked, one host can pose as any other and become a way around routes, firewall and NAT gateways.",
  fix: "Leave source_dest_check on; use NAT gateways and the network firewall.",
  appliesTo: forwarders,
  requirements: [],
  check: ({ checks }) => demand("source_dest_check", checks, "on", (on) => on),
});
