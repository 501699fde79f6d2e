import { podsDomain } from "../../services/names.ts";
import { observability, prometheus } from "../../services/observability.ts";
import { type Estate, type Host, hostGroups, type ResolvedService } from "../../services/resolve.ts";
import { type Hosts, listeners, type Pods } from "../../services/schema/component.ts";
import type { Listener } from "../../services/schema/listener.ts";
import type { HostedStore } from "../../services/schema/store.ts";
import { exportersOf, redisAddress, redisInstances } from "./exporters.ts";
import { observabilityOf } from "./observability.ts";

/** Words that every sample of a target has. */
export interface TargetLabels {
  readonly job: string;
  readonly service: string;
  readonly component: string;
  readonly host: string;
  readonly zone: string;
  /** Which of several programs behind one exporter; the port's name in the catalogue. */
  readonly listener?: string;
}

/** What Prometheus asks on a host. */
export interface Target {
  /** `api-a.ticketing.dev.internal.example.org:9100` */
  readonly address: string;
  readonly labels: TargetLabels;
  /** What an exporter that can ask several programs is to ask: `rediss://redis-a...:6379`. */
  readonly asks?: string;
  /** Service whose metrics token the program wants to see. */
  readonly token?: string;
}

/** A health endpoint that is asked from outside: an address for HTTP, `host:port` for TCP. */
export interface Probe {
  readonly target: string;
  readonly module: "http" | "tcp";
  readonly labels: TargetLabels;
}

/** Pods of a component: found by labels, known by the name in their certificate. */
export interface PodScrape {
  readonly service: string;
  readonly component: string;
  readonly serverName: string;
  readonly port: string;
  readonly token: boolean;
}

/** The way in to a service on pods, whose health is asked on each pod. */
export interface EdgeProbe {
  readonly service: string;
  readonly component: string;
  readonly serverName: string;
  readonly port: number;
  readonly path: string;
}

/** The secret with which Prometheus reads an application's metrics. */
const TOKEN = "metrics-token";

/** Whether a component knows the metrics token, and Prometheus may read it: no other is shown it. */
const knowsToken = ({ service, secrets }: ResolvedService, component: string): boolean =>
  secrets.some(
    ({ name, consumers }) =>
      name === TOKEN &&
      consumers.includes(`${service.name}/${component}`) &&
      consumers.includes(`${observability.name}/${prometheus.name}`),
  );

const labels = (job: string, { service }: ResolvedService, host: Host): TargetLabels => ({
  job,
  service: service.name,
  component: host.group,
  host: host.name,
  zone: host.zone.letter,
});

function targetsOf(resolved: ResolvedService, group: Hosts | HostedStore, host: Host): readonly Target[] {
  return exportersOf(resolved.service, group).flatMap((exporter): readonly Target[] => {
    const found = {
      address: `${host.domain}:${exporter.listener.port}`,
      labels: labels(exporter.kind, resolved, host),
    };
    switch (exporter.kind) {
      case "application":
        return [knowsToken(resolved, group.name) ? { ...found, token: resolved.service.name } : found];
      case "redis":
        return redisInstances(exporter.store).map((each) => ({
          ...found,
          labels: { ...found.labels, listener: each.name },
          asks: redisAddress(each, host),
        }));
      default:
        return [found];
    }
  });
}

/** Every group of hosts with its hosts. */
const placed = (resolved: ResolvedService) =>
  hostGroups(resolved.service).flatMap((group) =>
    resolved.hosts.filter((host) => host.group === group.name).map((host) => ({ resolved, group, host })),
  );

/** Every metrics port of every host of an environment (TKT-4.1). */
export const hostTargets = (estate: Estate): readonly Target[] =>
  estate.services.flatMap(placed).flatMap(({ resolved, group, host }) => targetsOf(resolved, group, host));

/** The platform's own programs, which give their metrics where they serve HTTP. */
export const platformTargets = (estate: Estate): readonly Target[] =>
  placed(observabilityOf(estate)).flatMap(({ resolved, group, host }) =>
    listeners(group)
      .filter(({ purpose, speaks, transport }) => purpose === "service" && speaks === "http" && transport === "tls")
      .map(({ name, port }) => ({
        address: `${host.domain}:${port}`,
        labels: { ...labels("platform", resolved, host), listener: name },
      })),
  );

/** The listener that a component answers for its health on, where it can be asked from outside. */
function healthListener(group: Hosts | HostedStore): Listener | undefined {
  if (group.kind !== "hosts" || group.health.kind === "exec") return undefined;
  const { on } = group.health;
  return listeners(group).find(({ name, transport }) => name === on && transport !== "loopback");
}

/** Health endpoints of components on hosts (MUN-3.7, BRK-29.1). */
export const hostProbes = (estate: Estate): readonly Probe[] =>
  estate.services.flatMap(placed).flatMap(({ resolved, group, host }): readonly Probe[] => {
    const listener = healthListener(group);
    if (listener === undefined || group.kind !== "hosts") return [];
    const where = `${host.domain}:${listener.port}`;
    const common = { labels: { ...labels("probe", resolved, host), listener: listener.name } };
    return group.health.kind === "http"
      ? [{ ...common, module: "http", target: `https://${where}${group.health.path}` }]
      : [{ ...common, module: "tcp", target: where }];
  });

const podsOf = ({ service }: ResolvedService): readonly Pods[] =>
  service.components.filter((component) => component.kind === "pods");

/** Every metrics port of pods. */
export const podScrapes = (estate: Estate): readonly PodScrape[] =>
  estate.services.flatMap((resolved) =>
    podsOf(resolved).flatMap((component) =>
      listeners(component)
        .filter(({ purpose }) => purpose === "metrics")
        .map(({ name }) => ({
          service: resolved.service.name,
          component: component.name,
          serverName: podsDomain(resolved.service, component),
          port: name,
          token: knowsToken(resolved, component.name),
        })),
    ),
  );

/** Where pods are entered from a load balancer. */
export const edgeProbes = (estate: Estate): readonly EdgeProbe[] =>
  estate.services.flatMap((resolved) =>
    resolved.service.entrypoints.flatMap((entrypoint) => {
      const component = podsOf(resolved).find(({ name }) => name === entrypoint.to.owner);
      if (component === undefined) return [];
      return [
        {
          service: resolved.service.name,
          component: component.name,
          serverName: podsDomain(resolved.service, component),
          port: entrypoint.to.port,
          path: entrypoint.health,
        },
      ];
    }),
  );
