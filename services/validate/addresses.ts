import ipaddr from "ipaddr.js";
import type { Environment } from "../schema/environment.ts";
import type { Service } from "../schema/service.ts";
import { isHosted } from "../schema/store.ts";
import { repeated } from "./duplicates.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show } from "./show.ts";

/** Addresses of environments, of outsiders and of hosts; every range is parsed, none is matched as text. */

interface Range {
  readonly network: ipaddr.IPv4;
  readonly prefix: number;
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]; // RFC 1918
/** Every service and zone has its part of a /16. */
const VPC_PREFIX = 16;
/** Ranges of outsiders are narrower than these. */
const WIDEST = { clients: 16, admins: 24 } as const; // admins: NOD-5.1

/** An IPv4 range in four-part decimal form; undefined for anything else. */
function parseRange(text: string): Range | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [network, prefix] = ipaddr.IPv4.parseCIDR(text);
  return { network, prefix };
}

const within = (inner: Range, outer: Range) =>
  inner.prefix >= outer.prefix && inner.network.match(outer.network, outer.prefix);
/** True when two ranges share an address. */
const overlap = (one: Range, other: Range): boolean => within(one, other) || within(other, one);

const startsOnBoundary = (text: string, { network }: Range) =>
  ipaddr.IPv4.networkAddressFromCIDR(text).toString() === network.toString();

const isPrivate = (range: Range) =>
  PRIVATE.map(parseRange).some((outer) => outer !== undefined && within(range, outer));

function ownRange({ name, cidr }: Environment): readonly Fault[] {
  const path = `environments/${name}/cidr`;
  const range = parseRange(cidr);
  if (range === undefined) return [{ path, rule: "must be an IPv4 range such as 10.30.0.0/16", got: show(cidr) }];
  return [
    ...unless(range.prefix === VPC_PREFIX, path, "must be a /16: subnets are computed from it", show(cidr)),
    ...unless(startsOnBoundary(cidr, range), path, "must have no host bits", show(cidr)),
    ...unless(isPrivate(range), path, "must lie in a private range (RFC 1918)", show(cidr)),
  ];
}

function neighbours(environments: readonly Environment[]): readonly Fault[] {
  return environments.flatMap((environment, index) => {
    const own = parseRange(environment.cidr);
    const path = `environments/${environment.name}/cidr`;
    return environments.slice(0, index).flatMap((other) => {
      const theirs = parseRange(other.cidr);
      const apart = own === undefined || theirs === undefined || !overlap(own, theirs);
      return unless(apart, path, `must not overlap ${other.cidr} of ${other.name}`, show(environment.cidr));
    });
  });
}

const ROUTABLE: readonly string[] = ["unicast", "private", "reserved", "carrierGradeNat"];

function outsider(path: string, text: string, widest: number, ours: readonly Environment[]): readonly Fault[] {
  const range = parseRange(text);
  if (range === undefined) return [{ path, rule: "must be an IPv4 range such as 198.51.100.0/24", got: show(text) }];
  const mine = ours.find(({ cidr }) => {
    const vpc = parseRange(cidr);
    return vpc !== undefined && overlap(range, vpc);
  });
  return [
    ...unless(
      range.prefix > widest,
      path,
      `must be narrower than a /${widest}${widest === 24 ? " (NOD-5.1)" : ""}`,
      show(text),
    ),
    ...unless(startsOnBoundary(text, range), path, "must have no host bits", show(text)),
    ...unless(ROUTABLE.includes(range.network.range()), path, "must be addresses that can reach us", show(text)),
    ...unless(
      mine === undefined,
      path,
      `must not overlap ${mine?.cidr} of ${mine?.name}: those are no outsiders`,
      show(text),
    ),
  ];
}

const outsiders = (environments: readonly Environment[]): readonly Fault[] =>
  environments.flatMap(({ name, ranges }) =>
    (["clients", "admins"] as const).flatMap((who) => [
      ...unless(ranges[who].length > 0, `environments/${name}/ranges/${who}`, "must name at least one range", "none"),
      ...ranges[who].flatMap((text, index) =>
        outsider(`environments/${name}/ranges/${who}/#${index}`, text, WIDEST[who], environments),
      ),
    ]),
  );

/** Numbers of hosts: one subnet a tier, shared by components and stores of the service. */
const hostNumbers = (service: Service): readonly Fault[] =>
  repeated(
    [
      ...service.components.flatMap((component) =>
        component.kind === "hosts" ? [{ ...component, list: "components" }] : [],
      ),
      ...service.stores.filter(isHosted).map((store) => ({ ...store, list: "stores" })),
    ].map(({ list, name, tier, address }) => ({
      value: `${address} in ${tier}`,
      path: `${service.name}/${list}/${name}/address`,
      by: name,
    })),
  );

export const addresses: Check = ({ services, environments }) => [
  ...environments.flatMap(ownRange),
  ...neighbours(environments),
  ...outsiders(environments),
  ...services.flatMap(hostNumbers),
];
