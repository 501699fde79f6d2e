import type { Hosts, Size } from "./component.ts";
import { type Listens, listenersOf, loopback, metrics, type Port, peer, tls } from "./listener.ts";
import type { Secret } from "./secret.ts";
import { type Bytes, type Duration, minutes, seconds } from "./units.ts";

/** A login of a store: least privilege in words, its password as a secret. */
export interface Account {
  readonly may: string;
  readonly password: Secret;
  /**
   * In a managed PostgreSQL: owns the database and all that migrations make in it, or belongs to a role of PostgreSQL's
   * own. Default: it may connect, and what migrations grant it by name.
   */
  readonly role?: "owner" | "pg_monitor" | "pg_read_all_data";
}
/** Logins by name; the constructors keep the names, so a misspelt one does not compile. */
export type Accounts = Readonly<Record<string, Account>>;

/** A store whose logins are known by name. */
type WithLogins<T extends { readonly accounts: Accounts }, Logins extends Accounts> = Omit<T, "accounts"> & {
  readonly accounts: Logins;
};

interface Stored {
  readonly name: string;
  readonly why: string;
}

/** Hosts of a store: three, one per zone, each with a data volume apart from the root. */
interface OnThreeHosts extends Stored {
  readonly zones: 3;
  readonly tier: "data";
  /** Host number in the service's block of the data subnet, 4 to 60. */
  readonly address: number;
  readonly size: Size;
  readonly dataVolume: Bytes;
}

/** PostgreSQL by Patroni and etcd on three hosts; quorum synchronous replication. */
export interface Patroni extends OnThreeHosts {
  readonly kind: "patroni";
  readonly version: 17;
  readonly database: string;
  readonly accounts: Accounts;
  readonly pointInTime: Duration;
  readonly listens: Listens<"sql" | "rest" | "etcdClient" | "etcdPeer" | "exporter" | "node">;
}

/** PostgreSQL as an RDS Multi-AZ DB cluster. A job of `postgresLogins` makes its logins: AWS makes an administrator only. */
export interface ManagedPostgres extends Stored {
  readonly kind: "managed-postgres";
  readonly version: 17;
  readonly database: string;
  readonly accounts: Accounts;
  readonly size: Size;
  readonly storage: Bytes;
  readonly pointInTime: Duration;
  readonly listens: Listens<"sql">;
}

/** MongoDB replica set on three hosts. */
export interface Mongo extends OnThreeHosts {
  readonly kind: "mongo";
  readonly version: 8;
  readonly database: string;
  readonly replicaSet: string;
  readonly accounts: Accounts;
  readonly listens: Listens<"mongo" | "exporter" | "node">;
}

/** MariaDB on the loopback of a component's host. */
export interface LocalMysql extends Stored {
  readonly kind: "local-mysql";
  readonly on: Hosts;
  readonly database: string;
  readonly accounts: Accounts;
  readonly listens: Listens<"mysql">;
}

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

/** A bucket that the application reads and writes. Never object-locked: personal data must be purgeable (MUN-SEC.2). */
export interface Objects<Prefix extends string = string> extends Stored {
  readonly kind: "objects";
  /** How long objects live unless the application deletes them sooner; absent: as long as the record they belong to. */
  readonly expires?: Duration;
  readonly noncurrent: Duration;
  /** Prefixes with their own largest object or purpose. */
  readonly prefixes: Readonly<
    Record<Prefix, { readonly why: string; readonly expires?: Duration; readonly maxObject?: Bytes }>
  >;
  /** Handed to clients only by signed URLs of at most this age; absent: never handed to clients. */
  readonly signedFor?: Duration;
}

/** Files shared by several hosts (EFS), encrypted at rest and in transit. */
export interface Files extends Stored {
  readonly kind: "files";
  readonly path: string;
  readonly uid: number;
  readonly listens: Listens<"nfs">;
}

export type Store = Patroni | ManagedPostgres | Mongo | LocalMysql | RedisSentinel | LocalRedis | Objects | Files;
/** Stores that stand on hosts of their own. */
export type HostedStore = Patroni | Mongo | RedisSentinel;

type Given<T extends Stored, Preset extends keyof T = never> = Omit<
  T,
  "kind" | "name" | "listens" | "zones" | "tier" | Preset
>;
const threeHosts = { zones: 3, tier: "data" } as const;
const NODE: Port = metrics(9100);

export const patroni = <const Logins extends Accounts>(
  name: string,
  given: Given<Patroni, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<Patroni, Logins> => ({
  ...given,
  ...threeHosts,
  kind: "patroni",
  name,
  version: 17,
  listens: listenersOf(name, {
    sql: tls(5432),
    rest: peer(8008),
    etcdClient: peer(2379),
    etcdPeer: peer(2380),
    exporter: metrics(9187),
    node: NODE,
  }),
});

export const managedPostgres = <const Logins extends Accounts>(
  name: string,
  given: Given<ManagedPostgres, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<ManagedPostgres, Logins> => ({
  ...given,
  kind: "managed-postgres",
  name,
  version: 17,
  listens: listenersOf(name, { sql: tls(5432) }),
});

export const mongo = <const Logins extends Accounts>(
  name: string,
  given: Given<Mongo, "version" | "accounts"> & { readonly accounts: Logins },
): WithLogins<Mongo, Logins> => ({
  ...given,
  ...threeHosts,
  kind: "mongo",
  name,
  version: 8,
  listens: listenersOf(name, { mongo: tls(27017), exporter: metrics(9216), node: NODE }),
});

export const localMysql = <const Logins extends Accounts>(
  name: string,
  given: Given<LocalMysql, "accounts"> & { readonly accounts: Logins },
): WithLogins<LocalMysql, Logins> => ({
  ...given,
  kind: "local-mysql",
  name,
  listens: listenersOf(name, { mysql: loopback(3306) }),
});

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

export const objects = <const Prefix extends string>(name: string, given: Given<Objects<Prefix>>): Objects<Prefix> => ({
  ...given,
  kind: "objects",
  name,
});

export const files = (name: string, given: Given<Files>): Files => ({
  ...given,
  kind: "files",
  name,
  listens: listenersOf(name, { nfs: tls(2049) }),
});

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
