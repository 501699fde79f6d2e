import type { Component, Hosts } from "./component.ts";
import type { Entrypoint } from "./entrypoint.ts";
import type { Backup, Job } from "./job.ts";
import type { Secret } from "./secret.ts";
import type { HostedStore, Store } from "./store.ts";
import { type Duration, days, hours, minutes, type Ratio } from "./units.ts";

/** Signals measured as a time. */
export type TimeSignal =
  | "latency-p95"
  | "redis-latency-p95"
  | "replica-lag"
  | "clock-offset"
  | "cycle-age"
  | "backup-age"
  | "secret-age"
  | "patch-age"
  | "virus-signature-age"
  | "certificate-remaining"
  | "crl-remaining";
/** Signals measured as a share of a whole. */
export type ShareSignal = "error-ratio" | "disk-free" | "memory-used" | "cpu-used";
/** Signals measured as a number of things. */
export type CountSignal =
  | "endpoints-down"
  | "members-down"
  | "members-without-primary"
  | "failovers"
  | "redis-unhealthy"
  | "retries-exhausted"
  | "queue-depth"
  | "sla-breaches"
  | "rate-limit-rejections"
  | "auth-failures"
  | "backup-failures"
  | "certificate-failures"
  | "checksum-mismatches"
  | "purge-failures"
  | "disk-full-within-four-days";

/** What carries a signal. */
export type Watched = Component | Store | Entrypoint | Backup | Job | Secret;

/** A signal on one side of a threshold. */
export interface Condition {
  readonly on: Watched;
  readonly is: "above" | "below";
  readonly signal: TimeSignal | ShareSignal | CountSignal;
  readonly threshold: number;
  readonly unit: "seconds" | "ratio" | "count";
}

interface Comparison {
  (on: Watched, signal: TimeSignal, threshold: Duration): Condition;
  (on: Watched, signal: ShareSignal, threshold: Ratio): Condition;
  (on: Watched, signal: CountSignal, threshold: number): Condition;
}

const shares: readonly string[] = ["error-ratio", "disk-free", "memory-used", "cpu-used"] satisfies ShareSignal[];
const times: readonly string[] = [
  "latency-p95",
  "redis-latency-p95",
  "replica-lag",
  "clock-offset",
  "cycle-age",
  "backup-age",
  "secret-age",
  "patch-age",
  "virus-signature-age",
  "certificate-remaining",
  "crl-remaining",
] satisfies TimeSignal[];

function unitOf(signal: string): Condition["unit"] {
  if (times.includes(signal)) return "seconds";
  return shares.includes(signal) ? "ratio" : "count";
}

const comparison =
  (is: Condition["is"]): Comparison =>
  (on, signal, threshold) => ({
    on,
    is,
    signal,
    threshold,
    unit: unitOf(signal),
  });

/** `above(site, "error-ratio", percent(1))` */
export const above: Comparison = comparison("above");
/** `below(database, "disk-free", percent(15))` */
export const below: Comparison = comparison("below");

/** Fires when its condition has held for a time. */
export interface Alert {
  readonly name: string;
  readonly source: string;
  readonly condition: Condition;
  readonly for: Duration;
  /** Time over which a rate or quantile is taken. */
  readonly over?: Duration;
  /** `page` wakes somebody; `ticket` waits for the morning. */
  readonly severity: "page" | "ticket";
}

interface Lasting {
  readonly for: Duration;
  readonly over?: Duration;
}

/** Wakes somebody; `source` is the requirement that names the alert or its figure. */
export const page = (name: string, source: string, condition: Condition, lasting: Lasting): Alert => ({
  name,
  source,
  condition,
  severity: "page",
  ...lasting,
});
/** Waits for the morning. */
export const ticket = (name: string, source: string, condition: Condition, lasting: Lasting): Alert => ({
  ...page(name, source, condition, lasting),
  severity: "ticket",
});

/** A ticket for each secret whose rotation is a day late; a day, so that a rotation under way is no alert. */
export const rotationAlerts = (secrets: Readonly<Record<string, Secret>>, source = "NOD-2.7"): readonly Alert[] =>
  Object.values(secrets).map((each) =>
    ticket("SecretRotationLate", source, above(each, "secret-age", each.rotation.every), { for: days(1) }),
  );

/**
 * What somebody is told of each component or store on hosts: a ticket for one that has not had every update for 30 days
 * (NOD-5.6), whose own certificate has less than a third of its 7 days left (TKT-4.12: hosts renew from half on, ADR 18), or
 * that could not renew one or bring it into use at two hourly checks in a row; a page when it ends within a day.
 */
export const hostAlerts = (...groups: readonly (Hosts | HostedStore)[]): readonly Alert[] =>
  groups.flatMap((each) => [
    ticket("PatchesLate", "NOD-5.6", above(each, "patch-age", days(30)), { for: hours(1) }),
    ticket("HostCertificateLate", "TKT-4.12", below(each, "certificate-remaining", hours(56)), { for: minutes(10) }),
    ticket("HostCertificateCheckFails", "TKT-4.12", above(each, "certificate-failures", 0), { for: minutes(100) }),
    page("HostCertificateExpires", "TKT-4.12", below(each, "certificate-remaining", days(1)), { for: minutes(5) }),
  ]);

/** A service level objective; burn-rate alerts come from it (MUN-3.10). */
export interface Objective {
  readonly name: string;
  readonly on: Entrypoint;
  readonly target: Ratio;
  readonly over: Duration;
  /** Answers slower than this count as bad; absent: only failed ones do. */
  readonly fasterThan?: Duration;
}
/** `objective("availability", site, percent(99.9))`: over 30 days unless `over` says otherwise. */
export const objective = (
  name: string,
  on: Entrypoint,
  target: Ratio,
  given: { readonly over?: Duration; readonly fasterThan?: Duration } = {},
): Objective => ({ ...given, name, on, target, over: given.over ?? days(30) });
