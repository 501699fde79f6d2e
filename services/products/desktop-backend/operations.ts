import {
  above,
  backup,
  below,
  daily,
  days,
  drill,
  eachRelease,
  gib,
  hostAlerts,
  hours,
  job,
  mib,
  milliseconds,
  minutes,
  objective,
  page,
  percent,
  quarterly,
  rotationAlerts,
  rotationCheck,
  seconds,
  ticket,
} from "../../define.ts";
import { backend, front, site } from "./components.ts";
import { database, mongodbUri, secrets } from "./stores.ts";

/** How the desktop backend is kept safe and watched. Times of day, recovery objectives and other figures without an id are ours. */

/** npm writes its log there; the root file system is read-only. */
const npm = { NODE_ENV: "production", NPM_CONFIG_CACHE: "/tmp/npm" };

const night = { schedule: daily("00:30"), limit: hours(2) }; // every night: NOD-3.2

/** A job of the cluster with its own role, not a self-hosted runner that would hold its credentials (NOD-SEC.3). */
export const dumpJob = job("dump", {
  why: "writes a dump of the database to BACKUP_DIR (NOD-3.1)",
  on: backend,
  command: ["npm", "run", "backup"], // NOD-3.1
  ...night,
  account: database.accounts.backup,
  scratch: { "/backup": gib(100), "/tmp": mib(64) }, // As much as the data volume: a dump is not compressed.
  environment: {
    ...npm,
    BACKUP_DIR: "/backup", // NOD-3.1
    MONGODB_URI: mongodbUri("backup", "readPreference=secondary"),
  },
});

const dump = backup("database-dump", {
  why: "all collections, each night, into the locked vault; Sunday's copy is kept as the weekly one (NOD-3.2, NOD-3.3)",
  of: database,
  by: "mongodump",
  account: database.accounts.backup,
  job: dumpJob,
  ...night,
  keep: { daily: 7, weekly: 4 }, // NOD-3.6, NOD-3.7
  recoveryPoint: hours(26),
  recoveryTime: hours(4), // with the index rebuild of NOD-3.5
});

const verify = job("verify-dump", {
  why: "reads the copies back and compares their checksums (NOD-3.8)",
  on: backend,
  image: "backup-tools",
  command: ["backup-tools", "verify"],
  schedule: daily("04:00"),
  limit: hours(2),
  after: dump,
  environment: {},
  verifies: dump,
});

export const migrate = job("migrate", {
  why: "schema and indexes, before a release and after a restore (NOD-3.5)",
  on: backend,
  command: ["npm", "run", "migrate:up"], // NOD-3.5
  schedule: eachRelease,
  limit: minutes(30),
  account: database.accounts.migrate,
  environment: { ...npm, MONGODB_URI: mongodbUri("migrate", "retryWrites=true&w=majority") },
});

const soon = { for: minutes(5) };
const slow = { for: minutes(10) };
const now = { for: minutes(0) };

export const operations = {
  jobs: [dumpJob, verify, migrate, rotationCheck(secrets, backend)],
  backups: [dump],
  drills: [drill("restore-database", "restore-mongodb", quarterly("10:00"))], // NOD-3.4; the interval is TKT-7.11's
  objectives: [
    objective("availability", site, percent(99.9)),
    objective("latency", site, percent(95), { fasterThan: milliseconds(800) }), // NOD-4.7
  ],
  alerts: [
    page("ApiP95High", "NOD-4.7", above(site, "latency-p95", milliseconds(800)), soon),
    page("Http5xxRatioHigh", "NOD-4.8", above(site, "error-ratio", percent(1)), { ...now, over: minutes(10) }),
    ...[site, front, backend].map((each) =>
      page("EndpointDown", "NOD-4.11", above(each, "endpoints-down", 0), { for: minutes(2) }),
    ),
    ticket("CertificateExpiresSoon", "NOD-1.2", below(site, "certificate-remaining", days(30)), slow), // BRK-30.1
    page("CertificateExpires", "NOD-1.2", below(site, "certificate-remaining", days(7)), soon),
    ...[backend, database].flatMap((each) => [
      ticket("CpuHigh", "NOD-4.4", above(each, "cpu-used", percent(90)), slow),
      ticket("MemoryHigh", "NOD-4.4", above(each, "memory-used", percent(90)), slow),
    ]),
    page("DbDiskLow", "NOD-4.9", below(database, "disk-free", percent(15)), soon),
    ticket("DbDiskFillsUp", "NOD-4.5", above(database, "disk-full-within-four-days", 0), { for: hours(1) }),
    page("MongoMemberDown", "NOD-4.12", above(database, "members-down", 0), soon),
    page("MongoNoPrimary", "NOD-4.12", above(database, "members-without-primary", 0), { for: minutes(1) }),
    page("MongoReplicaLag", "NOD-4.12", above(database, "replica-lag", seconds(30)), soon),
    page("BackupFailed", "NOD-3.2", above(dump, "backup-failures", 0), now),
    page("BackupStale", "NOD-3.6", above(dump, "backup-age", hours(26)), soon),
    page("BackupChecksumMismatch", "NOD-3.8", above(dump, "checksum-mismatches", 0), now),
    // Checksums that nobody compares never mismatch.
    page("BackupUnverified", "NOD-3.8", above(verify, "cycle-age", hours(30)), soon),
    ...rotationAlerts(secrets),
    ...hostAlerts(database),
  ],
};
