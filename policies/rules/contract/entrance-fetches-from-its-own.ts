import { objection, rule } from "../../engine/rule.ts";
import { entranceOrigins } from "../../model/contract/origins.ts";
import { known } from "../../model/value.ts";

/** A content network hands requests, cookies and all, to whatever its origin is. */
export const entranceFetchesFromItsOwn = rule({
  id: "ONE-018",
  slug: "entrance-fetches-from-its-own",
  severity: "critical",
  title: "The content network of an entrance fetches from its load balancer, or from a bucket of the environment",
  why: "Another origin answers in the site's name, and is sent what residents send: their logins, their files. At another port nobody answers.",
  fix: "Let the distribution's origins be the entrypoint's load balancer, by its VPC origin, and buckets of the same states.",
  appliesTo: entranceOrigins,
  requirements: [],
  needsDeclaration: true,
  check: ({ attribute, domain, isOurs, expected, port }) => {
    if (!isOurs) return [objection(attribute, domain, expected)];
    if (port === undefined || port.listens.includes(known(port.port) ?? 0)) return [];
    return [
      objection(port.attribute, port.port, `${port.listens.join(", ")}, where its load balancer speaks TLS`, port.at),
    ];
  },
});
