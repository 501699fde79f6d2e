import type { LocalRedis } from "../../../services/schema/redis.ts";
import { redisUsers } from "../redis-access.ts";
import type { GroupPlace, HostRole } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** The Redis on the loopback of a component's hosts. */
const localRedis = ({ resolved, group }: GroupPlace): LocalRedis | undefined =>
  resolved.service.stores.find((store): store is LocalRedis => store.kind === "local-redis" && store.on === group);

/** Redis on loopback: the queue of the broker's proxies (BRK-1.2, BRK-4.2). */
export const redisLocal: HostRole = {
  name: "redis_local",
  groupVars: (place) => {
    const store = localRedis(place);
    return (
      store && {
        redis_local_port: store.listens.redis.port,
        redis_local_memory: store.memory,
        redis_local_users: redisUsers(place.resolved, store.accounts).map(({ name, digests, redis }) => ({
          name,
          digests,
          redis,
        })),
        redis_local_folder: `${DATA_FOLDER}/redis`,
      }
    );
  },
};
