import { demand, rule } from "../../engine/rule.ts";
import { fleets } from "../../model/governance/fleets.ts";

export const fleetReplacesWhatFails = rule({
  id: "GOV-029",
  slug: "fleet-replaces-what-fails",
  severity: "medium",
  title: "A group of machines replaces those that its load balancer finds ill",
  why: "EC2 sees a machine that runs; that nothing answers on it, the load balancer alone knows, and the fleet shrinks to those that are left.",
  fix: 'health_check_type = "ELB", with a grace period as long as a start takes.',
  appliesTo: fleets,
  requirements: [],
  check: ({ asked }) =>
    demand("health_check_type", asked, "ELB", (given) => /(?:^|,)\s*(?:ELB|VPC_LATTICE)\b/.test(given)),
});
