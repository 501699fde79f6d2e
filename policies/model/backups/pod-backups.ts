import type { DeclaredBackup } from "../declaration.ts";
import { type Estate, kind, type Manifest } from "../estate.ts";
import type { Place } from "../place.ts";

/** A backup that the catalogue wants pods to make, and the CronJob that starts them. */
export interface PodBackup {
  readonly at: Place;
  readonly backup: DeclaredBackup;
  readonly job: Manifest | undefined;
}

/** Each declared backup whose runner is no host and not the platform, of services that have objects in the cluster. */
export const podBackups = kind<PodBackup>("backup of pods", (estate: Estate) => {
  const services = estate.declaration?.services ?? [];
  const onHosts = new Set(
    services.flatMap(({ name, components, stores }) =>
      [...components, ...stores].flatMap((part) => (part.hosts.length > 0 ? [`${name}/${part.name}`] : [])),
    ),
  );
  const inCluster = new Set(estate.manifests.map(({ namespace }) => namespace));
  const jobs = estate.manifests.filter(({ kind: of }) => of === "CronJob");
  return services.flatMap(({ name: service, backups }) =>
    backups.flatMap((backup): readonly PodBackup[] => {
      const [of, runner] = backup.runner.split("/");
      if (of !== service || onHosts.has(backup.runner) || !inCluster.has(service)) return [];
      const job = jobs.find(({ namespace, name }) => namespace === service && name === runner);
      const at = { resource: `${service}/${backup.name}`, stack: service, source: "index.json" };
      return [{ at, backup, job }];
    }),
  );
});
