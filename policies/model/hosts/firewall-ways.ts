import { hostPasses, type Way } from "../../reachability/layers/host-firewall.ts";
import { packetOf, shownPacket } from "../../reachability/space/packet.ts";
import { portServices } from "../../reachability/space/services.ts";
import { box, coversSpace, intersectSpaces, joined, type Space } from "../../reachability/space/space.ts";
import { publicRanges } from "../address-space.ts";
import { everywhere4, everywhere6, parseCidr } from "../addresses.ts";
import { administrativePorts } from "../network/administrative-ports.ts";
import { isMoreThanAProvider, isMoreThanASite } from "../network/widths.ts";
import type { Rule, Ruleset } from "../nftables/ruleset.ts";

/** Whether a firewall, by whatever rules, lets everything of a family pass on a way. */
export function passesAll(ruleset: Ruleset, way: Way, family: "ip" | "ip6"): boolean {
  const ends = family === "ip" ? everywhere4 : everywhere6;
  const wide = hostPasses(ruleset, way, "new").filter(
    ({ from, to }) => isMoreThanAProvider(from) && isMoreThanAProvider(to),
  );
  return wide.length > 0 && coversSpace(wide, [box({ from: ends, to: ends })]);
}

/** Something that gets through a firewall. */
export interface Passed {
  /** A packet of it. */
  readonly packet: string;
  /** The rules that accept it, as they stand. */
  readonly rules: readonly string[];
  /** Whether it does so by one interface only, of which nobody knows where it leads. */
  readonly byInterface: boolean;
}

const ADMINISTRATION: Space = administrativePorts.flatMap(([protocol, ports]) =>
  typeof protocol === "number" ? [box({ from: publicRanges, services: portServices(protocol, ports) })] : [],
);
const NAMED = /^(?:meta )?iif(?:name)? /;
/** Of tunnels, containers and virtual machines, as their programs call them: nobody on the internet is behind one. */
const INNER =
  /^(?:meta )?iif(?:name)? (?:"?(?:wg|tun|tap|tailscale|zt|ipsec|ppp|docker|br-|virbr|veth|cni|podman|lxc)[\w.*-]*"?(?:, )?)+$/;

/** Ports of administration and data that more than a site's addresses of the internet reach. */
export function administrationFrom(ruleset: Ruleset): readonly Passed[] {
  const accepted: { readonly rule: Rule; readonly packets: Space }[] = [];
  hostPasses(ruleset, "input", "new", ADMINISTRATION, (rule, packets) => accepted.push({ rule, packets }));
  const from = (byInterface: boolean): readonly Passed[] => {
    const counted = accepted.filter(({ rule }) => {
      const names = circumstances(rule).filter((each) => NAMED.test(each));
      return names.length > 0 === byInterface && !names.some((each) => INNER.test(each));
    });
    const open = joined(counted.flatMap(({ packets }) => packets)).filter((each) => isMoreThanASite(each.from));
    const packet = packetOf(open);
    if (packet === undefined) return [];
    const rules = counted.filter(({ packets }) => intersectSpaces(packets, open).length > 0);
    return [
      { packet: shownPacket(packet), rules: [...new Set(rules.map(({ rule }) => shownRule(rule)))], byInterface },
    ];
  };
  return [...from(false), ...from(true)];
}

const circumstances = ({ matches }: Rule): readonly string[] =>
  matches.flatMap((match) => (match.of === "circumstance" ? [match.text] : []));

/** What hands out a host's credentials, on both families (EC2 user guide, instance metadata, read 2026-11-23). */
const METADATA: Space = ["169.254.169.254", "fd00:ec2::254"].flatMap((address) => {
  const to = parseCidr(address);
  return to === undefined ? [] : [box({ to })];
});
/** Accounts by number or name, one by one. */
const ACCOUNTS = /^(?:meta )?skuid (?:"?[\w.]+"?(?:, )?)+$/;

/** Rules by which a program of any account gets the host's credentials. */
export function metadataFor(ruleset: Ruleset): readonly string[] {
  const found = new Set<string>();
  hostPasses(ruleset, "output", "new", METADATA, (rule) => {
    if (!circumstances(rule).some((each) => ACCOUNTS.test(each))) found.add(shownRule(rule));
  });
  return [...found];
}

const shownRule = ({ line, text }: Rule): string => `line ${line}: ${text}`;
