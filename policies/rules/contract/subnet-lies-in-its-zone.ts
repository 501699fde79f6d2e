import { objection, rule } from "../../engine/rule.ts";
import { placedSubnets } from "../../model/contract/declared-subnets.ts";

/** Copies in three subnets are three copies only where those are three places. */
export const subnetLiesInItsZone = rule({
  id: "ONE-019",
  slug: "subnet-lies-in-its-zone",
  severity: "high",
  title: "Every declared subnet lies in its declared zone",
  why: "Replicas, load balancers and gateways are spread over subnets: two of them in one zone fail together.",
  fix: "Let availability_zone come from the network of the catalogue.",
  appliesTo: placedSubnets,
  requirements: [],
  needsDeclaration: true,
  check: ({ zone, declared }) =>
    zone === declared.zone
      ? []
      : [objection("availability_zone", zone, `${declared.zone}, as ${declared.name} is declared`)],
});
