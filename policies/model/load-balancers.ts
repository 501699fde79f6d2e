import { kind } from "./estate.ts";
import { type ForwardedTo, type ListenerAction, listenerActions, listenerTypes } from "./listener-actions.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Resource } from "./terraform/resource.ts";
import { known, type Value } from "./value.ts";

/** A load balancer of the second generation, whichever of its two names Terraform's resource has. */
export interface LoadBalancer {
  readonly at: Place;
  readonly resource: Resource;
  readonly name: Value<string> | undefined;
  /** `application` where none is said. */
  readonly type: Value<string>;
  /** Whether only private addresses reach it. Absent in Terraform: it is on the internet. */
  readonly internal: Value<boolean>;
  /** Whether headers that are not valid are dropped rather than passed on. */
  readonly dropsInvalidHeaders: Value<boolean>;
  /** `defensive` where none is said. */
  readonly desyncMitigation: Value<string>;
  /** What becomes of X-Forwarded-For as a client sends it: `append`, where none is said, `preserve`, `remove`. */
  readonly forwardedFor: Value<string>;
  readonly listeners: readonly Listener[];
}

/** A listener of a load balancer with all its rules. */
export interface Listener {
  readonly at: Place;
  readonly resource: Resource;
  readonly balancer: Resource | undefined;
  readonly port: Value<number> | undefined;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC`, `TCP_QUIC`; `GENEVE` for gateways, which have none. */
  readonly protocol: Value<string>;
  /** The name of its TLS policy, where one is given. */
  readonly policy: Value<string> | undefined;
  readonly certificate: Value<string> | undefined;
  /** What it answers for Strict-Transport-Security, where it sets it. */
  readonly strictTransport: Value<string> | undefined;
  readonly mutual: MutualAuthentication | undefined;
  /** Its own default actions and those of its rules. */
  readonly actions: readonly ListenerAction[];
}

/** Whether and how a listener asks clients for certificates. */
export interface MutualAuthentication {
  /** `off`, `verify`, `passthrough`. */
  readonly mode: Value<string>;
  readonly trustStore: Value<string> | undefined;
  readonly acceptsExpired: Value<boolean>;
}

/** What a load balancer sends requests on to. */
export interface TargetGroup {
  readonly at: Place;
  readonly resource: Resource;
  readonly name: Value<string> | undefined;
  /** `instance`, `ip`, `lambda`, `alb`. */
  readonly type: Value<string>;
  readonly port: Value<number> | undefined;
  readonly protocol: Value<string> | undefined;
  /** Of the health check; `HTTP` where none is said, `TCP` for groups that speak TCP, TLS or UDP. */
  readonly healthProtocol: Value<string>;
  /** Listeners whose actions lead here. */
  readonly listeners: readonly Listener[];
}

export const loadBalancerTypes = ["aws_lb", "aws_alb"] as const;
export const targetGroupTypes = ["aws_lb_target_group", "aws_alb_target_group"] as const;

/** Every listener. */
export const listeners = kind<Listener>("listener", (estate) => {
  const { terraform } = estate;
  const [actions] = estate.of(listenerActions);
  return terraform.ofType(...listenerTypes).map((resource) => {
    const { block } = resource;
    const balancer = terraform.find(block.text("load_balancer_arn"), ...loadBalancerTypes);
    return {
      at: placeOfResource(resource),
      resource,
      balancer,
      port: block.number("port"),
      protocol: block.text("protocol") ?? protocolWithout(balancer),
      policy: block.text("ssl_policy"),
      certificate: block.text("certificate_arn"),
      strictTransport: block.text("routing_http_response_strict_transport_security_header_value"),
      mutual: mutualOf(block.block("mutual_authentication")),
      actions: actions?.get(resource) ?? [],
    };
  });
});

/** A listener of a gateway has no protocol; that of an application load balancer speaks HTTP. */
const protocolWithout = (balancer: Resource | undefined): Value<string> =>
  known(balancer?.block.text("load_balancer_type")) === "gateway" ? "GENEVE" : "HTTP";

const mutualOf = (block: Block | undefined): MutualAuthentication | undefined =>
  block === undefined
    ? undefined
    : {
        mode: block.text("mode") ?? "off",
        trustStore: block.text("trust_store_arn"),
        acceptsExpired: block.flag("ignore_client_certificate_expiry") ?? false,
      };

/** Every load balancer with its listeners. */
export const loadBalancers = kind<LoadBalancer>("load balancer", (estate) => {
  const byBalancer = Map.groupBy(estate.of(listeners), ({ balancer }) => balancer);
  return estate.terraform.ofType(...loadBalancerTypes).map((resource) => {
    const { block } = resource;
    return {
      at: placeOfResource(resource),
      resource,
      name: block.text("name"),
      type: block.text("load_balancer_type") ?? "application",
      internal: block.flag("internal") ?? false,
      dropsInvalidHeaders: block.flag("drop_invalid_header_fields") ?? false,
      desyncMitigation: block.text("desync_mitigation_mode") ?? "defensive",
      forwardedFor: block.text("xff_header_processing_mode") ?? "append",
      listeners: byBalancer.get(resource) ?? [],
    };
  });
});

/** Every target group, with the listeners that lead to it. */
export const targetGroups = kind<TargetGroup>("target group", (estate) => {
  const uses = new Map<Resource, Set<Listener>>();
  for (const listener of estate.of(listeners)) {
    for (const { group } of listener.actions.flatMap((action): readonly ForwardedTo[] => action.targets)) {
      if (group !== undefined) uses.set(group, (uses.get(group) ?? new Set()).add(listener));
    }
  }
  return estate.terraform.ofType(...targetGroupTypes).map((resource) => {
    const { block } = resource;
    const protocol = block.text("protocol");
    return {
      at: placeOfResource(resource),
      resource,
      name: block.text("name"),
      type: block.text("target_type") ?? "instance",
      port: block.number("port"),
      protocol,
      healthProtocol: block.block("health_check")?.text("protocol") ?? healthWithout(protocol),
      listeners: [...(uses.get(resource) ?? [])],
    };
  });
});

const healthWithout = (protocol: Value<string> | undefined): string =>
  /^(?:TCP|TLS|UDP|TCP_UDP|GENEVE|QUIC|TCP_QUIC)$/i.test(String(known(protocol))) ? "TCP" : "HTTP";

/**
 * Whether targets see addresses of clients in the place of the load balancer's: where nothing is said instances do, and
 * whatever speaks UDP; an application load balancer never lets them (Elastic Load Balancing, "Target groups for your Network
 * Load Balancers: Client IP preservation", read 2026-11-23).
 */
export function preservesClients({ protocol, type, resource }: TargetGroup): Value<boolean> {
  const spoken = known(protocol) ?? "";
  if (/UDP|QUIC/.test(spoken)) return true;
  if (spoken !== "TCP" && spoken !== "TLS") return false;
  return resource.block.flag("preserve_client_ip") ?? known(type) === "instance";
}
