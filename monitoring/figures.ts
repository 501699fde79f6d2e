import type { Condition } from "../services/schema/alert.ts";

/** Hosts that measure what is watched, and the task of theirs if it is one. */
export interface Watch {
  readonly service: string;
  readonly component: string;
  readonly task?: {
    /** As its timer is called: that of the job where one makes a backup. */
    readonly name: string;
    /** Each host must do it; otherwise one of them does it for all. */
    readonly eachHost: boolean;
  };
}

/** How a signal is read from what hosts write of themselves for the node exporter. In PromQL. */
export interface Figure {
  /** Seconds or a count, of each host, or of the group where one host does it for all. */
  readonly value: string;
  /** Has a sample for each host or group that must have a value and has none: that is as bad as one beyond the threshold. */
  readonly unknown?: string;
  /** The task that it is of, and no state of the host itself. */
  readonly task?: string;
}

const crl = "broker_crl_next_update_timestamp_seconds";
const registered = "broker_certificate_not_after_timestamp_seconds";
const installed = "platform_certificate_not_after_timestamp_seconds";
const uninstalled = "platform_certificate_failed";
const updates = "platform_updates_last_success_timestamp_seconds";
const failed = "platform_task_failed";
const succeeded = "platform_task_last_success_timestamp_seconds";
const booted = "node_boot_time_seconds";

const until = (moment: string): string => `${moment} - time()`;
const since = (moment: string): string => `time() - ${moment}`;
const wordsOf = ({ service, component }: Watch): string => `service="${service}",component="${component}"`;
/** Hosts that answer and do not have a metric. */
const without = (watch: Watch, metric: string): string =>
  `up{job="node",${wordsOf(watch)}} == 1 unless on (instance) ${metric}`;

/** When the task succeeded last; where that never was, since when it could have, so that a new host has time for its first run. */
function ageOf(watch: Watch, { name, eachHost }: NonNullable<Watch["task"]>, threshold: number): Figure {
  const words = wordsOf(watch);
  const success = `${succeeded}{${words},task="${name}"}`;
  const boot = `${booted}{${words}}`;
  if (eachHost) {
    return {
      task: name,
      value: since(success),
      unknown: `${since(boot)} > ${threshold} unless on (instance) ${success}`,
    };
  }
  // The host that did it last may be down: what it said within the threshold still holds.
  const known = `last_over_time(${success}[${threshold}s])`;
  return {
    task: name,
    value: since(`max by (service, component, task) (${known})`),
    unknown: `${since(`min by (service, component) (${boot})`)} > ${threshold} unless on (service, component) ${known}`,
  };
}

/** Signals of a task, and of what it looks at. */
function figureOfTask(
  { signal, threshold }: Condition,
  watch: Watch,
  task: NonNullable<Watch["task"]>,
): Figure | undefined {
  const words = wordsOf(watch);
  switch (signal) {
    case "backup-failures":
    case "purge-failures":
      // A task that has not run yet has not failed: its age tells of one that never runs.
      return { task: task.name, value: `${failed}{${words},task="${task.name}"}` };
    case "backup-age":
    case "cycle-age":
      return ageOf(watch, task, threshold);
    case "crl-remaining":
      return { value: until(`${crl}{${words}}`), unknown: without(watch, `${crl}{${words}}`) };
    case "certificate-remaining":
      return {
        // Of each name the newest: one that has been replaced, or is revoked, may run out.
        value: until(`max without (serial, status, path) (${registered}{${words},status!="revoked"})`),
        // The register says nothing of a host whose own is not signed yet.
        unknown: without(watch, `${installed}{${words},authority="broker"}`),
      };
    default:
      return undefined;
  }
}

/** Signals of hosts themselves. */
function figureOfHosts({ signal }: Condition, watch: Watch): Figure | undefined {
  const words = wordsOf(watch);
  switch (signal) {
    case "patch-age":
      return { value: since(`${updates}{${words}}`), unknown: without(watch, `${updates}{${words}}`) };
    case "certificate-remaining": {
      const own = `${installed}{${words},authority="internal"}`;
      return { value: until(own), unknown: without(watch, own) };
    }
    case "certificate-failures": {
      const failures = `${uninstalled}{${words}}`;
      return { value: failures, unknown: without(watch, failures) };
    }
    default:
      return undefined;
  }
}

/** The figure of a condition; undefined for one that needs what others measure: exporters of stores, load balancers, pods. */
export const figureOf = (condition: Condition, watch: Watch): Figure | undefined =>
  watch.task === undefined ? figureOfHosts(condition, watch) : figureOfTask(condition, watch, watch.task);
