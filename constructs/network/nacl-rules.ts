import { addressRange, contains, overlaps } from "./address.ts";
import {
  isOutside,
  keyOf,
  nameOf,
  type Opening,
  openingsOf,
  peerOf,
  type Span,
  spanOf,
  type TierFlow,
} from "./nacl-openings.ts";
import { type Tier, tiers } from "./tiers.ts";

/** One entry of a network ACL in one direction, in the words of EC2. */
export interface NaclRule {
  readonly ruleNo: number;
  readonly action: "allow" | "deny";
  /** `-1` is every protocol. */
  readonly protocol: "tcp" | "udp" | "icmp" | "-1";
  readonly cidrBlock: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

/** The entries of one tier's ACL. */
export interface TierRules {
  readonly ingress: readonly NaclRule[];
  readonly egress: readonly NaclRule[];
}

/** Prefix of the VPC and of each of its tiers. */
export interface Prefixes {
  readonly vpcCidr: string;
  readonly tierCidrs: Readonly<Partial<Record<Tier, string>>>;
}

/** The quota of 20 includes the rule `*` that denies the rest. */
const mostRules = 19;

/**
 * The fewest rules of each tier's ACL that let the flows pass, there and back.
 *
 * An ACL has no memory, so each flow also opens the client's ephemeral ports in the other direction. It sees original
 * addresses: what `app` starts to the internet passes the `firewall` and `egress` ACLs as `app` talking to the internet
 * and is opened in all three. "internet" is every address but the VPC's own: its allow stands behind a deny of the VPC,
 * so that answers from outside do not open a tier to its neighbours. Where the outside answers, ICMP "fragmentation
 * needed" of any router may too: without it large packets vanish on narrow paths.
 * Not listed is denied. Refuses a tier without a prefix, a port out of range, egress to the internet of a tier other than
 * `app` and ingress from outside to one other than `public` (none has the route), an outside range that shares an address
 * with the VPC, and more than 19 rules in a direction (AWS grants 20 with its own deny); all faults at once.
 */
export function naclRules(flows: readonly TierFlow[], prefixes: Prefixes): ReadonlyMap<Tier, TierRules> {
  const openings = flows.flatMap(openingsOf);
  const used = tiers.filter((tier) => prefixes.tierCidrs[tier] !== undefined);
  const missing = tiers.filter(
    (tier) => !used.includes(tier) && openings.some((opening) => opening.tier === tier || opening.peer === tier),
  );
  const rules = new Map(
    used.map((tier): [Tier, TierRules] => [
      tier,
      {
        ingress: rulesOf(openings, tier, "ingress", prefixes),
        egress: rulesOf(openings, tier, "egress", prefixes),
      },
    ]),
  );
  const faults = [
    ...flows.flatMap((flow) => faultsOf(flow, prefixes.vpcCidr)),
    ...missing.map((tier) => `tier ${tier} has flows and no prefix`),
    ...[...rules].flatMap(([tier, both]) =>
      (["ingress", "egress"] as const)
        .filter((direction) => both[direction].length > mostRules)
        .map(
          (direction) => `tier ${tier}: ${direction} must have <= ${mostRules} rules, got ${both[direction].length}`,
        ),
    ),
  ];
  if (faults.length > 0) {
    throw new Error(`network ACLs:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
  }
  return rules;
}

function faultsOf({ from, to, ports }: TierFlow, vpcCidr: string): readonly string[] {
  const good = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65535;
  const [source, target] = [nameOf(peerOf(from)), nameOf(peerOf(to))];
  const outside = typeof from === "object" && overlaps(addressRange(from.range), addressRange(vpcCidr));
  return [
    ...(to === "internet" && from !== "app" ? [`only app reaches the internet, got ${source}`] : []),
    ...(isOutside(peerOf(from)) && to !== "public" ? [`${source} reaches only public, got ${target}`] : []),
    ...(outside ? [`${source}: must lie outside the VPC ${vpcCidr}`] : []),
    ...ports
      .map(spanOf)
      .filter((span) => !good(span.from) || !good(span.to) || span.from > span.to)
      .map((span) => `${source} to ${target}: ports must be 1 to 65535 and run upwards, got ${span.from}-${span.to}`),
  ];
}

function rulesOf(
  openings: readonly Opening[],
  tier: Tier,
  direction: Opening["direction"],
  { vpcCidr, tierCidrs }: Prefixes,
): readonly NaclRule[] {
  const here = openings.filter((opening) => opening.tier === tier && opening.direction === direction);
  const spans = (protocol: Opening["protocol"], ...peers: readonly string[]) =>
    merged(here.filter((o) => o.protocol === protocol && peers.includes(keyOf(o.peer))).flatMap((o) => o.spans));
  const allow = (protocol: Opening["protocol"], cidrBlock: string, { from, to }: Span) => ({
    action: "allow" as const,
    protocol,
    cidrBlock,
    fromPort: from,
    toPort: to,
    ...(protocol === "icmp" ? { icmpType: 3, icmpCode: 4 } : {}),
  });
  const protocols = ["tcp", "udp", "icmp"] as const;
  const inside = tiers.flatMap((peer) =>
    protocols.flatMap((protocol) => spans(protocol, peer).map((span) => allow(protocol, tierCidrs[peer] ?? "", span))),
  );
  const ranges = [
    ...new Set(
      here
        .map(({ peer }) => peer)
        .filter(isOutside)
        .map(({ range }) => range),
    ),
  ].sort();
  const outside = ranges.flatMap((range) => {
    const wider = ranges.filter((other) => other !== range && contains(addressRange(other), addressRange(range)));
    return protocols.flatMap((protocol) => {
      const open = spans(protocol, ...wider);
      return spans(protocol, range)
        .filter((span) => !open.some(({ from, to }) => from <= span.from && span.to <= to))
        .map((span) => allow(protocol, range, span));
    });
  });
  const deny = { action: "deny" as const, protocol: "-1" as const, cidrBlock: vpcCidr, fromPort: 0, toPort: 0 };
  return [...inside, ...(outside.length > 0 ? [deny] : []), ...outside].map((entry, index) => ({
    ruleNo: 100 + index * 10,
    ...entry,
  }));
}

function merged(spans: readonly Span[]): readonly Span[] {
  const done: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = done.at(-1);
    if (last !== undefined && span.from <= last.to + 1) {
      done[done.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else {
      done.push(span);
    }
  }
  return done;
}
