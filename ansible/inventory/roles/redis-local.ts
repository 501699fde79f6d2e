import type { LocalRedis } from "../../../services/schema/redis.ts";
import { previousSecretMarker, secretMarker } from "../markers.ts";
import { redisUsers } from "../redis-access.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** Has logins read anew, beside its own work: the only login that is not the application's. */
const MAINTENANCE = "monitor";

/** The Redis on the loopback of a component's hosts. */
const localRedis = ({ resolved, group }: GroupPlace): LocalRedis | undefined =>
  resolved.service.stores.find((store): store is LocalRedis => store.kind === "local-redis" && store.on === group);

function variables({ resolved }: GroupPlace, store: LocalRedis): Variables {
  const maintenance = store.accounts[MAINTENANCE];
  if (maintenance === undefined) {
    const path = `${resolved.service.name}/stores/${store.name}/accounts`;
    throw new Error(`${path}: must hold ${MAINTENANCE}, got ${Object.keys(store.accounts).join(", ")}`);
  }
  return {
    redis_local_port: store.listens.redis.port,
    redis_local_memory: store.memory,
    redis_local_users: redisUsers(resolved, store.accounts).map(({ name, digests, redis }) => ({
      name,
      digests,
      redis: name === MAINTENANCE ? `${redis} +acl|load` : redis,
    })),
    redis_local_maintenance: {
      user: MAINTENANCE,
      passwords: [secretMarker(resolved, maintenance.password), previousSecretMarker(resolved, maintenance.password)],
    },
    redis_local_folder: `${DATA_FOLDER}/redis`,
  };
}

/** Redis on loopback: the queue of the broker's proxies (BRK-1.2, BRK-4.2). */
export const redisLocal: HostRole = {
  name: "redis_local",
  groupVars: (place) => {
    const store = localRedis(place);
    return store && variables(place, store);
  },
};
