import { trust } from "../../services/platform.ts";
import { imageOf, repositoryOf } from "../../services/resolve.ts";
import type { Bytes } from "../../services/schema/units.ts";
import { certificateOf } from "./certificates.ts";
import { type Context, pathOf, type Workload } from "./context.ts";
import { networkOf } from "./network.ts";
import { placed } from "./placement.ts";
import { sizes } from "./quantities.ts";
import { resourcesOf } from "./resources.ts";
import type { WorkloadValues } from "./service-values.ts";
import { mentions, variablesOf } from "./variables.ts";

/** The component whose pods a workload's are like: itself, or that of the job. */
function podsOf(context: Context, workload: Workload) {
  if (workload.kind === "pods") return workload;
  if (workload.on.kind === "pods") return workload.on;
  throw new Error(`${pathOf(context, workload)}/on: must be pods, got ${workload.on.name} (hosts)`);
}

/** Writable space: a job's own, or that of its component. */
const scratchOf = (context: Context, workload: Workload): Readonly<Record<string, Bytes>> =>
  workload.scratch ?? podsOf(context, workload).scratch;

/** What components and jobs have in common. */
export function workloadValues(context: Context, workload: Workload): WorkloadValues {
  const path = pathOf(context, workload);
  const variables = variablesOf(context, workload);
  const scratch = scratchOf(context, workload);
  const certificate = certificateOf(context, workload, variables);
  return {
    why: workload.why,
    image: repositoryOf(imageOf(workload)),
    ...(workload.command === undefined ? {} : { command: workload.command }),
    resources: resourcesOf(podsOf(context, workload).resources, scratch),
    ...placed(path, variables),
    scratch: sizes(scratch),
    ...(certificate === undefined ? {} : { certificate }),
    trustsDatabases: mentions(variables, trust.rds),
    network: networkOf(context, workload),
  };
}
