import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { webAcls } from "../../model/tls/web-acls.ts";

const COMMON = "AWSManagedRulesCommonRuleSet";
const BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet";

/** A web ACL that only counts looks just like one that works. */
export const webAclStopsAttacks = rule({
  id: "TLS-015",
  slug: "web-acl-stops-attacks",
  severity: "high",
  title:
    "Every web ACL stops common attacks, known bad inputs such as Log4j's, and floods, and writes down what it sees",
  why: "An association proves that there is a web ACL, not that it stops anything.",
  fix: `Add the managed groups ${COMMON} and ${BAD_INPUTS} with override_action none, and a rate_based_statement with action block, an aws_wafv2_web_acl_logging_configuration.`,
  appliesTo: webAcls,
  requirements: ["MUN-2.6"],
  check: ({ closed, groups, weakened, limitsRate, logs, elsewhere }) => {
    const recorded = demand("aws_wafv2_web_acl_logging_configuration", logs, "true", (does) => does);
    if (closed) return recorded;
    const missing = (attribute: string, expected: string): Objection => objection(attribute, elsewhere, expected);
    return [
      ...recorded,
      ...[COMMON, BAD_INPUTS].flatMap((name) => (groups.has(name) ? [] : [missing("rule", `${name} that blocks`)])),
      // Rules of the common group about bodies refuse honest free text and files; the application reads those anyway.
      ...weakened
        .filter((name) => name.startsWith(BAD_INPUTS) || (name.startsWith(COMMON) && !name.endsWith("_BODY")))
        .map((name) => objection("rule.statement.managed_rule_group_statement", `${name} only counts`, "blocks")),
      ...(limitsRate ? [] : [missing("rule", "a rate_based_statement that blocks")]),
    ];
  },
});
