import { objection, rule } from "../../engine/rule.ts";
import { destinations } from "../../model/destinations/destinations.ts";

/** Destinations with an account in their ARN are for the rule of shares; these have none, so that outputs must show them. */
export const dataIsSentToOurOwn = rule({
  id: "DATA-024",
  slug: "data-is-sent-to-our-own",
  severity: "high",
  title:
    "Copies, logs, exports and events go only to buckets of the outputs, and to hosts and mailboxes of declared domains",
  why: "An inventory, a replica or a stream of events in somebody else's bucket is a breach that no alarm tells of: AWS itself carries the data out.",
  fix: "Refer to the bucket's resource, or demand its owner where AWS can; declare the egress to the host, or take the destination away.",
  appliesTo: destinations,
  requirements: [],
  check: ({ attribute, expected, strange }, estate) =>
    strange(estate).map((each) => objection(attribute, each, expected)),
});
