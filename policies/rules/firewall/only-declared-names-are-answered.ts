import { objection, rule } from "../../engine/rule.ts";
import { namedVpcs } from "../../model/network/dns-firewalls.ts";
import { answers, isExpectedName } from "../../model/network/names.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** A question for a name carries data out as well as any connection does. */
export const onlyDeclaredNamesAreAnswered = rule({
  id: "FW-010",
  slug: "only-declared-names-are-answered",
  severity: "high",
  title: "The resolver answers declared names and those of the platform, and no others",
  why: "Questions for names pass every security group and firewall, and whoever owns a zone reads what is written into them.",
  fix: "Associate a DNS firewall rule group with the VPC: declared names allowed, then everything (*) blocked, for every type of record; fail closed. No zone, profile or forwarding rule of elsewhere.",
  appliesTo: namedVpcs,
  requirements: [],
  needsDeclaration: true,
  check: ({ rules, failsOpen, resolvers, others, at }, { declaration }) => {
    if (declaration === undefined) return [];
    const end = rules.findIndex(
      ({ action, domains, asked }) => action === "BLOCK" && domains.includes("*") && asked === undefined,
    );
    const open =
      end < 0
        ? [
            objection(
              "firewall_rule_group",
              shown(undefined),
              "a last rule that blocks every name (*), whatever is asked of it",
              rules.at(-1)?.at ?? at,
            ),
          ]
        : [];
    const allowed = (end < 0 ? rules : rules.slice(0, end)).filter(({ action }) => action !== "BLOCK");
    const fails = failsOpen === undefined || failsOpen === "DISABLED" ? [] : [failsOpen];
    const elsewhere = resolvers.filter((each) => each !== "AmazonProvidedDNS");
    const needed = declaration.services.flatMap(({ egress }) => egress.map(({ domain }) => domain));
    const toAll = allowed.filter(({ asked }) => asked === undefined);
    const missing = [...new Set(needed)].filter((name) => !toAll.some((each) => answers(each, name)));
    return [
      ...open,
      ...fails.map((each) => objection("firewall_fail_open", each, "DISABLED")),
      ...elsewhere.map((each) => objection("domain_name_servers", each, "AmazonProvidedDNS")),
      ...others.map((each) =>
        objection(
          each.attribute,
          isUnknown(each.named) && each.named.resource === undefined ? each.named : `answers of ${shown(each.named)}`,
          "zones of the outputs, and the resolver of AWS",
          each.at,
        ),
      ),
      ...allowed.flatMap(({ domains, listAt }) =>
        domains
          .filter((each) => isUnknown(each) || !isExpectedName(each, declaration))
          .map((each) =>
            objection("domains", each, "declared names, the platform's own and those of AWS services", listAt),
          ),
      ),
      ...missing.map((name) =>
        objection("domains", `no answer for ${name}`, "every declared name", allowed[0]?.listAt ?? at),
      ),
    ];
  },
});
