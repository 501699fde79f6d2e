import type { ResolvedService } from "../../services/resolve.ts";
import type { Component } from "../../services/schema/component.ts";
import type { Secret } from "../../services/schema/secret.ts";
import type { Account, Accounts } from "../../services/schema/stored.ts";
import type { Value, Values } from "../../services/schema/value.ts";
import { digestMarker, previousDigestMarker, valueText } from "./markers.ts";

/**
 * What each login may do in Redis and Sentinel, in words of Redis' access lists. Commands are denied here and never renamed,
 * for a renamed one breaks Sentinel (ALC-SEC.3). AUTH, HELLO, QUIT and RESET need no permission.
 */

/** A login as the roles write it. */
export interface RedisUser {
  readonly name: string;
  readonly digests: readonly string[];
  readonly redis: string;
  readonly sentinel: string;
}

interface Access {
  readonly redis: string;
  readonly sentinel: string;
}

/** What every client library says of itself. */
const SELF = "+ping +client|id +client|setname +client|getname +client|setinfo";

/**
 * No administration (`@admin`) and nothing dangerous (`@dangerous`: KEYS, FLUSHALL, FLUSHDB, CONFIG, DEBUG, SHUTDOWN, ...).
 * Scripts run, for limits and locks need them, but nobody empties their cache or leaves functions behind.
 * INFO and ROLE are marked dangerous, and clients ask them whether they speak to a primary.
 */
const COMMANDS = `+@all -@admin -@dangerous -function -fcall -fcall_ro -script|flush -script|kill -script|debug -swapdb +info +role ${SELF}`;

/** Ask for the primary, hear of a new one, nothing else. */
const ASK_SENTINEL = `-@all ${SELF} +role +info +subscribe +psubscribe +unsubscribe +punsubscribe +sentinel|get-master-addr-by-name +sentinel|master +sentinel|masters +sentinel|replicas +sentinel|slaves +sentinel|sentinels +sentinel|myid resetchannels &+switch-master &+replica-reconf-done`;

const MONITOR: Access = {
  // CONFIG GET would show the password of replication: an exporter does without.
  redis: `-@all ${SELF} +info +latency|latest +latency|histogram +slowlog|get +slowlog|len +dbsize +select`,
  sentinel: `-@all ${SELF} +info +sentinel|masters +sentinel|master +sentinel|replicas +sentinel|slaves +sentinel|sentinels +sentinel|ckquorum`,
};

/** Replicas (a backup is one, which SYNC serves), Sentinel, and the host's own maintenance: nobody else has this login. */
const REPLICATION: Access = {
  redis:
    "-@all +ping +psync +sync +replconf +info +role +multi +exec +slaveof +replicaof +subscribe +publish +client|setname +client|kill +client|pause +client|unpause +script|kill +config|get +config|set +config|rewrite +acl|load +bgsave +lastsave +dbsize resetchannels &__sentinel__:hello",
  sentinel: "+@all ~* &*",
};

/** Kombu's names: those of queues with their priorities, bindings, replies, and tasks under way. */
const queueKeys = (queues: string): string =>
  [
    ...queues.split(",").map((queue) => `%R~${queue}*`),
    "~_kombu.binding.*",
    "~unacked*",
    "~celeryev*",
    "~*.reply.celery.pidbox*",
  ].join(" ");

/** Kombu's announcements, and those of results. */
const QUEUE_CHANNELS = "resetchannels &/* &celery-task-meta-*";

const environmentsOf = (component: Component): readonly Values[] =>
  component.kind === "pods" ? [component.environment] : component.units.map(({ environment }) => environment.values);

const holds = (value: Value, secret: Secret): boolean =>
  value === secret || (typeof value === "object" && value.kind === "template" && value.parts.includes(secret));

/** Environments of those who use a login: by its password, which no other login has. */
const usersOf = ({ service }: ResolvedService, password: Secret): readonly Values[] =>
  service.components
    .flatMap(environmentsOf)
    .filter((values) => Object.values(values).some((value) => holds(value, password)));

/** The one value that all users of a login have under a name; undefined where one has none, or another. */
function agreed(resolved: ResolvedService, users: readonly Values[], name: string): string | undefined {
  const found = new Set(users.map((values) => values[name]).map((value) => value && valueText(resolved, value)));
  return found.size === 1 ? [...found][0]?.toString() : undefined;
}

function applicationAccess(resolved: ResolvedService, users: readonly Values[]): string {
  const queues = agreed(resolved, users, "CE_QUEUES");
  if (queues !== undefined) return `${COMMANDS} ${queueKeys(queues)} ${QUEUE_CHANNELS}`;
  // The instance is the service's own: where no namespace is agreed, its application may use any key. No channel is for all,
  // for what is said on Sentinel's own can move the primary.
  const namespace = agreed(resolved, users, "REDIS_NAMESPACE");
  return namespace === undefined
    ? `${COMMANDS} ~* resetchannels`
    : `${COMMANDS} ~${namespace}:* resetchannels &${namespace}:*`;
}

function accessOf(resolved: ResolvedService, login: string, { password }: Account): Access {
  if (login === "monitor") return MONITOR;
  if (login === "replication") return REPLICATION;
  return { redis: applicationAccess(resolved, usersOf(resolved, password)), sentinel: ASK_SENTINEL };
}

/** Logins of a Redis in the catalogue's order, each with the digests of its passwords: old and new while it is rotated. */
export const redisUsers = (resolved: ResolvedService, accounts: Accounts): readonly RedisUser[] =>
  Object.entries(accounts).map(([name, account]) => ({
    name,
    digests: [digestMarker(resolved, account.password), previousDigestMarker(resolved, account.password)],
    ...accessOf(resolved, name, account),
  }));
