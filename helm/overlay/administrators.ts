import type { ServiceValues } from "../values/service-values.ts";

/** Managed databases whose administrator a workload is told, sorted. */
export const administratorsIn = ({ components, jobs }: Pick<ServiceValues, "components" | "jobs">): readonly string[] =>
  [
    ...new Set(
      [...Object.values(components), ...Object.values(jobs)].flatMap(({ secrets }) =>
        Object.values(secrets).flatMap((value) => ("administrator" in value ? [value.administrator] : [])),
      ),
    ),
  ].sort();
