import { type Tier, tiers } from "./tiers.ts";

/** Traffic one tier may start towards another, or from or to the internet. */
export interface TierFlow {
  readonly from: Tier | "internet";
  readonly to: Tier | "internet";
  readonly protocol: "tcp" | "udp";
  /** Single ports or inclusive ranges. */
  readonly ports: readonly (number | { readonly from: number; readonly to: number })[];
}

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

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Opening {
  readonly tier: Tier;
  readonly direction: "ingress" | "egress";
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly peer: Tier | "internet";
  readonly spans: readonly Span[];
}

/** Source ports of clients: Linux uses 32768-60999, load balancers and NAT gateways 1024-65535. */
const ephemeral: Span = { from: 1024, to: 65535 };
const mostRules = 20;

/**
 * The fewest rules of each tier's ACL that let the flows pass, there and back.
 *
 * An ACL has no memory, so each flow also opens the client's ephemeral ports in the other direction. It sees original
 * addresses: what `app` starts to the internet passes the `firewall` and `egress` ACLs as `app` talking to the internet
 * and is opened in all three. "internet" is every address but the VPC's own: its allow stands behind a deny of the VPC,
 * so that answers from outside do not open a tier to its neighbours. Where the internet answers, ICMP "fragmentation
 * needed" may too: without it large packets vanish on narrow paths.
 * Not listed is denied. Refuses a tier without a prefix, a port out of range, egress to the internet of a tier other than
 * `app` and ingress to one other than `public` (none has the route), and more than 20 rules in a direction (the quota of
 * AWS); all faults at once.
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
    ...flows.flatMap(faultsOf),
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

function faultsOf({ from, to, ports }: TierFlow): readonly string[] {
  const good = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65535;
  return [
    ...(to === "internet" && from !== "app" ? [`only app reaches the internet, got ${from}`] : []),
    ...(from === "internet" && to !== "public" ? [`the internet reaches only public, got ${to}`] : []),
    ...ports
      .map(spanOf)
      .filter((span) => !good(span.from) || !good(span.to) || span.from > span.to)
      .map((span) => `${from} to ${to}: ports must be 1 to 65535 and run upwards, got ${span.from}-${span.to}`),
  ];
}

function openingsOf(flow: TierFlow): readonly Opening[] {
  const { from, to, protocol } = flow;
  const spans = flow.ports.map(spanOf);
  const path = [from, ...(to === "internet" ? (["firewall", "egress"] as const) : []), to];
  const inner = [...new Set(path)].filter((party) => party !== "internet");
  return inner.flatMap((tier): Opening[] => {
    const takes = tier !== from || from === to;
    const sends = tier !== to || from === to;
    return [
      ...(takes ? both(tier, from, { ingress: [protocol, spans], egress: [protocol, [ephemeral]] }) : []),
      ...(sends ? both(tier, to, { egress: [protocol, spans], ingress: [protocol, [ephemeral]] }) : []),
      ...(from === "internet" || to === "internet" ? [icmp(tier, "ingress", "internet")] : []),
      ...(takes && to === "internet" ? [icmp(tier, "egress", from)] : []),
    ];
  });
}

type Ways = Record<Opening["direction"], [Opening["protocol"], readonly Span[]]>;

function both(tier: Tier, peer: Opening["peer"], ways: Ways): Opening[] {
  return (["ingress", "egress"] as const).map((direction) => {
    const [protocol, spans] = ways[direction];
    return { tier, peer, direction, protocol, spans };
  });
}

function icmp(tier: Tier, direction: Opening["direction"], peer: Opening["peer"]): Opening {
  return { tier, direction, peer, protocol: "icmp", spans: [{ from: 0, to: 0 }] };
}

function rulesOf(
  openings: readonly Opening[],
  tier: Tier,
  direction: Opening["direction"],
  { vpcCidr, tierCidrs }: Prefixes,
): readonly NaclRule[] {
  const entries = (peer: Opening["peer"], cidrBlock: string) =>
    (["tcp", "udp", "icmp"] as const).flatMap((protocol) => {
      const own = openings.filter(
        (o) => o.tier === tier && o.direction === direction && o.peer === peer && o.protocol === protocol,
      );
      return merged(own.flatMap(({ spans }) => spans)).map((span) => ({
        action: "allow" as const,
        protocol,
        cidrBlock,
        fromPort: span.from,
        toPort: span.to,
        ...(protocol === "icmp" ? { icmpType: 3, icmpCode: 4 } : {}),
      }));
    });
  const inside = tiers.flatMap((peer) => entries(peer, tierCidrs[peer] ?? ""));
  const outside = entries("internet", "0.0.0.0/0");
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

function spanOf(port: TierFlow["ports"][number]): Span {
  return typeof port === "number" ? { from: port, to: port } : port;
}
