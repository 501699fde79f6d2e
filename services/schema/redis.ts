import type { Hosts } from "./component.ts";
import { type Listens, listenersOf, loopback, metrics, tls } from "./listener.ts";
import {
  type Accounts,
  type Given,
  NODE,
  type OnThreeHosts,
  type Stored,
  threeHosts,
  type WithLogins,
} from "./stored.ts";
import { type Bytes, type Duration, minutes, seconds } from "./units.ts";

/** How Sentinel decides that a primary is lost (TKT-6.5). */
export interface Failover {
  readonly quorum: number;
  readonly downAfter: Duration;
  readonly timeout: Duration;
  readonly parallelSyncs: number;
  /** A primary that reaches fewer replicas refuses writes. */
  readonly minReplicasToWrite: number;
  readonly maxReplicaLag: Duration;
}

/** Redis with Sentinel on three hosts: durable data on 6379; a cache, where wanted, is its own instance on 6380. */
export interface RedisSentinel extends OnThreeHosts {
  readonly kind: "redis-sentinel";
  readonly version: 8;
  /** What the durable instance holds; append-only file each second, `noeviction`. */
  readonly durable: readonly string[];
  /** What the cache holds (`allkeys-lru`, no persistence); those keys may be lost. Absent: no cache instance. */
  readonly cache?: readonly string[];
  readonly memory: { readonly durable: Bytes; readonly cache?: Bytes };
  readonly failover: Failover;
  /** Sentinel knows the same logins, and lets them ask for the primary and hear of a new one, nothing else. */
  readonly accounts: Accounts;
  readonly listens: Listens<"redis" | "cache" | "sentinel" | "exporter" | "node">;
}

/** Redis on the loopback of a component's hosts, with password, append-only file and `noeviction`. */
export interface LocalRedis extends Stored {
  readonly kind: "local-redis";
  readonly on: Hosts;
  readonly holds: readonly string[];
  readonly memory: Bytes;
  readonly accounts: Accounts;
  readonly listens: Listens<"redis">;
}

/** Five seconds to notice, quorum of two, writes refused without a replica at most ten seconds behind. */
export const defaultFailover: Failover = {
  quorum: 2,
  downAfter: seconds(5),
  timeout: minutes(1),
  parallelSyncs: 1,
  minReplicasToWrite: 1,
  maxReplicaLag: seconds(10),
};

export const redisSentinel = <const Logins extends Accounts>(
  name: string,
  given: Given<RedisSentinel, "version" | "failover" | "accounts"> & {
    readonly failover?: Failover;
    readonly accounts: Logins;
  },
): WithLogins<RedisSentinel, Logins> => ({
  ...given,
  ...threeHosts,
  kind: "redis-sentinel",
  name,
  version: 8,
  failover: given.failover ?? defaultFailover,
  listens: listenersOf(name, {
    redis: tls(6379),
    cache: tls(6380),
    sentinel: tls(26379),
    exporter: metrics(9121),
    node: NODE,
  }),
});

export const localRedis = <const Logins extends Accounts>(
  name: string,
  given: Given<LocalRedis, "accounts"> & { readonly accounts: Logins },
): WithLogins<LocalRedis, Logins> => ({
  ...given,
  kind: "local-redis",
  name,
  listens: listenersOf(name, { redis: loopback(6379) }),
});
