import type { Alert, Objective } from "./alert.ts";
import type { Component } from "./component.ts";
import type { Entrypoint } from "./entrypoint.ts";
import type { Access, Egress, Flow } from "./flow.ts";
import type { Backup, Drill, Job } from "./job.ts";
import type { Secret } from "./secret.ts";
import type { Store } from "./store.ts";
import type { Duration } from "./units.ts";

/** How bad a leak would be; every resource is tagged with it (MUN-6.3). */
export type DataClass = "internal" | "confidential" | "personal";

/** One system: all that runs, what it keeps, who may talk to whom. */
export interface Service {
  readonly name: string;
  /** Three letters in the names of resources. */
  readonly code: string;
  readonly owner: string;
  readonly data: DataClass;
  /** Number of its block in every tier, 0 to 6 (7 is the cluster's); never reused: addresses follow from it. */
  readonly block: number;
  readonly components: readonly Component[];
  readonly stores: readonly Store[];
  readonly entrypoints: readonly Entrypoint[];
  readonly flows: readonly Flow[];
  readonly egress: readonly Egress[];
  /** Rights at its buckets. */
  readonly access: readonly Access[];
  readonly secrets: readonly Secret[];
  readonly jobs: readonly Job[];
  readonly backups: readonly Backup[];
  readonly drills: readonly Drill[];
  readonly alerts: readonly Alert[];
  readonly objectives: readonly Objective[];
  /** Application logs in Loki, and the audit stream apart from them. */
  readonly logs: { readonly keep: Duration; readonly audit: Duration };
  /** Components that send OpenTelemetry traces. */
  readonly tracing: readonly Component[];
}

/** Declares a service; lists that are left out are empty. */
export const defineService = (
  given: Pick<Service, "name" | "code" | "owner" | "data" | "block" | "logs"> & Partial<Service>,
): Service => ({
  components: [],
  stores: [],
  entrypoints: [],
  flows: [],
  egress: [],
  access: [],
  secrets: [],
  jobs: [],
  backups: [],
  drills: [],
  alerts: [],
  objectives: [],
  tracing: [],
  ...given,
});
