import { everywhere4, everywhere6, nowhere } from "../../model/addresses.ts";
import type { Chain, Rule, Ruleset, Table } from "../../model/nftables/ruleset.ts";
import { box, everyPacket, intersectSpaces, type Space } from "../space/space.ts";
import { acceptedBy, type Heard, type State } from "./chain.ts";

/** Which way packets go, seen from the host; `forward` is through it. */
export type Way = "input" | "output" | "forward";

/** What a host's firewall lets pass on one way: what no base chain of the hook drops. */
export function hostPasses(
  ruleset: Ruleset,
  way: Way,
  state: State,
  packets: Space = everyPacket,
  heard?: Heard,
): Space {
  let passed = packets;
  for (const { table, chain } of basesOf(ruleset, way)) {
    if (passed.length === 0) break;
    const foreign = table.family === "inet" ? [] : intersectSpaces(passed, [box({ from: foreignTo(table.family) })]);
    passed = [...foreign, ...acceptedBy(table, chain, state, passed, heard)];
  }
  return passed;
}

interface Base {
  readonly table: Table;
  readonly chain: Chain;
}

/** Chains that a way's packets pass. */
function basesOf({ tables }: Ruleset, way: Way): readonly Base[] {
  return tables.flatMap((table) =>
    [...table.chains.values()].flatMap((chain) => (chain.hook?.hook === way ? [{ table, chain }] : [])),
  );
}

/** Addresses that a table of a family does not see. */
const foreignTo = (family: string) => {
  if (family === "ip") return everywhere6;
  return family === "ip6" ? everywhere4 : nowhere;
};

/** Whether a way is filtered at all. */
export const isFiltered = (ruleset: Ruleset, way: Way): boolean => basesOf(ruleset, way).length > 0;

/** All that nobody can tell the effect of: statements, and base chains that rewrite packets. */
export function unknownsOf(ruleset: Ruleset): readonly string[] {
  const chains = ruleset.tables.flatMap(({ chains }) => [...chains.values()]);
  const rules = chains.flatMap((chain) =>
    chain.rules.flatMap((rule: Rule) =>
      rule.unknown === undefined ? [] : [`line ${rule.line}, chain ${chain.name}: ${rule.unknown}`],
    ),
  );
  const rewriting = chains.flatMap(({ name, hook, rules: all }) =>
    hook !== undefined && hook.type !== "filter" && all.length > 0 ? [`chain ${name}: rules of type ${hook.type}`] : [],
  );
  const families = ruleset.tables.flatMap(({ family, name }) =>
    ["inet", "ip", "ip6"].includes(family) ? [] : [`table ${family} ${name}`],
  );
  return [...ruleset.unknown, ...rules, ...rewriting, ...families];
}

/** States of packets that open nothing and are no answers, in which some rule takes a packet unlike a new one. */
export function statesApart(ruleset: Ruleset): readonly State[] {
  const named = ruleset.tables.flatMap(({ chains }) =>
    [...chains.values()].flatMap(({ rules }) =>
      rules.flatMap(({ matches }) => matches.flatMap((match) => (match.of === "state" ? [match.states] : []))),
    ),
  );
  return (["related", "invalid", "untracked"] as const).filter((state) =>
    named.some((states) => states.has(state) !== states.has("new")),
  );
}

/** Rules that accept a packet, as they stand, in order. */
export function rulesFor(ruleset: Ruleset, way: Way, packet: Space, state: State = "new"): readonly Rule[] {
  const found: Rule[] = [];
  hostPasses(ruleset, way, state, packet, (rule) => found.push(rule));
  return found;
}
