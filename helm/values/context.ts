import { type Estate, type ResolvedService, workloads } from "../../services/resolve.ts";
import type { Pods } from "../../services/schema/component.ts";
import type { Job } from "../../services/schema/job.ts";

/** What values are derived from: a service, and the estate whose network and hosts it uses. */
export interface Context {
  readonly resolved: ResolvedService;
  readonly estate: Estate;
}

/** What becomes pods of its own: a component, or a job of one. */
export type Workload = Pods | Job;

/** `student-allocation/api`, as flows name it. */
export const partyNamed = ({ resolved }: Context, { name }: { readonly name: string }): string =>
  `${resolved.service.name}/${name}`;

/** `student-allocation/components/api`, as messages name it. */
export const pathOf = ({ resolved }: Context, { kind, name }: Workload): string =>
  `${resolved.service.name}/${kind === "job" ? "jobs" : "components"}/${name}`;

/** All that becomes pods, components first. */
export const workloadsOf = ({ resolved }: Context): readonly Workload[] => workloads(resolved.service);
