import { imageRepository } from "../services/names.ts";
import { EDGE_IMAGE } from "../services/schema/edge.ts";
import type { ClusterValues } from "./values/cluster-values.ts";
import type { ServiceValues } from "./values/service-values.ts";

/** NGINX of the edge; every TLS sidecar runs it too. */
const SIDECAR = imageRepository(EDGE_IMAGE);

/** Repositories of all images that a service's pods run, sorted: a release says a digest for each. */
export const imagesOf = ({ components, jobs }: Pick<ServiceValues, "components" | "jobs">): readonly string[] =>
  [
    ...new Set([
      ...Object.values(components).flatMap(({ image, sidecar }) =>
        sidecar === undefined ? [image] : [image, SIDECAR],
      ),
      ...Object.values(jobs).flatMap(({ image, upload }) => (upload === undefined ? [image] : [image, upload.image])),
    ]),
  ].sort();

/** The same of the cluster's own pods. */
export const clusterImages = ({ logShipper }: Pick<ClusterValues, "logShipper">): readonly string[] => [
  logShipper.image,
];
