import { clusterPlaceholderOverlay, placeholderOverlay } from "../../helm/placeholders.ts";
import { clusterValues } from "../../helm/values/cluster.ts";
import { podServices, serviceValues } from "../../helm/values.ts";
import { cluster } from "../../services/platform.ts";
import type { Estate } from "../../services/resolve.ts";

/** What Helm installs as one, with all it is told. */
export interface Release {
  readonly environment: string;
  /** That of its stack too. */
  readonly name: string;
  readonly namespace: string;
  readonly chart: "cluster" | "service";
  readonly values: unknown;
  /** What only a deployment knows. */
  readonly overlay: unknown;
}

/** Namespace of what is there before any service. */
const PLATFORM = "platform";

/** The releases of an environment, the cluster's first, those wanted; marked placeholders stand for what only a deployment knows. */
export function releasesOf(estate: Estate, wanted: (name: string) => boolean = () => true): readonly Release[] {
  const environment = estate.environment.name;
  const services = podServices(estate).filter(({ service }) => wanted(service.name));
  return [
    ...(wanted(cluster.name) ? [clusterRelease(estate)] : []),
    ...services.map((resolved): Release => {
      const values = serviceValues(resolved, estate);
      const { name } = resolved.service;
      return { environment, name, namespace: name, chart: "service", values, overlay: placeholderOverlay(values) };
    }),
  ];
}

function clusterRelease(estate: Estate): Release {
  const values = clusterValues(estate);
  return {
    environment: estate.environment.name,
    name: cluster.name,
    namespace: PLATFORM,
    chart: "cluster",
    values,
    overlay: clusterPlaceholderOverlay(values),
  };
}
