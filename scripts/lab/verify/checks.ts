import { lostCopy, purge } from "./backup-times.ts";
import { backups } from "./backups.ts";
import { certificates, renewal } from "./certificates.ts";
import type { Check } from "./check.ts";
import { checkMode } from "./check-mode.ts";
import { cutOff } from "./cut-off.ts";
import { brokerEdge, ticketingEdge } from "./edge.ts";
import { brokerEndToEnd, ticketingEndToEnd } from "./end-to-end.ts";
import { faults } from "./faults.ts";
import { identity } from "./identity.ts";
import { impostors } from "./impostors.ts";
import { logs } from "./logs.ts";
import { mariadb } from "./mariadb.ts";
import { metrics } from "./metrics.ts";
import { egress, ingress, listeners } from "./packets.ts";
import { postgres } from "./postgres.ts";
import { prometheus } from "./prometheus.ts";
import { reboots } from "./reboot.ts";
import { redis } from "./redis.ts";
import { exposure, releases } from "./releases.ts";
import { mariadbRestore } from "./restore.ts";
import { postgresRestore } from "./restore-postgres.ts";
import { revocation } from "./revocation.ts";
import { patches, settings } from "./rolling.ts";
import { rotation } from "./rotation.ts";
import { secondRun } from "./second-run.ts";
import { secrets } from "./secrets.ts";
import { sockets } from "./sockets.ts";
import { switchover } from "./switchover.ts";
import { units } from "./units.ts";
import { updates } from "./updates.ts";
import { wayBack } from "./way-back.ts";

/**
 * All checks, in the order in which they run: what changes nothing first, what breaks things last. Those of one row run at
 * the same time: they break nothing, or different hosts.
 */
export const checks: readonly (readonly Check[])[] = [
  [secondRun, ingress],
  [listeners, egress],
  [identity, certificates, updates],
  [metrics, sockets, units, logs, prometheus],
  // Leaves the procedures of a release there, which a purge calls.
  [mariadb],
  [backups],
  [lostCopy],
  [purge],
  [renewal],
  [ticketingEndToEnd],
  [impostors],
  [brokerEndToEnd],
  [ticketingEdge],
  [brokerEdge],
  // After what runs, logs and makes files.
  [exposure, secrets],
  [releases],
  [settings],
  [switchover],
  [rotation],
  [revocation],
  [redis, postgres],
  [cutOff],
  [wayBack],
  [patches],
  [reboots],
  [mariadbRestore],
  [postgresRestore],
  [checkMode],
  [faults],
];
