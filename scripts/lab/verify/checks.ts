import { backups, purge } from "./backups.ts";
import { certificates, renewal } from "./certificates.ts";
import type { Check } from "./check.ts";
import { brokerEdge, ticketingEdge } from "./edge.ts";
import { identity } from "./identity.ts";
import { mariadb } from "./mariadb.ts";
import { egress, ingress, listeners } from "./packets.ts";
import { postgres } from "./postgres.ts";
import { reboots } from "./reboot.ts";
import { redis } from "./redis.ts";
import { exposure, releases } from "./releases.ts";
import { secondRun } from "./second-run.ts";

/** All checks, in the order in which they run: what changes nothing first, what breaks things last. */
export const checks: readonly Check[] = [
  secondRun,
  listeners,
  ingress,
  egress,
  identity,
  certificates,
  backups,
  purge,
  renewal,
  ticketingEdge,
  brokerEdge,
  exposure,
  releases,
  mariadb,
  redis,
  postgres,
  reboots,
];
