import { type AddressSet, everywhere, union } from "../../addresses.ts";
import type { Estate } from "../../estate.ts";
import { type Place, placeOfResource } from "../../place.ts";
import { allPorts, type PortSet } from "../../ports.ts";
import type { Block } from "../../terraform/block.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../../value.ts";
import { type Domain, domainOf } from "./domain.ts";
import { addressesIn, portsIn, type Variables } from "./expressions.ts";
import { parseSuricata, type RuleOption, type RuleText } from "./suricata.ts";
import { variablesOf } from "./variables.ts";

/** A rule of the stateful engine of a network firewall, in whatever of the three forms it was given. */
export interface FirewallRule {
  readonly at: Place;
  /** `rule_group.rules_source.rules_string line 3`. */
  readonly path: string;
  readonly action: Value<string>;
  /** `tls`, `tcp`, `ip`, ... */
  readonly protocol: string;
  readonly source: Value<AddressSet>;
  readonly destination: Value<AddressSet>;
  readonly ports: Value<PortSet>;
  /** Whose name the server must have. */
  readonly domain: Domain | undefined;
  /** Only packets before a connection is there, or only those after. */
  readonly phase: "any" | "handshake" | "established";
  /** Other conditions: it is for less than its header says. */
  readonly conditions: readonly string[];
}

/** Rules of a group, and what of it could not be read. */
export interface GroupContent {
  readonly rules: readonly FirewallRule[];
  readonly unknown: readonly Unknown[];
}

/** What a rule group of the stateful engine says. Home: the addresses of the firewall's VPC. */
export function contentOf(estate: Estate, group: Resource, home: Value<AddressSet>): GroupContent {
  const at = placeOfResource(group);
  const body = group.block.block("rule_group");
  const variables = variablesOf(estate, body, home);
  const plain = group.block.text("rules");
  if (plain !== undefined) return contentOfText(plain, { at, path: "rules" }, variables);
  const source = body?.block("rules_source");
  if (source === undefined) return { rules: [], unknown: [new Unknown(group.address)] };
  const path = "rule_group.rules_source";
  const text = source.text("rules_string");
  if (text !== undefined) return contentOfText(text, { at, path: `${path}.rules_string` }, variables);
  const listed = source.blocks("rules_source_list").map((list) => contentOfList(list, { at, path }, variables));
  const single = source
    .blocks("stateful_rule")
    .map((each, index) => ruleOf(textOfBlock(each), { at, path: `${path}.stateful_rule[${index}]` }, variables));
  return {
    rules: [...listed.flatMap(({ rules }) => rules), ...single],
    unknown: listed.flatMap(({ unknown }) => unknown),
  };
}

type Where = Pick<FirewallRule, "at" | "path">;

function contentOfText(text: Value<string>, { at, path }: Where, variables: Variables): GroupContent {
  if (isUnknown(text)) return { rules: [], unknown: [text] };
  const { rules, unread } = parseSuricata(text);
  return {
    rules: rules.map((each) => ruleOf(each, { at, path: `${path} line ${each.line}` }, variables)),
    unknown: unread.map((each) => new Unknown(`line ${each.line}: ${each.text}`)),
  };
}

/** What AWS makes of the names of a list. */
const ACTIONS: Readonly<Record<string, string>> = {
  ALLOWLIST: "pass",
  DENYLIST: "drop",
  REJECTLIST: "reject",
  ALERTLIST: "alert",
};

/** AWS makes a rule for each name of a list, on whatever port the protocol is spoken; a list that allows drops other names. */
function contentOfList(list: Block, { at, path }: Where, variables: Variables): GroupContent {
  const allows = list.text("generated_rules_type");
  const protocols = list.texts("target_types").map((type) => (type === "TLS_SNI" ? "tls" : "http"));
  const source = variables.addresses.get("HOME_NET") ?? everywhere;
  const common = { at, source, destination: everywhere, ports: allPorts, phase: "any" as const, conditions: [] };
  const targets = list.texts("targets");
  const action = isUnknown(allows) ? allows : (ACTIONS[allows ?? ""] ?? "pass");
  const rules = protocols.flatMap((protocol) =>
    targets.flatMap((target, index): readonly FirewallRule[] => {
      if (isUnknown(target)) return [];
      const name = target.toLowerCase().replace(/^\./, "");
      const domain: Domain = { name, match: target.startsWith(".") ? "below" : "exact" };
      return [{ ...common, path: `${path}.rules_source_list.targets[${index}]`, action, protocol, domain }];
    }),
  );
  const rest = protocols.map((protocol): FirewallRule => {
    return { ...common, path: `${path}.rules_source_list`, action: "drop", protocol, domain: undefined };
  });
  return { rules: action === "pass" ? [...rules, ...rest] : rules, unknown: targets.filter(isUnknown) };
}

/** A rule given as blocks, as its text would be. */
function textOfBlock(block: Block): RuleText {
  const header = block.block("header");
  const word = (name: string): string => String(header?.text(name) ?? "any");
  return {
    action: String(block.text("action") ?? "").toLowerCase(),
    protocol: word("protocol").toLowerCase(),
    source: word("source"),
    sourcePort: word("source_port"),
    direction: word("direction") === "ANY" ? "<>" : "->",
    destination: word("destination"),
    destinationPort: word("destination_port"),
    options: block.blocks("rule_option").map((option): RuleOption => {
      const settings = option.texts("settings").map(String);
      return {
        keyword: String(option.text("keyword") ?? "").toLowerCase(),
        value: settings.length === 0 ? undefined : settings.join(","),
      };
    }),
    line: 0,
  };
}

function phaseOf(flow: readonly string[]): FirewallRule["phase"] {
  if (flow.includes("not_established")) return "handshake";
  return flow.includes("established") ? "established" : "any";
}

/** Options that are no conditions. */
const SAID_ONLY = new Set(["msg", "sid", "rev", "classtype", "priority", "metadata", "reference", "gid", "noalert"]);
const OF_NAMES = /^(?:tls[._]sni|http[._]host|content|nocase|startswith|endswith|dotprefix|bsize|pcre|flow)$/;

function ruleOf(text: RuleText, where: Where, variables: Variables): FirewallRule {
  const { action, protocol, options } = text;
  const [source, destination] = [addressesIn(text.source, variables), addressesIn(text.destination, variables)];
  const flow = options
    .filter(({ keyword }) => keyword === "flow")
    .flatMap(({ value }) => (value ?? "").split(/\s*,\s*/));
  const both = text.direction === "<>" && !isUnknown(source) && !isUnknown(destination);
  return {
    ...where,
    action,
    protocol,
    // Either way round is both ways at once.
    source: both ? union([source, destination]) : source,
    destination: both ? union([source, destination]) : destination,
    ports: portsIn(text.destinationPort, variables),
    domain: domainOf(options),
    phase: phaseOf(flow),
    conditions: options
      .filter(({ keyword }) => !SAID_ONLY.has(keyword) && !OF_NAMES.test(keyword))
      .map(({ keyword, value }) => (value === undefined ? keyword : `${keyword}:${value}`)),
  };
}
