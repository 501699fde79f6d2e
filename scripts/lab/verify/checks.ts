import { backups, purge } from "./backups.ts";
import { certificates, renewal } from "./certificates.ts";
import type { Check } from "./check.ts";
import { brokerEdge, ticketingEdge } from "./edge.ts";
import { brokerEndToEnd, ticketingEndToEnd } from "./end-to-end.ts";
import { identity } from "./identity.ts";
import { mariadb } from "./mariadb.ts";
import { egress, ingress, listeners } from "./packets.ts";
import { postgres } from "./postgres.ts";
import { reboots } from "./reboot.ts";
import { redis } from "./redis.ts";
import { exposure, releases } from "./releases.ts";
import { patches, settings } from "./rolling.ts";
import { secondRun } from "./second-run.ts";

/**
 * All checks, in the order in which they run: what changes nothing first, what breaks things last. Those of one row run at
 * the same time: they break nothing, or different hosts.
 */
export const checks: readonly (readonly Check[])[] = [
  [secondRun, ingress],
  [listeners, egress],
  [identity, certificates],
  // Leaves the procedures of a release there, which a purge calls.
  [mariadb],
  [backups],
  [purge],
  [renewal],
  [ticketingEndToEnd],
  [brokerEndToEnd],
  [ticketingEdge],
  [brokerEdge],
  [exposure],
  [releases],
  [settings],
  [redis, postgres],
  [patches],
  [reboots],
];
