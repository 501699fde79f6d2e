/** Ports that something listens on, and how bytes travel to them. */

/**
 * How bytes are protected on the way.
 * `starttls` upgrades before any credential is sent. `loopback` never leaves the host or pod.
 * `link-local` never leaves the hypervisor (VPC resolver, time service, instance identity): AWS offers no TLS there.
 */
export type Transport = "tls" | "mtls" | "starttls" | "loopback" | "link-local";

/** What a port is for: `peer` is for members of the same store, `metrics` for the platform's Prometheus. */
export type Purpose = "service" | "peer" | "metrics";

export interface Port {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly transport: Transport;
  readonly purpose: Purpose;
  /** The application protocol, where the platform speaks it (probes, load balancers). */
  readonly speaks?: "http";
}

/** A port of a named owner: what flows point at. */
export interface Listener extends Port {
  readonly owner: string;
  readonly name: string;
}

/** The ports of an owner, by name; a misspelt name does not compile. */
export type Listens<Name extends string = string> = { readonly [name in Name]: Listener };

const tcp = (port: number, transport: Transport, purpose: Purpose = "service"): Port => ({
  port,
  protocol: "tcp",
  transport,
  purpose,
});

/** HTTP over TLS. */
export const https = (port: number): Port => ({ ...tcp(port, "tls"), speaks: "http" });
/** HTTP over TLS with client certificates. */
export const mutualHttps = (port: number): Port => ({ ...tcp(port, "mtls"), speaks: "http" });
/** Any other protocol over TLS. */
export const tls = (port: number): Port => tcp(port, "tls");
/** Any protocol over TLS with client certificates. */
export const mtls = (port: number): Port => tcp(port, "mtls");
/** Reachable from the same host or pod only. */
export const loopback = (port: number): Port => tcp(port, "loopback");
/** For members of the same store; mutual TLS. */
export const peer = (port: number): Port => tcp(port, "mtls", "peer");
/** Prometheus metrics over TLS, scraped by the platform. */
export const metrics = (port: number): Port => ({ ...tcp(port, "tls", "metrics"), speaks: "http" });

/** Names the ports of one owner. */
export function listenersOf<const Name extends string>(
  owner: string,
  ports: { readonly [name in Name]: Port },
): Listens<Name> {
  const named = Object.entries<Port>(ports).map(([name, port]) => [name, { owner, name, ...port }]);
  return Object.fromEntries(named) as Listens<Name>;
}
