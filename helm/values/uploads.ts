import { repositoryOf } from "../../services/resolve.ts";
import { BACKUP_DIRECTORY, TOOLS } from "../../services/schema/dump.ts";
import type { Job } from "../../services/schema/job.ts";
import { mib, millicores } from "../../services/schema/units.ts";
import { type Context, pathOf } from "./context.ts";
import { copiesOf } from "./platform-variables.ts";
import { resourcesOf } from "./resources.ts";
import type { UploadValues } from "./service-values.ts";

/** It sends files in parts of some MiB, whatever their size. */
const SHARE = { cpu: millicores(250), memory: mib(256) };

/** The scratch directory that a backup's program fills. */
function directoryOf(path: string, { environment, scratch = {} }: Job): string {
  const directory = environment[BACKUP_DIRECTORY];
  if (typeof directory !== "string" || scratch[directory] === undefined) {
    const known = Object.keys(scratch).join(", ");
    const got = typeof directory === "string" ? directory : "none";
    throw new Error(
      `${path}/environment/${BACKUP_DIRECTORY}: must be one of its scratch directories (${known}), got ${got}`,
    );
  }
  return directory;
}

/** What sends the files of a backup's job to their locked bucket; undefined for a job that makes no backup. */
export function uploadOf(context: Context, job: Job): UploadValues | undefined {
  const { service, environment } = context.resolved;
  const path = pathOf(context, job);
  const [backup, ...others] = service.backups.filter((each) => each.job === job);
  if (backup === undefined) return undefined;
  if (others.length > 0) {
    const names = [backup, ...others].map(({ name }) => name).join(", ");
    throw new Error(`${path}: must make one backup, got ${names}`);
  }
  return {
    image: repositoryOf(TOOLS),
    command: [TOOLS, "upload"],
    env: {
      ...Object.fromEntries(copiesOf(context, backup).map(({ name, value }) => [name, value])),
      [BACKUP_DIRECTORY]: directoryOf(path, job),
      AWS_REGION: environment.region,
    },
    resources: resourcesOf(SHARE, {}),
  };
}
