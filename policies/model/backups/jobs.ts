import { type Estate, type Host, kind, type Manifest } from "../estate.ts";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost, placeOfManifest } from "../place.ts";

/** Something that writes backups, as its host or pod is told to. */
export interface BackupJob {
  readonly at: Place;
  /** The service that it is part of, where that is declared. */
  readonly service: string | undefined;
  /** Name of the backup. */
  readonly name: string;
  /** Where it writes. */
  readonly bucket: string;
  readonly prefix: string;
}

/** What hosts read their tasks from. */
const TASKS = "/etc/platform/tasks.json";

/** Every job that writes backups into a bucket. */
export const backupJobs = kind<BackupJob>("backup job", (estate) => [
  ...jobsOfHosts(estate),
  ...estate.manifests.flatMap(jobsOfManifest),
]);

function jobsOfHosts({ hosts, declaration }: Estate): readonly BackupJob[] {
  const service = new Map(
    (declaration?.services ?? []).flatMap(({ name, components, stores }) =>
      [...components, ...stores].flatMap((part) => part.hosts.map(({ domain }) => [domain, name] as const)),
    ),
  );
  return hosts.flatMap((host) => {
    const read = tasksOf(host);
    const of = service.get(textOf(read["domain"]) ?? "");
    return listOf(read["tasks"]).flatMap((task) => {
      const { kind, name, does } = objectOf(task);
      // A job of the application leaves a backup under the backup's name; others are named as their backup.
      const leaves = objectOf(does)["leaves"];
      const written = objectOf(kind === "backup" ? does : leaves);
      const bucket = textOf(written["bucket"]);
      const prefix = textOf(written["prefix"]) ?? "";
      if (bucket === undefined) return [];
      const own = kind === "backup" ? textOf(name) : prefix.split("/").findLast((part) => part !== "");
      return [{ at: placeOfHost(host, TASKS), service: of, name: own ?? "", bucket, prefix }];
    });
  });
}

function tasksOf(host: Host): JsonObject {
  const text = host.files.get(TASKS)?.text;
  if (text === undefined) return {};
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : {};
  } catch {
    // Whether it can be read is not for a backup to say: one that is declared is then missing.
    return {};
  }
}

/** A container is told by its environment, which lies in a ConfigMap. */
function jobsOfManifest(manifest: Manifest): readonly BackupJob[] {
  if (manifest.kind !== "ConfigMap") return [];
  const data = objectOf(manifest.body["data"]);
  const bucket = textOf(data["BACKUP_BUCKET"]);
  // A directory is what is uploaded; without one, a job only looks at what is there.
  if (bucket === undefined || data["BACKUP_DIR"] === undefined) return [];
  return [
    {
      at: placeOfManifest(manifest),
      service: manifest.release,
      name: textOf(data["BACKUP_NAME"]) ?? "",
      bucket,
      prefix: textOf(data["BACKUP_PREFIX"]) ?? "",
    },
  ];
}
