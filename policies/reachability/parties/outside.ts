import { linkLocalRanges, privateRanges, publicRanges } from "../../model/address-space.ts";
import { type AddressSet, everywhere, intersect, nowhere, parseCidr, subtract, union } from "../../model/addresses.ts";
import type { Declaration } from "../../model/declaration.ts";
import type { Estate } from "../../model/estate.ts";
import type { Peers } from "../../model/network/peers.ts";
import { CLOUDFRONT as CLOUDFRONT_LIST } from "../../model/network/prefix-lists.ts";
import { subnets } from "../../model/network/subnets.ts";
import { vpcs } from "../../model/network/vpcs.ts";
import { known } from "../../model/value.ts";
import type { Site } from "./site.ts";

/** Who is beyond the network. */
export const INTERNET = "outside/internet";
export const CLOUDFRONT = "outside/cloudfront";
/** Networks that a peering, a transit gateway or a private line leads to. */
export const NEIGHBOURS = "outside/neighbours";

/** Addresses of a machine itself: what it sends there leaves by no interface. */
const LOOPBACK = union(["127.0.0.0/8", "::1/128"].map((cidr) => parseCidr(cidr) ?? nowhere));

const INSIDE = subtract(union([privateRanges, linkLocalRanges]), LOOPBACK);

/** What a rule for the internet may name: every address but private ones. */
export const internetAtMost: AddressSet = subtract(everywhere, INSIDE);

/** Ranges that the declaration gives a name, as flows call them: `outside/clients`. */
export function audiences({ ranges }: Declaration): ReadonlyMap<string, AddressSet> {
  const found = new Map<string, AddressSet>([[INTERNET, internetAtMost]]);
  for (const [name, cidrs] of Object.entries(ranges)) {
    found.set(`outside/${name}`, union(cidrs.map((each) => parseCidr(each) ?? nowhere)));
  }
  return found;
}

/** Sites beyond the network. CloudFront is known by its list of addresses only, which AWS keeps. */
export function outsideSites(estate: Estate): readonly Site[] {
  const at = { resource: "the internet", stack: undefined, source: "" };
  const common = {
    kind: "outside",
    declared: true,
    fixed: true,
    groups: undefined,
    subnets: [],
    isPublic: true,
  } as const;
  const none = { interfaces: [], hosts: [], pods: [], shares: [] } as const;
  const own = union(estate.of(vpcs).map(({ addresses }) => addresses));
  const internet = subtract(publicRanges, own);
  const near = subtract(neighbours(estate), union([own, internet]));
  return [
    { ...common, ...none, at, party: INTERNET, addresses: internet },
    { ...common, ...none, at, party: CLOUDFRONT, addresses: internet },
    ...(near.v4.length + near.v6.length === 0
      ? []
      : [{ ...common, ...none, at, declared: false, party: NEIGHBOURS, addresses: near, isPublic: false }]),
  ];
}

const WAYS = new Set(["peering", "transit", "vpn", "elsewhere", "unknown", "interface", "instance"]);

/** Where routes lead that leave the network by another way than the internet. */
const neighbours = (estate: Estate): AddressSet =>
  union(
    estate
      .of(subnets)
      .flatMap(({ routes }) => routes?.routes ?? [])
      .filter(({ target }) => WAYS.has(target))
      .map(({ destination }) => intersect(known(destination) ?? nowhere, INSIDE)),
  );

/** Whether a rule names CloudFront's servers that fetch. */
export const namesCloudFront = ({ services }: Peers): boolean => services.includes(CLOUDFRONT_LIST);

/** What of a rule's peers nobody can tell. */
export const vagueOf = ({ unknown }: Peers): readonly string[] => unknown.map(({ expression }) => expression);
