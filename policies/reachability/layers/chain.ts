import type { STATES } from "../../model/nftables/matches.ts";
import type { Chain, Match, Rule, Table, Verdict } from "../../model/nftables/ruleset.ts";
import { type Box, box, everyPacket, intersectSpaces, noPacket, type Space, subtractSpaces } from "../space/space.ts";

/**
 * A packet as tracking of connections sees it: one that opens one, one of an accepted one, one that another caused (an error
 * by ICMP), one that fits none, one that nobody tracks.
 */
export type State = (typeof STATES)[number];

/** What a chain does with packets. */
interface Passed {
  readonly accepted: Space;
  /** What no rule has decided. */
  readonly rest: Space;
  /** Where `goto` led out of: the base chain's policy decides. */
  readonly ended: Space;
}

/** Told of each rule that accepts some of the packets. */
export type Heard = (rule: Rule, packets: Space) => void;

/** Chains that jump to each other in a circle end here; nft refuses them, and 16 levels. */
const DEEPEST = 16;

/**
 * What a base chain accepts of packets. A rule whose match depends on something that no packet says (user, rate, client's
 * port) accepts, since somebody gets through, and keeps out nobody for sure.
 */
export function acceptedBy(table: Table, chain: Chain, state: State, packets: Space, heard?: Heard): Space {
  const { accepted, rest, ended } = new Run(table, state, heard).chain(chain, packets, 0);
  return chain.hook?.policy === "drop" ? accepted : [...accepted, ...rest, ...ended];
}

class Run {
  readonly #table: Table;
  readonly #state: State;
  readonly #heard: Heard | undefined;

  constructor(table: Table, state: State, heard: Heard | undefined) {
    this.#table = table;
    this.#state = state;
    this.#heard = heard;
  }

  chain(chain: Chain, packets: Space, depth: number): Passed {
    const done: Passing = { rest: packets, accepted: [], ended: [], returned: [] };
    for (const rule of depth > DEEPEST ? [] : chain.rules) {
      if (done.rest.length === 0) break;
      if (rule.verdict !== undefined) this.#rule(rule, rule.verdict, done, depth);
    }
    return { accepted: done.accepted, rest: [...done.rest, ...done.returned], ended: done.ended };
  }

  #rule(rule: Rule, verdict: Verdict, done: Passing, depth: number): void {
    const demanded = demandOf(rule.matches, this.#state);
    if (demanded === undefined) return;
    const matched = intersectSpaces(done.rest, demanded.packets);
    if (matched.length === 0) return;
    const inner = this.#verdict(rule, matched, depth);
    done.accepted.push(...inner.accepted);
    done.ended.push(...inner.ended);
    if (verdict.kind === "return") done.returned.push(...matched);
    // What is accepted may be met again further down: it stays accepted, and taking it away would cost more.
    const goesOn = !demanded.always || (verdict.kind === "accept" && this.#heard === undefined);
    if (!goesOn) done.rest = [...subtractSpaces(done.rest, matched), ...inner.rest];
  }

  /** What becomes of packets that a rule matches: `rest` goes on behind it. */
  #verdict(rule: Rule, matched: Space, depth: number): Passed {
    const { verdict } = rule;
    if (verdict?.kind === "accept") {
      this.#heard?.(rule, matched);
      return { accepted: matched, rest: noPacket, ended: noPacket };
    }
    if (verdict?.kind !== "jump" && verdict?.kind !== "goto")
      return { accepted: noPacket, rest: noPacket, ended: noPacket };
    const target = this.#table.chains.get(verdict.chain);
    // A chain that is not there: nft refuses the whole ruleset, and nothing holds.
    if (target === undefined) return { accepted: matched, rest: noPacket, ended: noPacket };
    const inner = this.chain(target, matched, depth + 1);
    return verdict.kind === "jump" ? inner : { ...inner, rest: noPacket, ended: [...inner.ended, ...inner.rest] };
  }
}

/** Packets on their way through a chain. */
interface Passing {
  rest: Space;
  readonly accepted: Box[];
  readonly ended: Box[];
  readonly returned: Box[];
}

/** Packets that matches demand, and whether those always match. */
interface Demand {
  readonly packets: Space;
  readonly always: boolean;
}

/** What matches demand; nothing where no packet of this state can match. */
function demandOf(matches: readonly Match[], state: State): Demand | undefined {
  let packets: Space = everyPacket;
  for (const match of matches) {
    const own = packetsOf(match, state);
    if (own === undefined) return undefined;
    packets = intersectSpaces(packets, own);
    if (packets.length === 0) return undefined;
  }
  return { packets, always: matches.every(({ of }) => of !== "circumstance") };
}

/** Packets of a network interface that one match is for; nothing where none is. */
function packetsOf(match: Match, state: State): Space | undefined {
  switch (match.of) {
    case "state":
      return match.states.has(state) ? everyPacket : undefined;
    case "interface":
      return match.others ? everyPacket : undefined;
    case "circumstance":
      return everyPacket;
    case "services":
      return [box({ services: match.services })];
    case "from":
      return [box({ from: match.addresses })];
    case "to":
      return [box({ to: match.addresses })];
  }
}
