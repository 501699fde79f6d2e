import { type AddressSet, nowhere, parseCidr, union } from "../../model/addresses.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { services as clusterServices } from "../../model/cluster/services.ts";
import type { Estate } from "../../model/estate.ts";
import { objectOf, textOf } from "../../model/json.ts";
import { loadBalancers, type TargetGroup, targetGroups } from "../../model/load-balancers.ts";
import type { Resource } from "../../model/terraform/resource.ts";
import { isUnknown, known, type Value } from "../../model/value.ts";
import type { Site } from "../parties/site.ts";
import { allOf, everyService, protocolServices, type Services, service } from "../space/services.ts";

const LISTENED = {};

/** What a load balancer answers: the ports of its listeners. */
export function listenedBy(estate: Estate, balancer: Resource | undefined): Services {
  const all = estate.once(LISTENED, () => {
    const found = new Map<Resource, Services>();
    for (const { resource, listeners } of estate.of(loadBalancers)) {
      found.set(resource, allOf(listeners.map(({ port, protocol }) => portOf(port, protocol))));
    }
    return found;
  });
  return balancer === undefined ? everyService : (all.get(balancer) ?? everyService);
}

/** A port of TCP, of UDP, or of both; all of them where that is not known. */
function portOf(port: Value<number> | undefined, protocol: Value<string> | undefined): Services {
  const word = known(protocol) ?? "";
  const names = word.includes("UDP") || word === "QUIC" ? (["udp"] as const) : [];
  const both = word.startsWith("UDP") || word === "QUIC" ? names : (["tcp", ...names] as const);
  if (port === undefined || isUnknown(port))
    return allOf(both.map((name) => protocolServices(name === "tcp" ? 6 : 17)));
  return allOf(both.map((name) => service(name, port)));
}

/** A target that a load balancer sends to. */
export interface Target {
  readonly group: TargetGroup;
  readonly resource: Resource | undefined;
  readonly addresses: AddressSet;
  readonly pods: readonly Pod[];
  readonly services: Services;
}

const TARGETS = {};

/** Targets of every load balancer, those that a TargetGroupBinding registers too. */
function targetsByBalancer(estate: Estate): ReadonlyMap<Resource, readonly Target[]> {
  return estate.once(TARGETS, () => {
    const { terraform } = estate;
    const attached = Map.groupBy(
      terraform.ofType("aws_lb_target_group_attachment", "aws_alb_target_group_attachment"),
      ({ block }) => terraform.find(block.text("target_group_arn"), "aws_lb_target_group", "aws_alb_target_group"),
    );
    const found = new Map<Resource, Target[]>();
    for (const group of estate.of(targetGroups)) {
      const own = [
        ...(attached.get(group.resource) ?? []).map((each) => attachedTo(estate, group, each)),
        ...boundTo(estate, group),
      ];
      for (const balancer of new Set(group.listeners.map(({ balancer: each }) => each))) {
        if (balancer !== undefined) found.set(balancer, [...(found.get(balancer) ?? []), ...own]);
      }
    }
    return found;
  });
}

export const targetsOf = (estate: Estate, balancer: Resource | undefined): readonly Target[] =>
  balancer === undefined ? [] : (targetsByBalancer(estate).get(balancer) ?? []);

/** The port of requests and that of health checks. */
function servicesOf(group: TargetGroup, own: Value<number> | undefined): Services {
  const health = known(group.resource.block.block("health_check")?.text("port"));
  const port = own ?? group.port;
  const checked = health === undefined || health === "traffic-port" ? [] : [service("tcp", Number(health) || 0)];
  return allOf([portOf(port, group.protocol), ...checked]);
}

function attachedTo(estate: Estate, group: TargetGroup, { block }: Resource): Target {
  const id = block.text("target_id");
  const resource = estate.terraform.find(id);
  const addresses = typeof id === "string" ? (parseCidr(id) ?? nowhere) : nowhere;
  return { group, resource, addresses, pods: [], services: servicesOf(group, block.number("port")) };
}

/** Pods of the Service that a TargetGroupBinding names; the group by its ARN's or its own name. */
function boundTo(estate: Estate, group: TargetGroup): readonly Target[] {
  const name = known(group.name);
  return estate.manifests
    .filter(({ kind }) => kind === "TargetGroupBinding")
    .flatMap(({ body, namespace }): readonly Target[] => {
      const spec = objectOf(body["spec"]);
      const named = textOf(spec["targetGroupName"]) ?? textOf(spec["targetGroupARN"])?.split("/")[1];
      if (name === undefined || named !== name) return [];
      const reference = objectOf(spec["serviceRef"]);
      const served = estate
        .of(clusterServices)
        .find((each) => each.namespace === (namespace ?? "default") && each.name === reference["name"]);
      const asked = reference["port"];
      const port = served?.ports.find((each) => each.port === asked || each.name === asked);
      const target = port?.target;
      const number = typeof target === "number" ? target : known(port?.port);
      return [
        {
          group,
          resource: undefined,
          addresses: nowhere,
          pods: served?.pods ?? [],
          services: servicesOf(group, number),
        },
      ];
    });
}

/** Targets of a load balancer at a site. */
export const targetsAt = (estate: Estate, balancer: Site, to: Site): readonly Target[] =>
  balancer.interfaces.flatMap(({ resource }) => targetsOf(estate, resource)).filter((target) => isAt(target, to));

/** What a load balancer sends to a site: only to its targets there. */
export function sentTo(
  estate: Estate,
  balancer: Site,
  to: Site,
): { readonly to: AddressSet; readonly services: Services } {
  const mine = targetsAt(estate, balancer, to);
  const hosts = mine.flatMap(({ resource, addresses }) => [
    addresses,
    ...to.interfaces
      .filter((each) => each.resource !== undefined && each.resource === resource)
      .map((each) => each.addresses),
  ]);
  const pods = mine.some((target) => target.pods.length > 0);
  return { to: pods ? to.addresses : union(hosts), services: allOf(mine.map(({ services }) => services)) };
}

function isAt({ resource, addresses, pods }: Target, { interfaces, kind, pods: own, addresses: all }: Site): boolean {
  if (pods.length > 0) return kind === "pods" && pods.some((pod) => own.includes(pod));
  if (resource !== undefined) return interfaces.some((each) => each.resource === resource);
  const [first] = addresses.v4;
  return (
    first !== undefined &&
    kind !== "pods" &&
    all.v4.some((from, at) => at % 2 === 0 && from <= first && first <= (all.v4[at + 1] ?? -1))
  );
}
