import { objection, rule } from "../../engine/rule.ts";
import { serviceLogs } from "../../model/service-logs.ts";

/** Buckets, trails and flows of networks have rules of their own. */
export const serviceKeepsALog = rule({
  id: "DATA-019",
  slug: "service-keeps-a-log",
  severity: "medium",
  title: "Databases, entrances, firewalls and clusters write down what is done with them, and not what is in it",
  why: "After an incident, what was asked and by whom is known only where it was written down before.",
  fix: "Turn the service's log on, into a bucket or a log group of ours.",
  appliesTo: serviceLogs,
  requirements: [],
  check: ({ attribute, expected, told }) => (told ? [] : [objection(attribute, undefined, expected)]),
});
