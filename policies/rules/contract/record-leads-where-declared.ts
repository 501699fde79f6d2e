import { objection, rule } from "../../engine/rule.ts";
import { astrayOf, records } from "../../model/contract/records.ts";

/** A name is the first step of every flow, and no packet rule sees it. */
export const recordLeadsWhereDeclared = rule({
  id: "ONE-014",
  slug: "record-leads-where-declared",
  severity: "high",
  title: "Names of the environment lead to declared doors and hosts, and to nobody else",
  why: "Whoever moves a name has its visitors, their passwords and, by the proof of a certificate, its TLS as well; a name that nobody declared is one that nobody watches.",
  fix: "Let the record of an entrypoint be an alias of its load balancer or distribution, that of a host its address; take others away.",
  appliesTo: records,
  requirements: [],
  needsDeclaration: true,
  check: (record, { declaration, terraform }) =>
    declaration === undefined
      ? []
      : astrayOf(record, declaration, terraform).map(({ attribute, got, expected }) =>
          objection(attribute, got, expected),
        ),
});
