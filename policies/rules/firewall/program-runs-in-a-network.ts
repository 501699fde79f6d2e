import { objection, rule } from "../../engine/rule.ts";
import { managedPrograms } from "../../model/network/beside.ts";
import { isUnknown } from "../../model/value.ts";

/** Where it goes from there, routes, groups and firewalls decide, which other rules judge. */
export const programRunsInANetwork = rule({
  id: "FW-021",
  slug: "program-runs-in-a-network",
  severity: "high",
  title: "Every program that AWS runs reaches others through a network of ours",
  why: "Beside our networks no group, route or firewall stands between a program and the internet: what it reads it can send anywhere, and nobody records it.",
  fix: "Give it subnets and security groups (vpc_config), or the setting that keeps its traffic in the network: enhanced_vpc_routing, VpcOnly, direct_internet_access Disabled.",
  appliesTo: managedPrograms,
  requirements: [],
  check: ({ attribute, inNetwork }) =>
    inNetwork === true
      ? []
      : [objection(attribute, isUnknown(inNetwork) ? inNetwork : "beside our networks", "through a network of ours")],
});
