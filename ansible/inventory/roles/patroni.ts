import { backupPlace } from "../../../services/names.ts";
import type { Patroni } from "../../../services/schema/databases.ts";
import type { Backup } from "../../../services/schema/job.ts";
import { internalCertificate } from "../certificates.ts";
import { secretMarker } from "../markers.ts";
import type { GroupPlace, HostPlace, HostRole, Variables } from "../role.ts";
import { membersOf, patroniOf } from "./etcd.ts";
import { memoryMib } from "./patroni-memory.ts";

const pathOf = ({ resolved, group }: GroupPlace): string => `${resolved.service.name}/stores/${group.name}`;

/** The one login with a property; a store without it, or with two, could not run. */
function theLogin(place: GroupPlace, { accounts }: Patroni, what: string, has: (name: string) => boolean): string {
  const [found, ...others] = Object.keys(accounts).filter(has);
  if (found === undefined || others.length > 0) {
    const got = [found, ...others].filter((name) => name !== undefined).join(", ") || "none";
    throw new Error(`${pathOf(place)}/accounts: exactly one must have ${what}, got ${got}`);
  }
  return found;
}

/** Logins with their rights; the password is a marker that only the host resolves. */
const logins = ({ resolved }: GroupPlace, { accounts }: Patroni): readonly Variables[] =>
  Object.entries(accounts).map(([name, { role, replicates, appendOnly, password }]) => ({
    name,
    role: role ?? "none",
    replicates: replicates ?? false,
    append_only: appendOnly ?? [],
    password: secretMarker(resolved, password),
  }));

/**
 * Who may log in from where: hosts with a declared flow to the database, each as the logins whose password they read.
 * A login without a host, or a host without a login, gets no line.
 */
function clients({ resolved }: GroupPlace, store: Patroni): readonly Variables[] {
  const party = `${resolved.service.name}/${store.name}`;
  const callers = resolved.flows
    .filter(({ from, to, port }) => to === party && port === store.listens.sql.port && from !== party)
    .map(({ from }) => from);
  return [...new Set(callers)]
    .map((from) => ({
      from,
      addresses: resolved.hosts.filter((host) => host.party === from).map(({ address }) => address),
      logins: Object.entries(store.accounts)
        .filter(([, { password }]) =>
          resolved.secrets.some(({ name, consumers }) => name === password.name && consumers.includes(from)),
        )
        .map(([login]) => login),
    }))
    .filter((client) => client.addresses.length > 0 && client.logins.length > 0);
}

/** Where the write-ahead log goes, and for how long (TKT-7.2, TKT-7.3). */
function archive(place: GroupPlace, store: Patroni): Variables {
  const { environment, service, backups } = place.resolved;
  const declared = service.backups.find((each): each is Backup => each.of === store && each.by === "pgbackrest");
  const resolved = backups.find(({ name }) => name === declared?.name);
  if (declared?.continuous === undefined || declared.account === undefined || resolved === undefined) {
    throw new Error(`${pathOf(place)}: must have a backup by pgbackrest with continuous and account, got none`);
  }
  const { account } = declared;
  const { bucket, prefix } = backupPlace(environment, service, resolved);
  return {
    stanza: `${service.name}-${store.name}`,
    bucket,
    path: `/${prefix.replace(/\/$/, "")}`,
    endpoint: `s3.${environment.region}.amazonaws.com`,
    login: theLogin(place, store, "the account of its backup", (name) => store.accounts[name] === account),
    keep_days: resolved.keepDays,
    timeout_seconds: declared.continuous,
  };
}

/** PostgreSQL with a replica in each other zone, which Patroni makes primary when the primary is lost. */
export const patroni: HostRole = {
  name: "patroni",
  groupVars: (place) => {
    const store = patroniOf(place);
    if (store === undefined) return undefined;
    const { certificate, key, authorityFile } = internalCertificate(place);
    const has = (property: "replicates" | "role", value: unknown) => (name: string) =>
      store.accounts[name]?.[property] === value;
    return {
      patroni_scope: `${place.resolved.service.name}-${store.name}`,
      patroni_version: store.version,
      patroni_members: membersOf(place),
      patroni_sql_port: store.listens.sql.port,
      patroni_rest_port: store.listens.rest.port,
      patroni_etcd_port: store.listens.etcdClient.port,
      patroni_certificate: certificate,
      patroni_key: key,
      patroni_authority: authorityFile,
      patroni_database: store.database,
      patroni_logins: logins(place, store),
      patroni_owner: theLogin(place, store, 'role "owner"', has("role", "owner")),
      patroni_monitor: theLogin(place, store, 'role "pg_monitor"', has("role", "pg_monitor")),
      patroni_replication: theLogin(place, store, "replicates", has("replicates", true)),
      patroni_clients: clients(place, store),
      patroni_archive: archive(place, store),
      patroni_restorable_days: store.pointInTime / 86_400,
      ...(store.recovery === undefined || store.recovery === "default" ? {} : { patroni_preset: store.recovery }),
    };
  },
  hostVars: (place: HostPlace) => ({
    patroni_memory_mib: memoryMib(place.host.machine, place.resolved.environment.name),
    patroni_volume_gib: place.host.dataGib,
  }),
  // Reads certificate and authority anew, in Patroni's own API and in PostgreSQL, without an interruption.
  reloads: () => ["systemctl try-reload-or-restart patroni.service"],
  handOver: () => ["/usr/local/sbin/patroni-member handover"],
  ready: () => ["/usr/local/sbin/patroni-member ready 120"],
};
