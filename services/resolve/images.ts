import { imageRepository } from "../names.ts";
import { upstreamRegistries } from "../platform.ts";
import type { Pods } from "../schema/component.ts";
import type { Job } from "../schema/job.ts";

/** Image of a workload on pods: its own, or for a job without one that of its component. */
export function imageOf(workload: Pods | Job): string {
  if (workload.kind === "pods") return workload.image;
  if (workload.image !== undefined) return workload.image;
  if (workload.on.kind === "pods") return workload.on.image;
  throw new Error(`jobs/${workload.name}: runs on hosts, which have no image`);
}

/** First part of an image's name, where that says another registry: `quay` of `quay/prometheuscommunity/postgres-exporter`. */
export const upstreamOf = (image: string): string | undefined =>
  Object.keys(upstreamRegistries).find((prefix) => image.startsWith(`${prefix}/`));

/** Where our registry keeps an image: `platform/edge`; what it pulls from another registry keeps its name. */
export const repositoryOf = (image: string): string =>
  upstreamOf(image) === undefined ? imageRepository(image) : image;
