import { flowId } from "../../names.ts";
import type { Listener, Transport } from "../../schema/listener.ts";

/** A connection that must be possible; all others must not be. */
export interface ResolvedFlow {
  /** `ticketing/api->database:5432` */
  readonly id: string;
  /** Parties: `ticketing/api`, `platform/endpoint-secrets`, `outside/internet`, `outside/admins`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  /** `redirect` is clear text that carries nothing but the way to HTTPS. */
  readonly transport: Transport | "redirect";
  readonly why: string;
  /** `service`: declared by the product. `platform`: what the platform gives every such component. */
  readonly origin: "service" | "platform";
}

/** Owners with a slash belong to the platform or another service, all others to this one. */
export const partyOf = (service: { readonly name: string }, owner: string): string =>
  owner.includes("/") ? owner : `${service.name}/${owner}`;

/** The same listener seen from another service. */
export const seenFrom = (service: { readonly name: string }, listener: Listener): Listener => ({
  ...listener,
  owner: partyOf(service, listener.owner),
});

/** One flow of `service` from a party to a listener. */
export function link(
  service: { readonly name: string },
  from: string,
  to: Pick<Listener, "owner" | "port" | "protocol"> & { readonly transport: ResolvedFlow["transport"] },
  why: string,
  origin: ResolvedFlow["origin"],
): ResolvedFlow {
  const [source, target] = [partyOf(service, from), partyOf(service, to.owner)];
  return {
    id: flowId(service.name, source, target, to.port, to.protocol),
    from: source,
    to: target,
    protocol: to.protocol,
    port: to.port,
    transport: to.transport,
    why,
    origin,
  };
}
