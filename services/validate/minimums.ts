import { type Duration, days } from "../schema/units.ts";

/** Figures that requirements set for single parts: the catalogue may do better, never worse. */

/** How a figure is read from the value at a path. */
export type Measure =
  /** A length of time. */
  | "time"
  /** From a backup's `keep`: the time of which every copy stays restorable. */
  | "span"
  /** From a backup's `keep`: copies of single days, of single weeks. */
  | "daily copies"
  | "weekly copies"
  /** From a schedule: time between two starts. */
  | "interval"
  /** From a command: the number in the parentheses of its call. */
  | "argument"
  /** 1 for a backup, 0 for anything else. */
  | "backups"
  /** Of a component: its egress; its flows to anything but its own host. */
  | "ways to the internet"
  | "calls beyond its host";

export interface Minimum {
  /** The requirement. */
  readonly id: string;
  /** Names and fields to the value, as in faults; `*` stands for every element of a list. */
  readonly path: string;
  readonly measure: Measure;
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
}

const least = (id: string, path: string, measure: Measure, figure: number): Minimum => ({
  id,
  path,
  measure,
  bound: { atLeast: figure },
});
const most = (id: string, path: string, measure: Measure, figure: number): Minimum => ({
  id,
  path,
  measure,
  bound: { atMost: figure },
});
const often = (id: string, path: string, figure: Duration) => most(id, path, "interval", figure);

/** By requirement. */
export const minimums: readonly Minimum[] = [
  least("TKT-4.15", "environments/*/logs/keep", "time", days(30)),
  least("TKT-4.15", "*/logs/keep", "time", days(30)),
  often("TKT-7.1", "ticketing/backups/database-dump/schedule", days(1)),
  least("TKT-7.3", "ticketing/backups/*/keep", "span", days(30)),
  least("TKT-7.3", "ticketing/stores/database/pointInTime", "time", days(30)),
  often("TKT-7.11", "ticketing/drills/*/schedule", days(92)),
  often("NOD-3.2", "desktop-backend/backups/database-dump/schedule", days(1)),
  least("NOD-3.6", "desktop-backend/backups/database-dump/keep", "daily copies", 7),
  least("NOD-3.7", "desktop-backend/backups/database-dump/keep", "weekly copies", 4),
  often("MUN-4.14", "resident-services/backups/database-snapshot/schedule", days(1)),
  often("MUN-4.14", "resident-services/backups/attachments/schedule", days(1)),
  often("MUN-4.15", "resident-services/backups/database-dump/schedule", days(7)),
  often("BRK-25.5", "message-broker/backups/*/schedule", days(1)),
  least("BRK-27.1", "message-broker/jobs/purge/command", "argument", 180),
  least("BRK-27.5", "message-broker/jobs/purge/after", "backups", 1),
  most("BRK-4.5", "message-broker/components/proxy", "ways to the internet", 0),
  most("BRK-15.2", "message-broker/components/main", "ways to the internet", 0),
  most("BRK-15.1", "message-broker/components/main", "calls beyond its host", 0),
];
