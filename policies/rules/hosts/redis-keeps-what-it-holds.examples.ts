import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/redis/durable.conf";
const conf = (...lines: readonly string[]) => ({ web: { [PATH]: lines.join("\n") } });

export const examples: Examples = {
  good: [
    {
      title: "a log, snapshots by default and a replica",
      hosts: conf("appendonly yes", "masterauth x", "min-replicas-to-write 1"),
    },
    { title: "one alone", hosts: conf("appendonly yes", 'save ""', "save 3600 1", "maxmemory-policy noeviction") },
  ],
  bad: [
    { title: "nothing is said", hosts: conf("maxmemory 1gb"), finds: [`web:${PATH} appendonly`] },
    {
      title: "a cache where sessions lie",
      hosts: conf("maxmemory-policy allkeys-lru", "appendonly yes", "appendfsync no", 'save ""', "replicaof a 6379"),
      finds: ["maxmemory-policy", "appendfsync", "save", "min-replicas-to-write"].map((name) => `web:${PATH} ${name}`),
    },
  ],
  unknown: [],
};

const CONF = /\/redis\/durable\.conf$/;

export const mutations: readonly Mutation[] = [
  inFile(CONF, "evict", "maxmemory-policy noeviction", "maxmemory-policy allkeys-lru"),
  inFile(CONF, "keep nothing on disk", "appendonly yes", "appendonly no"),
  inFile(CONF, "leave disk to the default", "appendonly yes", ""),
  inFile(CONF, "make no snapshots", /^save 3600 1$/m, 'save ""'),
  inFile(CONF, "write without a replica", "min-replicas-to-write 1", "min-replicas-to-write 0"),
  inFile(CONF, "let the system decide when to write", "appendfsync everysec", "appendfsync no"),
];
