import type { LocalMysql, ManagedPostgres, Mongo, Patroni } from "../../schema/databases.ts";
import type { Files, Objects } from "../../schema/files.ts";
import type { Failover, LocalRedis, RedisSentinel } from "../../schema/redis.ts";
import type { Store } from "../../schema/store.ts";
import type { Account } from "../../schema/stored.ts";
import {
  choice,
  dictionary,
  flag,
  optional,
  positive,
  record,
  type Shape,
  texts,
  time,
  timeOrNone,
  union,
  whole,
  words,
} from "../shape.ts";
import { address, hosts, listens, size } from "./components.ts";
import { database, login, name, path } from "./texts.ts";
import { secret } from "./values.ts";

/** All that keeps data. */

const bytes = positive();
export const account: Shape = record<Account>({
  may: words,
  password: secret,
  role: optional(choice("owner", "pg_monitor", "pg_read_all_data")),
  replicates: optional(flag),
  appendOnly: optional(texts(words, 1)),
});
const accounts = dictionary(account, login);

const stored = { kind: words, name, why: words };
const threeHosts = { ...stored, zones: choice(3), tier: choice("data"), address, size, dataVolume: bytes, listens };
const failover = record<Failover>({
  quorum: whole(2, 3),
  downAfter: time,
  timeout: time,
  parallelSyncs: whole(1, 2),
  minReplicasToWrite: whole(1, 2),
  maxReplicaLag: time,
});

/** Stores with hosts of their own: they open connections, too. */
export const hostedStores = {
  patroni: record<Patroni>({
    ...threeHosts,
    version: choice(17),
    database,
    accounts,
    pointInTime: time,
    recovery: optional(choice("default", "fast")),
  }),
  mongo: record<Mongo>({ ...threeHosts, version: choice(8), database, replicaSet: name, accounts }),
  "redis-sentinel": record<RedisSentinel>({
    ...threeHosts,
    version: choice(8),
    durable: texts(),
    cache: optional(texts()),
    memory: record<RedisSentinel["memory"]>({ durable: bytes, cache: optional(bytes) }),
    failover,
    accounts,
  }),
};
const prefix = record<Objects["prefixes"][string]>({
  why: words,
  expires: optional(time),
  maxObject: optional(bytes),
});
export const objects: Shape = record<Objects>({
  ...stored,
  expires: optional(time),
  noncurrent: time,
  prefixes: dictionary(prefix),
  signedFor: optional(timeOrNone),
});
export const stores = {
  ...hostedStores,
  "managed-postgres": record<ManagedPostgres>({
    ...stored,
    version: choice(17),
    database,
    accounts,
    size,
    storage: bytes,
    pointInTime: time,
    listens,
  }),
  "local-mysql": record<LocalMysql>({ ...stored, on: hosts, database, accounts, listens }),
  "local-redis": record<LocalRedis>({ ...stored, on: hosts, holds: texts(), memory: bytes, accounts, listens }),
  objects,
  files: record<Files>({ ...stored, path, uid: whole(1_000, 65_533), listens }),
} satisfies Record<Store["kind"], Shape>;
export const store: Shape = union("kind", stores);
