import type { LocalMysql, ManagedPostgres, Mongo, Patroni } from "./databases.ts";
import type { Files, Objects } from "./files.ts";
import type { LocalRedis, RedisSentinel } from "./redis.ts";

export type Store = Patroni | ManagedPostgres | Mongo | LocalMysql | RedisSentinel | LocalRedis | Objects | Files;
/** Stores that stand on hosts of their own. */
export type HostedStore = Patroni | Mongo | RedisSentinel;

/** True for stores with hosts of their own. */
export const isHosted = (store: Store): store is HostedStore =>
  store.kind === "patroni" || store.kind === "mongo" || store.kind === "redis-sentinel";

/** Ports that the members of a store use among themselves, besides those marked `peer`. */
export const peerPorts = (store: HostedStore): readonly string[] => {
  switch (store.kind) {
    case "patroni":
      return ["sql", "rest", "etcdClient", "etcdPeer"];
    case "mongo":
      return ["mongo"];
    case "redis-sentinel":
      return store.cache === undefined ? ["redis", "sentinel"] : ["redis", "cache", "sentinel"];
  }
};
