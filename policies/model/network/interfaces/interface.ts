import { type AddressSet, nowhere, parseCidr, union } from "../../addresses.ts";
import type { Estate } from "../../estate.ts";
import { type Place, placeOfResource } from "../../place.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, type Unknown, type Value } from "../../value.ts";
import { defaultGroupOf, groupKeyOf } from "../group-key.ts";
import { groupOf, type SecurityGroup } from "../groups.ts";
import { type Subnet, subnetsNamed } from "../subnets.ts";

export type InterfaceOf =
  | "instance"
  | "load balancer"
  | "database"
  | "cache"
  | "endpoint"
  | "files"
  | "cluster"
  | "nodes"
  | "function"
  | "task"
  | "interface"
  | "service";

/** Network interfaces that have the same groups: one of an instance, those of a load balancer in all its subnets, and so on. */
export interface Interface {
  readonly at: Place;
  readonly what: InterfaceOf;
  /** By which the declaration knows it, where it has one: the name of a load balancer, the tag Name of a host. */
  readonly name: Value<string> | undefined;
  readonly resource: Resource | undefined;
  readonly subnets: readonly Subnet[];
  /** Subnets that outputs name and do not show. */
  readonly unknownSubnets: readonly Unknown[];
  /** All of them apply together. Empty: nothing is filtered (a network load balancer without groups). */
  readonly groups: readonly SecurityGroup[];
  /** Its own addresses where they are fixed, else all of its subnets. */
  readonly addresses: AddressSet;
  readonly fixed: boolean;
  /** Whether it has an address of the internet. */
  readonly publicAddress: Value<boolean>;
  /** The attribute that decides it. */
  readonly publicBy: string;
}

/** What is said of an interface where it stands. */
export interface Said {
  readonly what: InterfaceOf;
  readonly name?: Value<string> | undefined;
  readonly at?: Place;
  readonly subnets: readonly Value<string>[];
  readonly groups: readonly Value<string>[];
  /** Addresses that it is given. */
  readonly fixed?: readonly (Value<string> | undefined)[];
  readonly publicAddress?: Value<boolean>;
  readonly publicBy?: string;
  /** Without groups it has none, where others have the default group of their VPC. */
  readonly unfiltered?: boolean;
}

/** An interface of a resource. */
export function interfaceOf(estate: Estate, resource: Resource, said: Said): Interface {
  const { terraform } = estate;
  const at = said.at ?? placeOfResource(resource);
  const { scope } = resource.block;
  const subnets = subnetsNamed(estate, said.subnets);
  const keys = new Set(said.groups.map((each) => groupKeyOf(each, terraform, scope)));
  // Amazon VPC user guide, "Default security groups": what names no group has that of its VPC.
  const vpcs = new Set(subnets.map(({ vpc }) => vpc));
  if (keys.size === 0 && said.unfiltered !== true) {
    for (const vpc of vpcs) if (vpc !== undefined) keys.add(defaultGroupOf(vpc));
  }
  const fixed = fixedAddresses(said.fixed ?? []);
  return {
    at,
    what: said.what,
    name: said.name ?? resource.block.text("name"),
    resource,
    subnets,
    unknownSubnets: said.subnets.filter(isUnknown).filter((each) => subnetsNamed(estate, [each]).length === 0),
    groups: [...keys].map((key) => groupOf(estate, key, at)),
    addresses: fixed ?? union(subnets.map(({ addresses }) => addresses)),
    fixed: fixed !== undefined,
    publicAddress: said.publicAddress ?? false,
    publicBy: said.publicBy ?? "",
  };
}

/** Addresses that are given, all of them known; nothing where there are none, or one is not known. */
function fixedAddresses(texts: readonly (Value<string> | undefined)[]): AddressSet | undefined {
  const given = texts.filter((each) => each !== undefined && each !== "");
  if (given.length === 0) return undefined;
  const sets = given.map((each) => (typeof each === "string" ? parseCidr(each) : undefined));
  return sets.includes(undefined) ? undefined : union(sets.map((each) => each ?? nowhere));
}

/** What an instance has that says nothing: what its subnet gives, or one of its subnets. */
export function mappedBy({ subnets, unknownSubnets }: Interface): Value<boolean> {
  const maps = subnets.map((each) => each.mapsPublicAddress);
  return maps.includes(true) || (maps.find(isUnknown) ?? unknownSubnets[0] ?? false);
}
