import type { Mongo } from "../../../services/schema/databases.ts";
import { internalCertificate, membersUnit } from "../certificates.ts";
import { secretMarker } from "../markers.ts";
import type { GroupPlace, HostRole, Variables } from "../role.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** A role of MongoDB on a database. */
interface Role {
  readonly role: string;
  readonly db: string;
}

/** The catalogue's `may` of each login in MongoDB's words. */
const roles = (database: string): Readonly<Record<string, readonly Role[]>> => ({
  app: [{ role: "readWrite", db: database }],
  migrate: [
    { role: "readWrite", db: database },
    { role: "dbAdmin", db: database },
  ],
  backup: [{ role: "backup", db: "admin" }],
  restore: [{ role: "restore", db: "admin" }],
  monitor: [{ role: "clusterMonitor", db: "admin" }],
});

/** Logins that are good from members' own hosts only. */
const fromMembers = ["restore"];

/** Attributes of the subject that certificates of a group's hosts have, and no others: authority and firewall see to it. */
const memberSubject = (place: GroupPlace): string => `OU=${membersUnit(place)}`;

function variables(place: GroupPlace, store: Mongo): Variables {
  const { resolved, hosts } = place;
  const known = roles(store.database);
  const { certificate, key, authorityFile, group } = internalCertificate(place);
  return {
    mongodb_replica_set: store.replicaSet,
    mongodb_members: hosts.map(({ domain }) => domain),
    mongodb_port: store.listens.mongo.port,
    mongodb_users: Object.entries(store.accounts).map(([name, { password }]) => {
      const found = known[name];
      if (found === undefined) {
        const path = `${resolved.service.name}/stores/${store.name}/accounts`;
        throw new Error(`${path}: allowed are ${Object.keys(known).join(", ")}, got ${name}`);
      }
      return {
        name,
        password: secretMarker(resolved, password),
        roles: found.map(({ role, db }) => ({ role, db })),
        from: fromMembers.includes(name) ? ["127.0.0.1", ...hosts.map(({ address }) => address)] : undefined,
      };
    }),
    mongodb_tls: { certificate, key, authority: authorityFile, group },
    mongodb_member_subject: memberSubject(place),
    mongodb_folder: `${DATA_FOLDER}/mongodb`,
  };
}

/** MongoDB as a replica set on three hosts (NOD-4.12). */
export const mongodb: HostRole = {
  name: "mongodb",
  groupVars: (place) => (place.group.kind === "mongo" ? variables(place, place.group) : undefined),
  reloads: () => ["/usr/local/sbin/mongodb-member renew"],
  handOver: () => ["/usr/local/sbin/mongodb-member handover"],
  ready: () => ["/usr/local/sbin/mongodb-member ready"],
};
