import type { RedisSentinel } from "../../../services/schema/redis.ts";
import { internalCertificate } from "../certificates.ts";
import { previousSecretMarker, secretMarker } from "../markers.ts";
import { redisUsers } from "../redis-access.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** The login that members and Sentinels use among themselves. */
const REPLICATION = "replication";

/** Instances of each host; Sentinel knows the cache's primary as `<store>-cache` (TKT-6.4). */
const instances = ({ name, listens, memory, cache }: RedisSentinel): readonly Variables[] => [
  { name: "durable", master: name, port: listens.redis.port, memory: memory.durable },
  ...(cache === undefined
    ? []
    : [{ name: "cache", master: `${name}-cache`, port: listens.cache.port, memory: memory.cache }]),
];

/** How a lost primary is noticed and replaced (TKT-6.5), in the units of Sentinel's directives. */
const failover = ({ failover: of }: RedisSentinel): Variables => ({
  quorum: of.quorum,
  down_after: of.downAfter * 1_000,
  timeout: of.timeout * 1_000,
  parallel_syncs: of.parallelSyncs,
  min_replicas: of.minReplicasToWrite,
  max_lag: of.maxReplicaLag,
});

function variables(place: GroupPlace, store: RedisSentinel): Variables {
  const { resolved, hosts } = place;
  const replication = store.accounts[REPLICATION];
  if (replication === undefined) {
    const path = `${resolved.service.name}/stores/${store.name}/accounts`;
    throw new Error(`${path}: must hold ${REPLICATION}, got ${Object.keys(store.accounts).join(", ")}`);
  }
  const { certificate, key, authorityFile, group } = internalCertificate(place);
  return {
    redis_sentinel_instances: instances(store),
    redis_sentinel_members: hosts.map(({ domain }) => domain),
    redis_sentinel_port: store.listens.sentinel.port,
    redis_sentinel_failover: failover(store),
    redis_sentinel_users: redisUsers(resolved, store.accounts).map((user) => ({ ...user })),
    redis_sentinel_replication: {
      user: REPLICATION,
      passwords: [secretMarker(resolved, replication.password), previousSecretMarker(resolved, replication.password)],
    },
    redis_sentinel_tls: { certificate, key, authority: authorityFile, group },
    redis_sentinel_folder: `${DATA_FOLDER}/redis`,
  };
}

/** Redis with Sentinel on three hosts (TKT-6.1, MUN-4.7, ALC-2.1). */
export const redisSentinel: HostRole = {
  name: "redis_sentinel",
  groupVars: (place) => (place.group.kind === "redis-sentinel" ? variables(place, place.group) : undefined),
  reloads: () => ["/usr/local/sbin/redis-member renew"],
  handOver: () => ["/usr/local/sbin/redis-member switchover"],
  ready: () => ["/usr/local/sbin/redis-member await 120"],
};
