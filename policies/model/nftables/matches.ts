import { type AddressSet, everywhere4, everywhere6, nowhere, subtract } from "../addresses.ts";
import { numbers, type Ranges, subtractRanges, unionRanges } from "../ranges.ts";
import { addressesOf, type Elements, portsOf, readElements } from "./elements.ts";
import type { Match } from "./ruleset.ts";
import type { Reader } from "./tokens.ts";

/** Looks up a named set: its elements, or nothing where they are not known. */
export type Sets = (name: string) => readonly string[] | undefined;

const EVERY: Ranges<number> = [0, 256 * 65_536 - 1];
const stretch = (protocol: number): Ranges<number> => [protocol * 65_536, protocol * 65_536 + 65_535];

const PROTOCOLS: Readonly<Record<string, number>> = {
  ...{ icmp: 1, igmp: 2, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, sctp: 132, udplite: 136, dccp: 33 },
  ...{ icmpv6: 58, "ipv6-icmp": 58 },
};

/** Protocols that have ports, which `th` means. */
const WITH_PORTS = ["tcp", "udp", "sctp", "udplite", "dccp"] as const;

/** Types of messages that firewalls name. */
const TYPES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  icmp: { "echo-reply": 0, "destination-unreachable": 3, redirect: 5, "echo-request": 8, "time-exceeded": 11 },
  icmpv6: {
    ...{ "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "parameter-problem": 4 },
    ...{ "echo-request": 128, "echo-reply": 129, "nd-router-solicit": 133, "nd-router-advert": 134 },
    ...{ "nd-neighbor-solicit": 135, "nd-neighbor-advert": 136 },
  },
};

export const STATES = ["invalid", "established", "related", "new", "untracked"] as const;

/** A match's left side: what it reads of a packet, and how elements on its right become demands. */
export interface Field {
  readonly name: string;
  readonly demand: (elements: readonly string[], negated: boolean) => readonly Match[] | undefined;
}

const isOne = <Name extends string>(names: readonly Name[], word: string | undefined): word is Name =>
  names.some((name) => name === word);

/** Takes the field that stands next; nothing where it is none that is known. */
export function readField(reader: Reader): Field | undefined {
  const [first, second] = [reader.peek(), reader.peek(1)];
  const two = `${first} ${second}`;
  if (first === "iifname" || first === "oifname" || first === "iif" || first === "oif")
    return taken(reader, 1, onInterface(first));
  if (two === "meta iifname" || two === "meta oifname") return taken(reader, 2, onInterface(second ?? ""));
  if (two === "ct state") return taken(reader, 2, { name: two, demand: stateDemand });
  if (isOne(["meta skuid", "meta skgid", "tcp flags", "tcp sport", "udp sport", "th sport", "meta cgroup"], two)) {
    return taken(reader, 2, { name: two, demand: (elements, negated) => [circumstance(two, elements, negated)] });
  }
  if (isOne(["skuid", "skgid"], first)) {
    return taken(reader, 1, { name: first, demand: (elements, negated) => [circumstance(first, elements, negated)] });
  }
  return addressField(reader, first, second) ?? serviceField(reader, first, second, two);
}

function addressField(reader: Reader, first: string | undefined, second: string | undefined): Field | undefined {
  if (!isOne(["ip", "ip6"], first) || !isOne(["saddr", "daddr"], second)) return undefined;
  const family = first === "ip" ? everywhere4 : everywhere6;
  const of = second === "saddr" ? "from" : "to";
  return taken(reader, 2, {
    name: `${first} ${second}`,
    demand(elements, negated) {
      const given = addressesOf(elements);
      if (given === undefined) return undefined;
      const own: AddressSet = first === "ip" ? { v4: given.v4, v6: [] } : { v4: [], v6: given.v6 };
      return [{ of, addresses: negated ? subtract(family, own) : own }];
    },
  });
}

function serviceField(
  reader: Reader,
  first: string | undefined,
  second: string | undefined,
  two: string,
): Field | undefined {
  if (isOne([...WITH_PORTS, "th"], first) && second === "dport") {
    return taken(reader, 2, { name: two, demand: portDemand(first === "th" ? WITH_PORTS : [first]) });
  }
  if (two === "meta nfproto") return taken(reader, 2, { name: two, demand: familyDemand });
  if (isOne(["meta l4proto", "ip protocol", "ip6 nexthdr"], two)) {
    return taken(reader, 2, { name: two, demand: protocolDemand(two) });
  }
  if (isOne(["icmp", "icmpv6"], first) && second === "type") {
    return taken(reader, 2, { name: two, demand: typeDemand(first) });
  }
  return undefined;
}

function taken(reader: Reader, words: number, field: Field): Field {
  for (let at = 0; at < words; at += 1) reader.take();
  return field;
}

const circumstance = (name: string, elements: readonly string[], negated: boolean): Match => ({
  of: "circumstance",
  text: `${name} ${negated ? "!= " : ""}${elements.join(", ")}`,
});

const onInterface = (name: string): Field => ({
  name,
  demand: (elements, negated) => {
    const loopback = elements.includes("lo");
    const others = elements.some((each) => each !== "lo");
    const match: Match = { of: "interface", loopback: loopback !== negated, others: negated ? !others : others };
    // Which of the others a packet comes by, a ruleset does not say.
    return others ? [{ ...match, others: true }, circumstance(name, elements, negated)] : [match];
  },
});

function stateDemand(elements: readonly string[], negated: boolean): readonly Match[] | undefined {
  if (elements.some((each) => !isOne(STATES, each))) return undefined;
  return [{ of: "state", states: new Set(STATES.filter((state) => elements.includes(state) !== negated)) }];
}

const portDemand =
  (protocols: readonly string[]) =>
  (elements: readonly string[], negated: boolean): readonly Match[] | undefined => {
    const ports = portsOf(elements);
    if (ports === undefined) return undefined;
    const wanted = negated ? subtractRanges(numbers, [0, 65_535], ports) : ports;
    const each = protocols.map((name) => wanted.map((port) => Number(PROTOCOLS[name]) * 65_536 + port));
    return [{ of: "services", services: unionRanges(numbers, each) }];
  };

function familyDemand(elements: readonly string[], negated: boolean): readonly Match[] | undefined {
  const families = [everywhere4, everywhere6].filter(
    (_, at) => elements.includes(at === 0 ? "ipv4" : "ipv6") !== negated,
  );
  if (elements.some((each) => each !== "ipv4" && each !== "ipv6")) return undefined;
  return [
    {
      of: "from",
      addresses: families.length === 2 ? { v4: everywhere4.v4, v6: everywhere6.v6 } : (families[0] ?? nowhere),
    },
  ];
}

const protocolDemand =
  (field: string) =>
  (elements: readonly string[], negated: boolean): readonly Match[] | undefined => {
    const protocols = elements.map((each) => PROTOCOLS[each] ?? (/^\d{1,3}$/.test(each) ? Number(each) : 256));
    if (protocols.some((each) => each > 255)) return undefined;
    const given = unionRanges(numbers, protocols.map(stretch));
    const services: Match = { of: "services", services: negated ? subtractRanges(numbers, EVERY, given) : given };
    if (field === "meta l4proto") return [services];
    return [services, { of: "from", addresses: field === "ip protocol" ? everywhere4 : everywhere6 }];
  };

const typeDemand =
  (protocol: "icmp" | "icmpv6") =>
  (elements: readonly string[], negated: boolean): readonly Match[] | undefined => {
    const types = elements.map((each) => TYPES[protocol]?.[each] ?? (/^\d{1,3}$/.test(each) ? Number(each) : 256));
    if (types.some((each) => each > 255)) return undefined;
    const base = Number(PROTOCOLS[protocol]) * 65_536;
    const given = unionRanges(
      numbers,
      types.map((type) => [base + type, base + type]),
    );
    return [{ of: "services", services: negated ? subtractRanges(numbers, [base, base + 255], given) : given }];
  };

/** Reads the right side of a match; nothing where it cannot be told. */
export function readDemand(reader: Reader, field: Field, sets: Sets): readonly Match[] | undefined {
  const negated = reader.accepts("!=");
  if (!negated) reader.accepts("==");
  const elements = known(readList(reader), sets);
  return elements === undefined ? undefined : field.demand(elements, negated);
}

/** A value, or several after each other with commas: `established,related`. */
function readList(reader: Reader): Elements {
  const first = readElements(reader);
  if (!Array.isArray(first) || reader.peek() !== ",") return first;
  const found = [...(first as readonly string[])];
  while (reader.accepts(",")) found.push(reader.take()?.text ?? "");
  return found;
}

const known = (elements: Elements, sets: Sets): readonly string[] | undefined =>
  elements !== undefined && "set" in elements ? sets(elements.set) : elements;
