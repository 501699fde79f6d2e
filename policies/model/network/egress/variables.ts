import { type AddressSet, everywhere, subtract, union } from "../../addresses.ts";
import type { Estate } from "../../estate.ts";
import { type PortSet, unionPorts } from "../../ports.ts";
import type { Block } from "../../terraform/block.ts";
import { isUnknown, type Value } from "../../value.ts";
import { addressesOfList } from "../prefix-lists.ts";
import { addressesIn, portsIn, type Variables } from "./expressions.ts";

const NOTHING: Variables = { addresses: new Map(), ports: new Map() };

/** Sets that rules of a group may name. HOME_NET is the VPC and EXTERNAL_NET all else, unless the group says otherwise. */
export function variablesOf(estate: Estate, group: Block | undefined, home: Value<AddressSet>): Variables {
  const own = group?.block("rule_variables");
  const addresses = new Map<string, Value<AddressSet>>([
    ["HOME_NET", home],
    ...(own?.blocks("ip_sets") ?? []).map((each) => [String(each.text("key")), addressesOfSet(each)] as const),
    ...(group?.block("reference_sets")?.blocks("ip_set_references") ?? []).map(
      (each) => [String(each.text("key")), addressesOfReference(estate, each)] as const,
    ),
  ]);
  const set = addresses.get("HOME_NET") ?? home;
  if (!addresses.has("EXTERNAL_NET")) addresses.set("EXTERNAL_NET", isUnknown(set) ? set : subtract(everywhere, set));
  const ports = (own?.blocks("port_sets") ?? []).map((each) => [String(each.text("key")), portsOfSet(each)] as const);
  return { addresses, ports: new Map(ports) };
}

function addressesOfSet(set: Block): Value<AddressSet> {
  const sets: AddressSet[] = [];
  for (const text of set.block("ip_set")?.texts("definition") ?? []) {
    const each = isUnknown(text) ? text : addressesIn(text, NOTHING);
    if (isUnknown(each)) return each;
    sets.push(each);
  }
  return union(sets);
}

function addressesOfReference(estate: Estate, reference: Block): Value<AddressSet> {
  const list = reference.block("ip_set_reference")?.text("reference_arn") ?? "";
  const { addresses, unknown } = addressesOfList(estate, list, reference.scope);
  return unknown[0] ?? addresses;
}

function portsOfSet(set: Block): Value<PortSet> {
  const sets: PortSet[] = [];
  for (const text of set.block("port_set")?.texts("definition") ?? []) {
    const each = isUnknown(text) ? text : portsIn(text, NOTHING);
    if (isUnknown(each)) return each;
    sets.push(each);
  }
  return unionPorts(sets);
}
