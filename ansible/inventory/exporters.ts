import { type Hosts, listeners } from "../../services/schema/component.ts";
import type { LocalMysql, Mongo, Patroni } from "../../services/schema/databases.ts";
import type { Listener } from "../../services/schema/listener.ts";
import type { LocalRedis, RedisSentinel } from "../../services/schema/redis.ts";
import type { Service } from "../../services/schema/service.ts";
import type { HostedStore } from "../../services/schema/store.ts";

/** What answers on a metrics port of a host, and whose figures it gives. */
export type Exporter =
  | { readonly kind: "node" | "nginx" | "application"; readonly listener: Listener }
  | { readonly kind: "postgres"; readonly listener: Listener; readonly store: Patroni }
  | { readonly kind: "redis"; readonly listener: Listener; readonly store: RedisSentinel | LocalRedis }
  | { readonly kind: "mysqld"; readonly listener: Listener; readonly store: LocalMysql }
  | { readonly kind: "mongodb"; readonly listener: Listener; readonly store: Mongo };

/** Every metrics port of a component or store on hosts. Throws with the path for one that nothing is known to answer on. */
export const exportersOf = (service: Service, group: Hosts | HostedStore): readonly Exporter[] =>
  listeners(group)
    .filter(({ purpose }) => purpose === "metrics")
    .map((listener) => exporterOf(service, group, listener));

function exporterOf(service: Service, group: Hosts | HostedStore, listener: Listener): Exporter {
  if (listener.name === "node") return { kind: "node", listener };
  const found = group.kind === "hosts" ? ofComponent(service, group, listener) : ofStore(group, listener);
  if (found !== undefined) return found;
  const allowed = "node, nginx, app, redis and mysql with such a store on its hosts, exporter of a store";
  throw new Error(`${service.name}/${group.name}/listens/${listener.name}: must be one of ${allowed}`);
}

function ofComponent({ stores }: Service, group: Hosts, listener: Listener): Exporter | undefined {
  switch (listener.name) {
    case "app":
      return { kind: "application", listener };
    case "nginx":
      return { kind: "nginx", listener };
    case "redis": {
      const store = stores.find((each) => each.kind === "local-redis" && each.on === group);
      return store?.kind === "local-redis" ? { kind: "redis", listener, store } : undefined;
    }
    case "mysql": {
      const store = stores.find((each) => each.kind === "local-mysql" && each.on === group);
      return store?.kind === "local-mysql" ? { kind: "mysqld", listener, store } : undefined;
    }
    default:
      return undefined;
  }
}

function ofStore(store: HostedStore, listener: Listener): Exporter | undefined {
  if (listener.name !== "exporter") return undefined;
  switch (store.kind) {
    case "patroni":
      return { kind: "postgres", listener, store };
    case "redis-sentinel":
      return { kind: "redis", listener, store };
    case "mongo":
      return { kind: "mongodb", listener, store };
  }
}

/** One Redis on a host: which of its ports, and how it is addressed from the host with this domain. */
export interface RedisInstance {
  /** Name of the port in the catalogue: `redis`, `cache`, `sentinel`. */
  readonly name: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Every Redis of a store on each of its hosts, Sentinel among them (TKT-4.5). */
export function redisInstances(store: RedisSentinel | LocalRedis): readonly RedisInstance[] {
  if (store.kind === "local-redis") return [instance(store.listens.redis)];
  const { redis, cache, sentinel } = store.listens;
  return [redis, ...(store.cache === undefined ? [] : [cache]), sentinel].map(instance);
}

const instance = ({ name, port, transport }: Listener): RedisInstance => ({
  name,
  port,
  tls: transport !== "loopback",
});

/** The address that an exporter asks one Redis at, seen from its host. */
export const redisAddress = ({ port, tls }: RedisInstance, { domain }: { readonly domain: string }): string =>
  tls ? `rediss://${domain}:${port}` : `redis://127.0.0.1:${port}`;
