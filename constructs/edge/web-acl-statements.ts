/** The parts of a WAF rule statement this platform uses, in the provider's spelling (its bindings leave them untyped). */
export type Statement =
  | { readonly managed_rule_group_statement: ManagedRuleGroup }
  | { readonly rate_based_statement: RateBased }
  | { readonly label_match_statement: { readonly scope: "LABEL"; readonly key: string } }
  | { readonly ip_set_reference_statement: { readonly arn: string } }
  | { readonly byte_match_statement: ByteMatch }
  | { readonly regex_match_statement: Matched & { readonly regex_string: string } }
  | { readonly not_statement: { readonly statement: Statement } }
  | { readonly and_statement: { readonly statement: readonly Statement[] } }
  | { readonly or_statement: { readonly statement: readonly Statement[] } };

interface ManagedRuleGroup {
  readonly vendor_name: "AWS";
  readonly name: string;
  readonly rule_action_override: readonly {
    readonly name: string;
    readonly action_to_use: { readonly count: object };
  }[];
  readonly managed_rule_group_configs?: {
    readonly aws_managed_rules_bot_control_rule_set: { readonly inspection_level: "COMMON" | "TARGETED" };
  };
}

interface RateBased {
  readonly limit: number;
  readonly evaluation_window_sec: number;
  readonly aggregate_key_type: "IP";
  readonly scope_down_statement?: Statement;
}

interface Matched {
  readonly field_to_match: { readonly uri_path: object };
  readonly text_transformation: readonly { readonly priority: number; readonly type: string }[];
}

type ByteMatch = Matched & {
  readonly positional_constraint: "EXACTLY" | "STARTS_WITH";
  readonly search_string: string;
};

/** What an application might undo before it routes, so that `/API/%61uth/x/../` is still the path it becomes. */
const asTheApplicationSeesIt: Matched = {
  field_to_match: { uri_path: {} },
  text_transformation: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"].map((type, priority) => ({ priority, type })),
};

/**
 * Matches the path of a request against patterns: `/exact`, `/below/*`, or with an inner `*` for one
 * segment. Case does not matter. Throws on no pattern and on one without leading slash.
 */
export function pathIsOneOf(what: string, patterns: readonly string[]): Statement {
  const statements = patterns.map((pattern) => pathIs(what, pattern));
  const [first] = statements;
  if (first === undefined) throw new Error(`${what}: paths must name at least one, got none`);
  return statements.length === 1 ? first : { or_statement: { statement: statements } };
}

function pathIs(what: string, pattern: string): Statement {
  if (!pattern.startsWith("/")) throw new Error(`${what}: path must start with "/", got "${pattern}"`);
  const path = pattern.toLowerCase();
  const open = path.endsWith("*");
  const stem = open ? path.slice(0, -1) : path;
  if (!stem.includes("*")) {
    return {
      byte_match_statement: {
        ...asTheApplicationSeesIt,
        positional_constraint: open ? "STARTS_WITH" : "EXACTLY",
        search_string: stem,
      },
    };
  }
  const segments = stem.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const regex = `^${segments.join("[^/]+")}${open ? "" : "$"}`;
  return { regex_match_statement: { ...asTheApplicationSeesIt, regex_string: regex } };
}

/** A rule group of AWS; `counted` names rules of it that only count. */
export function managedGroup(name: string, counted: readonly string[], inspection?: "COMMON" | "TARGETED"): Statement {
  return {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name,
      rule_action_override: counted.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
      ...(inspection === undefined
        ? {}
        : {
            managed_rule_group_configs: {
              aws_managed_rules_bot_control_rule_set: { inspection_level: inspection },
            },
          }),
    },
  };
}
