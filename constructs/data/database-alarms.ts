import type { Alarm, Metric } from "../observability/alarm.ts";

/** What the alarms of a database are measured against. */
export interface DatabaseLimits {
  readonly allocatedGib: number;
  readonly maxConnections: number;
}

const GIB = 1024 ** 3;

/** Five minutes, three times: what is over by then was a peak. */
const lasting = { periodSeconds: 300, periods: 3, datapoints: 3 } as const;

/** The alarms of one instance of a PostgreSQL cluster, by a stable short name. Each of them may be the writer tomorrow. */
export function databaseAlarms(instance: string, limits: DatabaseLimits): Readonly<Record<string, Alarm>> {
  const metric = (name: string, statistic: Metric["statistic"]): Metric => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBInstanceIdentifier: instance },
    statistic,
  });
  const freeBelow = (name: string, percent: number, summary: string): Alarm => ({
    ...lasting,
    name: `${instance}-${name}`,
    summary: `${summary}: less than ${percent} % of ${limits.allocatedGib} GiB is free`,
    metric: metric("FreeStorageSpace", "Minimum"),
    comparison: "below",
    threshold: { value: Math.floor((limits.allocatedGib * GIB * percent) / 100), unit: "count" },
    missing: "notBreaching",
  });
  return {
    cpu: {
      ...lasting,
      name: `${instance}-cpu`,
      summary: "The database has little processor time left, or the instance is gone and reports nothing",
      metric: metric("CPUUtilization", "Average"),
      comparison: "above",
      threshold: { value: 80, unit: "percent" },
      missing: "breaching",
    },
    // A Multi-AZ DB cluster does not grow by itself: both leave time to raise the storage by hand (NOD-4.9).
    space: freeBelow("space", 15, "The database's storage is running out"),
    full: freeBelow("full", 5, "The database will stop taking writes"),
    connections: {
      ...lasting,
      name: `${instance}-connections`,
      summary: "The database is about to refuse connections",
      metric: metric("DatabaseConnections", "Maximum"),
      comparison: "above",
      threshold: { value: Math.floor(limits.maxConnections * 0.8), unit: "count" },
      missing: "notBreaching",
    },
    lag: {
      ...lasting,
      name: `${instance}-lag`,
      summary: "A reader is behind by so many seconds: a failover to it would wait as long",
      metric: metric("ReplicaLag", "Maximum"),
      comparison: "above",
      threshold: { value: 60, unit: "count" },
      // The writer reports none.
      missing: "notBreaching",
    },
    wraparound: {
      ...lasting,
      name: `${instance}-wraparound`,
      summary: "Transaction ids are half used up: vacuum does not keep up, and PostgreSQL will stop taking writes",
      metric: metric("MaximumUsedTransactionIDs", "Maximum"),
      comparison: "above",
      threshold: { value: 1_000_000_000, unit: "count" },
      missing: "notBreaching",
    },
  };
}
