import { days, gib, membersOf, mongo, rotated, scrapeToken, secret, text, versioned } from "../../define.ts";
import { trust } from "../../platform.ts";

/** Secrets of the desktop backend, and the replica set they open. */

/** Ten days before the limit of NOD-2.7 (90 days), so that a rotation that fails is seen and repaired in time. */
const ROTATION = days(80);

// No AWS keys (NOD-2.3, NOD-SEC.1): pods have a role each, and no key exists that could be kept.
export const secrets = {
  jwt: secret("jwt-signing-key", "signs the sessions of the clients (NOD-2.1)", rotated(ROTATION, days(2))),
  // Data encrypted with an old version must stay readable: never replaced blindly (NOD-2.2).
  encryption: secret("encryption-key", "encrypts fields of the database (NOD-2.2)", versioned(ROTATION)),
  dbApp: secret("db-app", "the application's login at the database", rotated(ROTATION)),
  dbMigrate: secret("db-migrate", "builds indexes and changes the schema (NOD-3.5)", rotated(ROTATION)),
  dbBackup: secret("db-dump", "reads all of the database for the dump (NOD-3.1)", rotated(ROTATION)),
  dbRestore: secret("db-restore", "writes a dump back (NOD-3.4)", rotated(ROTATION)),
  dbMonitor: secret("db-monitor", "the exporter's login (NOD-4.6)", rotated(ROTATION)),
  metricsToken: scrapeToken(),
};

// NOD-SEC.4 states neither authentication nor TLS: authorization is on, members know each other by certificate,
// and nobody connects without TLS. NOD-SEC.2: 27017 is never open to an address outside the VPC.
export const database = mongo("database", {
  why: "all data of the product, as a replica set (NOD-4.12)",
  address: 4,
  size: "medium",
  dataVolume: gib(100),
  database: "backend",
  replicaSet: "rs0",
  accounts: {
    app: { may: "readWrite on backend", password: secrets.dbApp },
    migrate: { may: "readWrite and dbAdmin on backend", password: secrets.dbMigrate },
    backup: { may: "backup", password: secrets.dbBackup },
    restore: { may: "restore; used from a member's own host", password: secrets.dbRestore },
    monitor: { may: "clusterMonitor (NOD-4.6)", password: secrets.dbMonitor },
  },
});

/** `MONGODB_URI` (NOD-3.4) of one login. */
export const mongodbUri = (login: keyof typeof database.accounts, options: string) =>
  text`mongodb://${login}:${database.accounts[login].password}@${membersOf(database.listens.mongo)}/${database.database}?authSource=admin&replicaSet=${database.replicaSet}&tls=true&tlsCAFile=${trust.internal}&${options}`;
