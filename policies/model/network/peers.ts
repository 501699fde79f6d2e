import { type AddressSet, nowhere, union } from "../addresses.ts";
import type { Estate } from "../estate.ts";
import type { Block } from "../terraform/block.ts";
import type { Unknown, Value } from "../value.ts";
import { addressesOf } from "./cidr-texts.ts";
import type { GroupKey } from "./group-key.ts";
import { addressesOfList } from "./prefix-lists.ts";

/** Whom a rule is about. */
export interface Peers {
  /** Of its CIDRs and of prefix lists whose entries are known. */
  readonly addresses: AddressSet;
  readonly groups: readonly GroupKey[];
  /** Lists of addresses that AWS keeps for a service of its own, by name where it is known: `com.amazonaws.eu-central-1.s3`. */
  readonly services: readonly string[];
  /** What outputs do not show: it may be everybody. */
  readonly unknown: readonly Unknown[];
}

export const nobody: Peers = { addresses: nowhere, groups: [], services: [], unknown: [] };

const NONE: readonly never[] = [];

/** CIDRs, prefix lists and groups together. */
export function peersOf(
  estate: Estate,
  block: Block,
  cidrs: readonly (Value<string> | undefined)[],
  lists: readonly Value<string>[],
  groups: readonly GroupKey[] = NONE,
): Peers {
  const { addresses, unknown } = addressesOf(cidrs);
  if (lists.length === 0) return { addresses, groups, services: NONE, unknown };
  const all = lists.map((each) => addressesOfList(estate, each, block.scope));
  return {
    addresses: union([addresses, ...all.map((each) => each.addresses)]),
    groups,
    services: all.flatMap(({ services }) => services),
    unknown: [...unknown, ...all.flatMap((each) => each.unknown)],
  };
}
