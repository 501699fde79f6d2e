import { union } from "../../model/addresses.ts";
import type { Declaration, Party } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { Interface, InterfaceOf } from "../../model/network/interfaces/interface.ts";
import { interfaces } from "../../model/network/interfaces.ts";
import { type HostRuleset, rulesets } from "../../model/nftables/rulesets.ts";
import { known } from "../../model/value.ts";
import { outsideSites } from "./outside.ts";
import { ownersOf } from "./owners.ts";
import { linkLocals } from "./platform.ts";
import { nodesOf, podSites } from "./pods.ts";
import type { Site, SiteHost, SiteKind } from "./site.ts";

const KEY = {};

/** Every site of an environment. */
export const sitesOf = (estate: Estate, declaration: Declaration): readonly Site[] =>
  estate.once(KEY, () => {
    const own = ownSites(estate, declaration);
    const nodes = own.filter(({ kind }) => kind === "nodes");
    const pods = podSites(estate, declaration, nodes);
    const sharing = own.map((site) => {
      if (site.kind !== "nodes") return site;
      const living = pods.filter((each) => each.pods.some((pod) => nodesOf(estate, pod, nodes).includes(site)));
      return { ...site, shares: [site.party, ...new Set(living.map(({ party }) => party))] };
    });
    const beside = linkLocals(estate).map(
      ({ party, addresses, answers }): Site => ({
        ...{ party, addresses, answers, kind: "link-local", declared: true, fixed: true, groups: undefined },
        ...{ subnets: [], isPublic: false, interfaces: [], hosts: [], pods: [], shares: [] },
        at: { resource: party, stack: undefined, source: "" },
      }),
    );
    return [...sharing, ...pods, ...outsideSites(estate), ...beside];
  });

const KINDS: Partial<Record<InterfaceOf, SiteKind>> = {
  instance: "host",
  "load balancer": "load balancer",
  endpoint: "endpoint",
  nodes: "nodes",
  cluster: "cluster",
};

/** Sites of interfaces: those of one party with the same groups are one. */
function ownSites(estate: Estate, declaration: Declaration): readonly Site[] {
  const ownerOf = ownersOf(declaration);
  const firewalls = new Map(estate.of(rulesets).map((each) => [each.host.name, each]));
  const found = new Map<string, { readonly party: Party; readonly declared: boolean; readonly own: Interface[] }>();
  for (const each of estate.of(interfaces)) {
    const owner = ownerOf(each);
    const party = owner ?? `${each.what} ${each.at.resource}`;
    const groups = each.groups.map(({ key }) => key).sort();
    const key = [party, each.what, each.publicAddress === false, ...groups].join(" ");
    const site = found.get(key);
    if (site === undefined) found.set(key, { party, declared: owner !== undefined, own: [each] });
    else site.own.push(each);
  }
  return [...found.values()].map(({ party, declared, own }) => siteOf(party, declared, own, firewalls));
}

function siteOf(
  party: Party,
  declared: boolean,
  own: readonly Interface[],
  firewalls: ReadonlyMap<string, HostRuleset>,
): Site {
  const [first] = own;
  const groups = first?.groups ?? [];
  const what = first?.what ?? "interface";
  return {
    party,
    declared,
    kind: KINDS[what] ?? "managed",
    at: first?.at ?? { resource: party, stack: undefined, source: "" },
    addresses: union(own.map(({ addresses }) => addresses)),
    fixed: own.every(({ fixed }) => fixed),
    groups: groups.length === 0 ? undefined : groups,
    subnets: [...new Set(own.flatMap(({ subnets }) => subnets))],
    // Unknown: it may have one.
    isPublic: own.some(({ publicAddress }) => publicAddress !== false),
    interfaces: own,
    hosts: what === "instance" && firewalls.size > 0 ? own.map((each) => hostOf(each, firewalls)) : [],
    pods: [],
    shares: [],
  };
}

function hostOf(each: Interface, firewalls: ReadonlyMap<string, HostRuleset>): SiteHost {
  const name = known(each.name) ?? each.at.resource;
  const firewall = firewalls.get(name);
  return { name, addresses: each.addresses, ruleset: firewall?.ruleset, at: firewall?.at ?? each.at };
}
