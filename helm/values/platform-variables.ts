import { backupPlace, groupDomain } from "../../services/names.ts";
import { observability, tempo } from "../../services/observability.ts";
import { linkLocal, trust } from "../../services/platform.ts";
import { interval } from "../../services/resolve.ts";
import type { Backup } from "../../services/schema/job.ts";
import { type Context, partyNamed, type Workload } from "./context.ts";

/** A variable that the platform sets, because it alone knows the value. */
interface Given {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** Variables that follow from what the catalogue says of a workload besides its own. */
export const platformVariables = (context: Context, workload: Workload): readonly Given[] => [
  ...tracing(context, workload),
  ...region(context, workload),
  ...verification(context, workload),
  ...secretAges(context, workload),
];

/** Where traces go, and as whose (MUN-3.6, ALC-6.10). Metrics are scraped and logs are read from the node: neither is sent. */
function tracing({ resolved }: Context, workload: Workload): readonly Given[] {
  const { service, environment } = resolved;
  if (!service.tracing.some((component) => component === workload)) return [];
  const domain = groupDomain(environment, observability, tempo);
  const attributes = { "service.namespace": service.name, "deployment.environment.name": environment.name };
  return [
    { name: "OTEL_TRACES_EXPORTER", value: "otlp", meaning: "traces are sent" },
    { name: "OTEL_METRICS_EXPORTER", value: "none", meaning: "metrics are scraped instead" },
    { name: "OTEL_LOGS_EXPORTER", value: "none", meaning: "logs are read from standard output instead" },
    {
      name: "OTEL_EXPORTER_OTLP_ENDPOINT",
      value: `https://${domain}:${tempo.listens.otlp.port}`,
      meaning: "where traces go",
    },
    { name: "OTEL_EXPORTER_OTLP_PROTOCOL", value: "grpc", meaning: "how traces go" },
    { name: "OTEL_EXPORTER_OTLP_CERTIFICATE", value: trust.internal, meaning: "authority of who takes traces" },
    { name: "OTEL_SERVICE_NAME", value: `${service.name}-${workload.name}`, meaning: "name in traces" },
    {
      name: "OTEL_RESOURCE_ATTRIBUTES",
      value: Object.entries(attributes)
        .map((pair) => pair.join("="))
        .join(","),
      meaning: "labels of traces",
    },
  ];
}

/** Pods reach no metadata service that would tell them: its answers travel one hop. */
function region(context: Context, workload: Workload): readonly Given[] {
  const { resolved } = context;
  const party = partyNamed(context, workload);
  const calls = resolved.flows.some(({ from, to }) => from === party && to === linkLocal.podIdentity.listener.owner);
  return calls ? [{ name: "AWS_REGION", value: resolved.environment.region, meaning: "region at AWS" }] : [];
}

/** Where the copies of a backup lie, by its name. */
export function copiesOf({ resolved }: Context, backup: Backup): readonly Given[] {
  const { bucket, prefix } = backupPlace(resolved.environment, resolved.service, backup);
  return [
    { name: "BACKUP_NAME", value: backup.name, meaning: "the backup, in logs and metrics" },
    { name: "BACKUP_BUCKET", value: bucket, meaning: "bucket of its copies" },
    { name: "BACKUP_PREFIX", value: prefix, meaning: "where they lie in it" },
  ];
}

/**
 * What a job reads back (NOD-3.8). It follows the backup, so a copy as old as the time between two backups is not of the
 * last one, and the job fails: nothing else waits for the backup.
 */
function verification(context: Context, workload: Workload): readonly Given[] {
  if (workload.kind !== "job" || workload.verifies === undefined) return [];
  return [
    ...copiesOf(context, workload.verifies),
    {
      name: "BACKUP_MAX_AGE_SECONDS",
      value: String(interval(workload.verifies.schedule)),
      meaning: "an older copy is not of the last run: the run failed",
    },
  ];
}

/** Whose age a job asks for, and how old each may be (NOD-2.7). */
function secretAges({ resolved }: Context, workload: Workload): readonly Given[] {
  if (workload.kind !== "job" || workload.watches === undefined) return [];
  const ages = workload.watches.map(({ name, rotation }) => {
    const found = resolved.secrets.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${resolved.service.name}/secrets: no secret "${name}"`);
    return `${found.fullName}=${rotation.every}`;
  });
  return [{ name: "SECRET_MAX_AGES", value: ages.join(" "), meaning: "each secret, and its greatest age in seconds" }];
}
