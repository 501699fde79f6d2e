import {
  above,
  backup,
  below,
  daily,
  days,
  drill,
  eachRelease,
  everyMinutes,
  hostAlerts,
  hours,
  job,
  minutes,
  objective,
  page,
  percent,
  quarterly,
  rotationAlerts,
  seconds,
  text,
  ticket,
  weekly,
} from "../../define.ts";
import { main, messages } from "./main.ts";
import { portal, site } from "./portal.ts";
import { clients, proxy, queue } from "./proxy.ts";
import { secrets } from "./secrets.ts";
import { worker } from "./worker.ts";

/** How the message broker is kept safe and watched. Recovery objectives and other figures without an id are ours. */

const script = "/opt/message_broker/backup.sh"; // BRK-25.5
/** One run makes the three copies, encrypted as a stream; nothing lies in the working directory (BRK-25.6, BRK-SEC.14). */
const nightly = {
  schedule: daily("02:00"), // BRK-25.5
  keep: { for: days(30) }, // TKT-7.3
  recoveryPoint: hours(26),
};
const dump = backup("database", {
  ...nightly,
  why: "messages and users (BRK-25.2)",
  of: messages,
  by: "mysqldump",
  command: [script, "database"],
  account: messages.accounts.broker_backup, // BRK-SEC.12
  limit: minutes(90),
  recoveryTime: hours(4),
});
const register = backup("certificates", {
  ...nightly,
  // Hosts make new keys instead of restoring them, so that no server.key is copied (BRK-SEC.4, BRK-SEC.27).
  why: "issued certificates and the revocation list (BRK-25.3)",
  of: {
    on: main,
    paths: ["ca.crt", "ca.crl", "server.crt", "clients"].map((name) => `/opt/message_broker/main_server/certs/${name}`),
  },
  by: "archive",
  material: "keys",
  command: [script, "certificates"],
  limit: minutes(15),
  recoveryTime: hours(1),
});
const encryptionKeys = backup("encryption-keys", {
  ...nightly,
  why: "without the key no message of the dump can be read (BRK-25.4)",
  of: { on: main, paths: ["/opt/message_broker/main_server/secrets"] },
  by: "archive",
  material: "keys", // apart from the data it opens (BRK-SEC.28)
  command: [script, "secrets"],
  limit: minutes(15),
  recoveryTime: hours(1),
});
const backups = [dump, register, encryptionKeys];

const purge = job("purge", {
  why: "deletes messages older than 180 days (BRK-27.1)",
  on: main,
  command: [
    "/usr/local/sbin/broker-purge", // counts what is deleted (BRK-27.2)
    "mariadb",
    "--defaults-extra-file=/etc/message-broker/cleanup.cnf", // a password prompt would hang (BRK-SEC.12)
    "message_system",
    "--execute=CALL sp_cleanup_old_messages(180)", // BRK-27.3
  ],
  // BRK-27.4 says 02:00, when the backup that it must follow only begins (BRK-27.5, BRK-SEC.26).
  schedule: weekly("sunday", "04:00"),
  after: dump,
  limit: hours(1),
  account: messages.accounts.broker_cleanup,
});
const migrate = job("migrate", {
  why: "changes the schema, by a login of its own (BRK-22.3)",
  on: main,
  command: ["/opt/message_broker/venv/bin/alembic", "upgrade", "head"], // BRK-12.4
  schedule: eachRelease,
  after: dump, // BRK-24.8
  limit: minutes(15),
  account: messages.accounts.broker_migrate,
  environment: {
    DATABASE_URL: text`mysql+pymysql://broker_migrate:${secrets.dbMigrate}@localhost/${messages.database}`,
  },
});
const statistics = job("statistics", {
  why: "writes the messages of the last day, week and month as metrics (BRK-28.1, BRK-28.2)",
  on: main,
  command: ["/usr/local/sbin/broker-statistics"], // calls sp_get_stats (BRK-28.4)
  schedule: everyMinutes(15),
  limit: minutes(5),
  account: messages.accounts.broker_metrics,
});
const crlRefreshes = [proxy, main, worker, portal].map((on) =>
  job(`crl-refresh-${on.name}`, {
    why: "fetches the revocation list, checks its signature and reloads what reads it (BRK-10.4, BRK-SEC.8)",
    on,
    everyHost: true,
    command: ["/usr/local/sbin/broker-crl-refresh"],
    schedule: everyMinutes(15),
    limit: minutes(5),
  }),
);
const certificateChecks = [proxy, main, worker, portal].map((on) =>
  job(`cert-check-${on.name}`, {
    // 30 days are beyond the life of certificates of the internal authority: only those of the broker's are judged.
    why: "writes the remaining days of every broker certificate on the host; on main, of all in the register (BRK-30.2, BRK-30.3)",
    on,
    everyHost: true,
    command: ["/usr/local/sbin/broker-certificate-check"],
    schedule: daily("06:00"),
    limit: minutes(10),
  }),
);

const now = { for: minutes(0) };
const soon = { for: minutes(5) };
const slow = { for: minutes(10) };

export const operations = {
  jobs: [purge, migrate, statistics, ...crlRefreshes, ...certificateChecks],
  backups,
  // The interval is that of TKT-7.11.
  drills: [
    drill("restore-database", "restore-mysql", quarterly("15:00")), // BRK-25.2
    drill("restore-keys", "restore-broker-keys", quarterly("16:00")), // BRK-25.4
    drill("revoke-client", "revoke-client-certificate", quarterly("17:00")), // BRK-10.4
  ],
  objectives: [
    objective("intake", clients, percent(99.9)),
    objective("portal", site, percent(99.5)), // main is a single host
  ],
  // BRK names what to watch, and a figure only for certificates: the others are ours, or those of NOD.
  alerts: [
    page("ProxyDown", "BRK-29.1", above(proxy, "endpoints-down", 0), { for: minutes(2) }),
    page("ProxyRedisUnhealthy", "BRK-29.2", above(queue, "redis-unhealthy", 0), { for: minutes(2) }),
    ticket("ProxyRedisMemoryHigh", "BRK-4.2", above(queue, "memory-used", percent(80)), slow),
    page("ProxyQueueDeep", "BRK-4.2", above(queue, "queue-depth", 10_000), slow),
    page("MainDown", "BRK-14.1", above(main, "endpoints-down", 0), { for: minutes(2) }),
    page("DatabaseDown", "BRK-15.3", above(messages, "members-down", 0), { for: minutes(2) }),
    ticket("DatabaseSpaceLow", "BRK-27.1", below(messages, "disk-free", percent(15)), slow), // NOD-4.9
    page("DatabaseSpaceExhausted", "BRK-27.1", below(messages, "disk-free", percent(5)), soon),
    page("WorkerDown", "BRK-0.1", above(worker, "endpoints-down", 0), soon),
    ...[portal, site].map((each) => page("PortalDown", "BRK-26.1", above(each, "endpoints-down", 0), soon)),
    ...certificateChecks.flatMap((each) => [
      ticket("CertificateExpiresSoon", "BRK-31.16", below(each, "certificate-remaining", days(30)), slow), // BRK-30.1
      page("CertificateExpires", "BRK-31.16", below(each, "certificate-remaining", days(7)), soon),
      ticket("CertificateCheckLate", "BRK-30.2", above(each, "cycle-age", hours(26)), soon),
    ]),
    ticket("CertificateExpiresSoon", "BRK-31.16", below(site, "certificate-remaining", days(30)), slow), // BRK-30.1
    page("CertificateExpires", "BRK-31.16", below(site, "certificate-remaining", days(7)), soon),
    // NGINX refuses every client once its list has run out.
    ...crlRefreshes.flatMap((each) => [
      ticket("CrlExpiresSoon", "BRK-31.16", below(each, "crl-remaining", days(2)), slow),
      page("CrlExpires", "BRK-31.16", below(each, "crl-remaining", hours(24)), soon),
    ]),
    ...backups.flatMap((each) => [
      page("BackupFailed", "BRK-31.8", above(each, "backup-failures", 0), now),
      page("BackupStale", "BRK-31.8", above(each, "backup-age", hours(26)), soon),
    ]),
    page("PurgeFailed", "BRK-27.4", above(purge, "purge-failures", 0), now),
    ticket("PurgeLate", "BRK-27.4", above(purge, "cycle-age", days(8)), soon),
    ...rotationAlerts(secrets),
    ...hostAlerts(proxy, main, worker, portal),
    ticket("ClockOffset", "BRK-11.2", above(proxy, "clock-offset", seconds(1)), soon),
  ],
};
