import { covers, parseCidr } from "../addresses.ts";
import type { Directive } from "./parse.ts";

/** Where a server accepts connections. */
export interface Listen {
  /** `10.0.0.1`, `*` for all of IPv4, `::` for all of IPv6, `unix:/run/x`, or a name. */
  readonly address: string;
  /** Nothing for a socket of the file system; NaN where it is no number. */
  readonly port: number | undefined;
  readonly tls: boolean;
  /** QUIC, too, comes in datagrams. */
  readonly protocol: "tcp" | "udp";
  readonly proxyProtocol: boolean;
  readonly isDefault: boolean;
  /** Reached from its own host alone. */
  readonly loopback: boolean;
}

/** Where nothing is said: `*:80`, for NGINX is started as root. */
export const unsaid: Listen = {
  ...{ address: "*", port: 80, tls: false, protocol: "tcp" },
  ...{ proxyProtocol: false, isDefault: false, loopback: false },
};

export function listenOf({ words }: Directive): Listen {
  const [place = "", ...options] = words;
  const { address, port } = placeOf(place);
  return {
    address,
    port,
    tls: options.includes("ssl") || options.includes("quic"),
    protocol: options.includes("udp") || options.includes("quic") ? "udp" : "tcp",
    proxyProtocol: options.includes("proxy_protocol"),
    isDefault: options.includes("default_server") || options.includes("default"),
    loopback: isLoopback(address),
  };
}

/** `8080`, `*:80`, `10.0.0.1:80`, `[::]:80`, `localhost`, `unix:/run/x`, as NGINX takes them apart. */
export function placeOf(place: string): Pick<Listen, "address" | "port"> {
  if (place.startsWith("unix:")) return { address: place, port: undefined };
  if (/^\d+$/.test(place)) return { address: "*", port: Number(place) };
  const six = /^\[([^\]]*)\](?::(.*))?$/.exec(place);
  if (six !== null) return { address: six[1] ?? "", port: Number(six[2] ?? 80) };
  const colon = place.lastIndexOf(":");
  if (colon < 0) return { address: place === "" ? "*" : place, port: 80 };
  return { address: place.slice(0, colon), port: Number(place.slice(colon + 1)) };
}

const LOOPBACK = [parseCidr("127.0.0.0/8"), parseCidr("::1/128")];

/** Whether an address is on this very host: of the loopback interface or of the file system. */
export function isLoopback(address: string): boolean {
  if (address === "localhost" || address.startsWith("unix:")) return true;
  const set = parseCidr(address.replace(/^\[(.*)\]$/, "$1"));
  return set !== undefined && LOOPBACK.some((all) => all !== undefined && covers(all, set));
}
