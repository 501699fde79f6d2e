import { everywhere4 } from "../../model/addresses.ts";
import type { Estate } from "../../model/estate.ts";
import type { Ruleset } from "../../model/nftables/ruleset.ts";
import type { Site, SiteHost } from "../parties/site.ts";
import { allOf, ephemeral } from "../space/services.ts";
import { box, coversSpace, everyPacket, joined, noPacket, type Space } from "../space/space.ts";
import type { Passing } from "./acl-space.ts";
import { hostPasses, type Way } from "./host-firewall.ts";

const READ = {};

/** What the own firewalls of a site's hosts let pass; hosts have addresses of their own, so the packets say which. */
export function hostsPass(estate: Estate, site: Site, way: "input" | "output"): Passing {
  if (site.hosts.length === 0) return { most: everyPacket, least: everyPacket };
  const read = estate.once(READ, () => new Map<Site, Partial<Record<"input" | "output", Passing>>>());
  const known = read.get(site) ?? {};
  const found = known[way] ?? passing(site, way);
  read.set(site, { ...known, [way]: found });
  return found;
}

function passing({ hosts }: Site, way: "input" | "output"): Passing {
  const all = hosts.map((host) => {
    const { ruleset, addresses } = host;
    const own: Space = [box(way === "input" ? { to: addresses } : { from: addresses })];
    if (ruleset === undefined) return { most: own, least: own };
    const most = hostWay(host, way);
    return { most, least: answers(ruleset) ? most : noPacket };
  });
  const most = joined(all.flatMap((each) => each.most));
  if (all.every((each) => each.most === each.least)) return { most, least: most };
  return { most, least: joined(all.flatMap((each) => each.least)) };
}

const WAYS = new WeakMap<SiteHost, Partial<Record<Way, Space>>>();

/** What one host's firewall accepts, opens or hands on. */
export function hostWay(host: SiteHost, way: Way): Space {
  const known = WAYS.get(host) ?? {};
  const found = known[way] ?? ownWay(host, way);
  if (known[way] === undefined) WAYS.set(host, { ...known, [way]: found });
  return found;
}

function ownWay(host: SiteHost, way: Way): Space {
  const own = ownPackets(host, way);
  return host.ruleset === undefined ? own : hostPasses(host.ruleset, way, "new", own);
}

/** All packets that a host's firewall sees on a way. */
export const ownPackets = ({ addresses }: SiteHost, way: Way): Space => {
  const ends = way === "input" ? { to: addresses } : { from: addresses };
  return [box(way === "forward" ? {} : ends)];
};

const ANSWERED = new WeakMap<Ruleset, boolean>();

/** Replies of TCP and UDP, to any port that a client may use. */
const REPLIES: Space = [box({ from: everywhere4, to: everywhere4, services: allOf([ephemeral(6), ephemeral(17)]) })];

/** Whether a firewall lets replies of what it accepted pass, in and out. */
function answers(ruleset: Ruleset): boolean {
  const known = ANSWERED.get(ruleset);
  if (known !== undefined) return known;
  const found = (["input", "output"] as const).every((way) =>
    coversSpace(hostPasses(ruleset, way, "established", REPLIES), REPLIES),
  );
  ANSWERED.set(ruleset, found);
  return found;
}
