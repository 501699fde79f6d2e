import { objection, rule } from "../../engine/rule.ts";
import { entranceDeliveries } from "../../model/contract/origins.ts";

/** A content network hands requests, cookies and all, to whatever its origin is. */
export const entranceFetchesFromItsOwn = rule({
  id: "ONE-018",
  slug: "entrance-fetches-from-its-own",
  severity: "critical",
  title: "The content network of an entrance serves it, from its load balancer or a bucket of the environment",
  why: "Another origin answers in the site's name, and is sent what residents send: their logins, their files. At another port, or unsigned, nobody answers.",
  fix: "Let the distribution's origins be the entrypoint's load balancer, by its VPC origin, and buckets of the same states, signed always.",
  appliesTo: entranceDeliveries,
  requirements: [],
  needsDeclaration: true,
  check: ({ demands }) =>
    demands
      .filter(({ isMet }) => !isMet)
      .map(({ at, attribute, got, expected }) => objection(attribute, got, expected, at)),
});
