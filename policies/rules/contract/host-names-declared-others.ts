import { objection, rule } from "../../engine/rule.ts";
import { isDeclared, namedHosts } from "../../model/contract/named-hosts.ts";

/** Whom a host talks to is of this environment, of AWS, or declared as a way out. */
export const hostNamesDeclaredOthers = rule({
  id: "ONE-012",
  slug: "host-names-declared-others",
  severity: "high",
  title: "Files of a host name machines of their own environment, of AWS, and of ways out that are declared",
  why: "A name of another environment mixes its data with this one; a stranger's gets passwords, mail and logs, as soon as some firewall lets them out.",
  fix: "Names come from the catalogue; a way out is declared as egress of the component.",
  appliesTo: namedHosts,
  requirements: [],
  needsDeclaration: true,
  check: ({ party, names }, { declaration }) =>
    declaration === undefined
      ? []
      : names
          .filter((name) => !isDeclared(name, party, declaration))
          .map((name) => objection("name", name, `one of ${declaration.domain.private}, or a declared way out`)),
});
