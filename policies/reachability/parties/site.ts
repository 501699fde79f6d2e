import type { AddressSet } from "../../model/addresses.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import type { Party } from "../../model/declaration.ts";
import type { SecurityGroup } from "../../model/network/groups.ts";
import type { Interface } from "../../model/network/interfaces/interface.ts";
import type { Subnet } from "../../model/network/subnets.ts";
import type { Ruleset } from "../../model/nftables/ruleset.ts";
import type { Place } from "../../model/place.ts";
import type { Services } from "../space/services.ts";

export type SiteKind =
  | "host"
  | "pods"
  | "nodes"
  | "cluster"
  | "load balancer"
  | "managed"
  /** Interfaces of AWS services in the network. */
  | "endpoint"
  /** Addresses beyond the network. */
  | "outside"
  /** What every machine has beside it: resolver, time, identity; no group, ACL or route is asked. */
  | "link-local";

/** Where a party is in the network: interfaces that the same groups filter. Most parties have one. */
export interface Site {
  readonly party: Party;
  readonly kind: SiteKind;
  /** Whether the declaration knows the party. */
  readonly declared: boolean;
  readonly at: Place;
  /** Its own where they are fixed, else all of its subnets. */
  readonly addresses: AddressSet;
  readonly fixed: boolean;
  /** All of them apply together; absent: nothing filters. */
  readonly groups: readonly SecurityGroup[] | undefined;
  readonly subnets: readonly Subnet[];
  /** Whether it has an address of the internet. */
  readonly isPublic: boolean;
  readonly interfaces: readonly Interface[];
  readonly hosts: readonly SiteHost[];
  readonly pods: readonly Pod[];
  /** Of link-local ones: what they answer. */
  readonly answers?: Services;
  /** Of the nodes of a pool: the parties that live on them, or are them. */
  readonly shares: readonly Party[];
}

/** A host of a site: its address, and its own firewall. */
export interface SiteHost {
  readonly name: string;
  readonly addresses: AddressSet;
  /** Absent: it has none. */
  readonly ruleset: Ruleset | undefined;
  readonly at: Place;
}

/** How a site is called in an explanation. */
export const siteName = ({ party, kind }: Site): string => (kind === "pods" ? `${party} (pods)` : party);
