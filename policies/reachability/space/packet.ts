import { type AddressSet, cidrsOf } from "../../model/addresses.ts";
import { protocolAndPort, protocolName } from "./services.ts";
import type { Box, Space } from "./space.ts";

/** One packet that opens a connection. */
export interface Packet {
  /** `10.0.0.4`, `2001:db8::1`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  /** Type of a message where the protocol is ICMP. */
  readonly port: number;
}

/** Some packet of a set: the first of its first box; nothing where there is none. */
export function packetOf(space: Space): Packet | undefined {
  for (const { from, to, services } of space) {
    const point = services[0];
    const [source, target] = pairOf(from, to);
    if (point === undefined || source === undefined || target === undefined) continue;
    const { protocol, port } = protocolAndPort(point);
    return { from: source, to: target, protocol: protocolName(protocol), port };
  }
  return undefined;
}

function pairOf(from: AddressSet, to: AddressSet): readonly [string?, string?] {
  if (from.v4[0] !== undefined && to.v4[0] !== undefined) return [shown4(from.v4[0]), shown4(to.v4[0])];
  return from.v6[0] !== undefined && to.v6[0] !== undefined ? [shown6(from.v6[0]), shown6(to.v6[0])] : [];
}

const shown4 = (address: number): string => shownOne({ v4: [address, address], v6: [] });
const shown6 = (address: bigint): string => shownOne({ v4: [], v6: [address, address] });
const shownOne = (set: AddressSet): string => (cidrsOf(set)[0] ?? "").replace(/\/\d+$/, "");

/** The box of one packet. */
export const onlyPacket = ({ from, to, services }: Box): Box => {
  const point = services[0];
  const four = from.v4[0] !== undefined && to.v4[0] !== undefined;
  return {
    from: four ? { v4: oneOf(from.v4), v6: [] } : { v4: [], v6: oneOf(from.v6) },
    to: four ? { v4: oneOf(to.v4), v6: [] } : { v4: [], v6: oneOf(to.v6) },
    services: point === undefined ? [] : [point, point],
  };
};

const oneOf = <Point>(points: readonly Point[]): readonly Point[] => {
  const [first] = points;
  return first === undefined ? [] : [first, first];
};

/** `tcp 10.0.0.4 -> 10.0.1.5:5432`. */
export const shownPacket = ({ from, to, protocol, port }: Packet): string => {
  const target = to.includes(":") ? `[${to}]` : to;
  return `${protocol} ${from} -> ${target}:${port}`;
};
