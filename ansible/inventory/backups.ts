import { backupPlace } from "../../services/names.ts";
import type { LocalMysql, Patroni } from "../../services/schema/databases.ts";
import type { Backup } from "../../services/schema/job.ts";
import type { RedisSentinel } from "../../services/schema/redis.ts";
import type { Store } from "../../services/schema/store.ts";
import type { Account, Accounts } from "../../services/schema/stored.ts";
import { internalCertificate } from "./certificates.ts";
import { secretMarker } from "./markers.ts";
import type { GroupPlace, Variables } from "./role.ts";
import type { Environment, Task } from "./tasks.ts";

/** How one method makes its copy: what the program must know, which secrets it reads, and which hosts start it. */
interface Recipe {
  readonly does: Variables;
  readonly environment: Environment;
  readonly hosts: Task["hosts"];
}

const fault = ({ resolved }: GroupPlace, { name }: Backup, rule: string): Error =>
  new Error(`${resolved.service.name}/backups/${name}: ${rule}`);

/** The store that is copied, which must be of a kind. */
function storeOf<Kind extends Store["kind"]>(
  place: GroupPlace,
  backup: Backup,
  kind: Kind,
): Extract<Store, { kind: Kind }> {
  const { of } = backup;
  if (!("kind" in of) || of.kind !== kind) {
    throw fault(place, backup, `${backup.by} on hosts copies a store of kind ${kind}, got another`);
  }
  return of as Extract<Store, { kind: Kind }>;
}

/** Name and account by which the store is read. */
function login(place: GroupPlace, backup: Backup, accounts: Accounts): { name: string; account: Account } {
  const [found] = Object.entries(accounts).filter(([, account]) => account === backup.account);
  if (found === undefined) throw fault(place, backup, "account must be one of the store's, got none");
  return { name: found[0], account: found[1] };
}

/** All members, in the order in which they take the work: every host asks the same and comes to the same answer. */
const members = ({ hosts }: GroupPlace): readonly string[] => hosts.map(({ domain }) => domain);

function postgres(place: GroupPlace, store: Patroni): Variables {
  const { certificate, key, authorityFile } = internalCertificate(place);
  return {
    rest_port: store.listens.rest.port,
    port: store.listens.sql.port,
    database: store.database,
    members: members(place),
    certificate,
    key,
    authority: authorityFile,
  };
}

function dump(place: GroupPlace, backup: Backup): Recipe {
  const store = storeOf(place, backup, "patroni");
  const { name, account } = login(place, backup, store.accounts);
  return {
    does: { ...postgres(place, store), user: name, turn: "replica" },
    environment: { PGPASSWORD: secretMarker(place.resolved, account.password) },
    hosts: "every",
  };
}

/** pgBackRest has one repository and no second host to fetch from: it copies the leader, where its archive comes from. */
function archive(place: GroupPlace, backup: Backup): Recipe {
  const store = storeOf(place, backup, "patroni");
  return {
    does: { ...postgres(place, store), stanza: `${place.resolved.service.name}-${store.name}`, turn: "leader" },
    environment: {},
    hosts: "every",
  };
}

/** Where role `mariadb` leaves a login's option file: `broker_backup` has `/etc/message-broker/backup.cnf`. */
export const optionFile = ({ resolved }: GroupPlace, name: string): string =>
  `/etc/${resolved.service.name}/${name.slice(name.indexOf("_") + 1)}.cnf`;

function mysql(place: GroupPlace, backup: Backup): Recipe {
  const store: LocalMysql = storeOf(place, backup, "local-mysql");
  const { name } = login(place, backup, store.accounts);
  return {
    does: { database: store.database, option_file: optionFile(place, name) },
    environment: {},
    hosts: "first",
  };
}

/** Replicas hand over what they hold to whoever asks as a replica; who is one, the exporter's login may ask. */
function snapshot(place: GroupPlace, backup: Backup): Recipe {
  const store: RedisSentinel = storeOf(place, backup, "redis-sentinel");
  const { certificate, key, authorityFile } = internalCertificate(place);
  const { monitor, replication } = store.accounts;
  if (monitor === undefined || replication === undefined) {
    throw fault(
      place,
      backup,
      `needs the logins monitor and replication, got ${Object.keys(store.accounts).join(", ")}`,
    );
  }
  return {
    does: {
      port: store.listens.redis.port,
      members: members(place),
      user: "replication",
      monitor: "monitor",
      certificate,
      key,
      authority: authorityFile,
      turn: "replica",
    },
    environment: {
      REDISCLI_AUTH: secretMarker(place.resolved, replication.password),
      MONITOR_AUTH: secretMarker(place.resolved, monitor.password),
    },
    hosts: "every",
  };
}

/** Paths of a group's hosts. Of certificates the public halves alone: hosts make new keys instead of restoring them. */
function paths(place: GroupPlace, backup: Backup): Recipe {
  if ("kind" in backup.of) throw fault(place, backup, "archive copies paths of hosts, got a store");
  const { on, paths: found } = backup.of;
  const directories = on.kind === "hosts" ? on.certificates.map(({ directory }) => `${directory}/`) : [];
  const certificates = found.every((path) => directories.some((directory) => path.startsWith(directory)));
  return {
    does: { paths: found, without_keys: certificates },
    environment: {},
    // Each host has files of its own.
    hosts: "every",
  };
}

const mirror = (place: GroupPlace, backup: Backup): Recipe => ({
  does: { path: storeOf(place, backup, "files").path },
  environment: {},
  hosts: "turns",
});

function recipe(place: GroupPlace, backup: Backup): Recipe {
  switch (backup.by) {
    case "pg-dump":
      // A job that makes it says itself how.
      return backup.job === undefined ? dump(place, backup) : { does: {}, environment: {}, hosts: "first" };
    case "pgbackrest":
      return archive(place, backup);
    case "mysqldump":
      return mysql(place, backup);
    case "redis-snapshot":
      return snapshot(place, backup);
    case "archive":
      return paths(place, backup);
    case "file-sync":
      return mirror(place, backup);
    case "mongodump":
    case "snapshot":
      throw fault(place, backup, `${backup.by} is not made by hosts; allowed are jobs on pods and AWS Backup`);
  }
}

/** A backup as hosts make it. Throws with its path for one that they cannot make. */
export function backupTask(place: GroupPlace, backup: Backup): Task {
  const { does, environment, hosts } = recipe(place, backup);
  const { bucket, prefix } = backupPlace(place.resolved.environment, place.resolved.service, backup);
  return {
    name: backup.name,
    kind: "backup",
    why: backup.why,
    schedule: backup.schedule,
    limitSeconds: backup.limit,
    hosts,
    environment,
    does: { method: backup.by, bucket, prefix, ...does },
    ...(backup.command === undefined ? {} : { command: backup.command }),
  };
}
