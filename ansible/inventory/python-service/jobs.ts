import type { Job } from "../../../services/schema/job.ts";
import type { GroupPlace } from "../role.ts";
import type { Application } from "./place.ts";
import { environmentOf } from "./values.ts";

/** What runs once before a release is switched to, with the program of the new release (`%i`). */
export type ReleaseJob = ReturnType<typeof releaseJobs>[number];

const words = (command: Job["command"]): string =>
  command.map((word) => (/^[\w./:=@%+-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");

/** Schema changes of a component, each a unit whose instance is the version. */
export const releaseJobs = (place: GroupPlace, { component, units, root }: Application) =>
  place.resolved.service.jobs
    .filter(({ on, schedule }) => on === component && schedule.every === "release")
    .map((job) => {
      const { name } = place.resolved.service;
      const file = `/etc/${name}/${job.name}.env`;
      return {
        name: job.name,
        unit: `${name}-${job.name}`,
        why: job.why,
        user: units[0].user,
        folder: `${root}/releases/%i/${component.name}`,
        exec: words(job.command).replaceAll(`${root}/venv/`, `${root}/releases/%i/venv/`),
        environment_file: file,
        environment_files: [units[0].environment.path, file],
        environment: environmentOf(place, job.environment),
        limit_seconds: job.limit,
        // BRK-24.8: no schema changes without a copy from just before.
        after: job.after === undefined ? [] : [job.after.name],
      };
    });
