import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import { BAD_INPUTS, COMMON, webAcls } from "../../model/tls/web-acls.ts";
import { isUnknown } from "../../model/value.ts";

const LIMIT = "a rate_based_statement of 100,000 requests in 300 s at most that blocks, whatever is asked for";

/** A web ACL that only counts looks just like one that works. */
export const webAclStopsAttacks = rule({
  id: "TLS-015",
  slug: "web-acl-stops-attacks",
  severity: "high",
  title:
    "Every web ACL stops common attacks, known bad inputs such as Log4j's, and floods, and writes down what it sees",
  why: "An association proves that there is a web ACL, not that it stops anything.",
  fix: `Add the managed groups ${COMMON} and ${BAD_INPUTS} with override_action none, and a rate_based_statement with action block, all without scope_down_statement and before rules that allow, an aws_wafv2_web_acl_logging_configuration.`,
  appliesTo: webAcls,
  requirements: ["MUN-2.6"],
  check: ({ closed, groups, weakened, limitsRate, bypasses, logs, elsewhere }) => {
    const always = [
      ...demand("aws_wafv2_web_acl_logging_configuration", logs, "true", (does) => does),
      ...bypasses.map((name) => objection("rule.action.allow", name, "after what stops attacks, or for few addresses")),
    ];
    if (closed) return always;
    const missing = (attribute: string, expected: string, got?: unknown): Objection =>
      objection(attribute, isUnknown(got) ? got : elsewhere, expected);
    return [
      ...always,
      ...[COMMON, BAD_INPUTS].flatMap((name) => (groups.has(name) ? [] : [missing("rule", `${name} that blocks`)])),
      // Rules of the common group about bodies refuse honest free text and files; the application reads those anyway.
      ...weakened
        .filter((name) => name.startsWith(BAD_INPUTS) || (name.startsWith(COMMON) && !name.endsWith("_BODY")))
        .map((name) => objection("rule.statement.managed_rule_group_statement", `${name} only counts`, "blocks")),
      ...(limitsRate === true ? [] : [missing("rule", LIMIT, limitsRate)]),
    ];
  },
});
