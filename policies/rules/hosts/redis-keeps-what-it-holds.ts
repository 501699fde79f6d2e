import { demand, rule } from "../../engine/rule.ts";
import { redises } from "../../model/hosts/redis.ts";

/** Sessions, queues and revoked tokens survive a restart, a full memory and the loss of a member. */
export const redisKeepsWhatItHolds = rule({
  id: "HOST-022",
  slug: "redis-keeps-what-it-holds",
  severity: "high",
  title: "A Redis that is no cache evicts nothing and writes to disk and to a replica",
  why: "An eviction or a restart revives revoked tokens and loses messages on their way; a primary that is cut off loses them later.",
  fix: "maxmemory-policy noeviction, appendonly yes, appendfsync everysec, save, min-replicas-to-write 1. Caches: a port of their own, 6380.",
  appliesTo: redises,
  concerns: ({ sentinel, cache }) => !(sentinel || cache),
  requirements: ["TKT-SEC.3", "TKT-6.5", "ALC-SEC.3", "ALC-1.6"],
  check: ({ word, words, replicated }) => [
    ...demand("maxmemory-policy", word("maxmemory-policy", "noeviction"), "noeviction", (it) => it === "noeviction"),
    ...demand("appendonly", word("appendonly", "no"), "yes", (it) => it === "yes"),
    ...demand("appendfsync", word("appendfsync", "everysec"), "everysec or always", (it) => it !== "no"),
    ...demand("save", words("save") ?? ["3600", "1"], "snapshots, which backups copy", (it) => it.join("") !== ""),
    ...(replicated
      ? demand("min-replicas-to-write", word("min-replicas-to-write", "0"), "1 at least", (it) => Number(it) >= 1)
      : []),
  ],
});
