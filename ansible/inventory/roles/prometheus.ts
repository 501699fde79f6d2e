import { clusterName, parameterName } from "../../../services/names.ts";
import { grafana, prometheus as program } from "../../../services/observability.ts";
import { cluster } from "../../../services/platform.ts";
import { type Estate, isOnPods } from "../../../services/resolve.ts";
import { inDays } from "../../../services/schema/units.ts";
import { parameterMarker, secretMarker } from "../markers.ts";
import { hostsOf, isOf, namesOf, observabilityOf, tlsFiles } from "../observability.ts";
import type { HostRole, Variables } from "../role.ts";
import { edgeProbes, hostProbes, hostTargets, platformTargets, podScrapes, type Target } from "../scrapes.ts";
import { DATA_FOLDER } from "./baseline.ts";

/** Share of the data volume that samples may take; the write-ahead log and compaction need the rest. */
const SAMPLES_SHARE = 0.8;

const target = ({ address, labels, asks, token }: Target): Variables => ({
  address,
  labels: { ...labels },
  asks,
  token,
});

/** The token of each service whose applications want one, by service. */
function tokens(estate: Estate, targets: readonly Target[]): Variables {
  const named = [
    ...targets.flatMap(({ token }) => token ?? []),
    ...podScrapes(estate).flatMap(({ service, token }) => (token ? [service] : [])),
  ];
  return Object.fromEntries(
    estate.services
      .filter(({ service }) => named.includes(service.name))
      .flatMap((resolved) =>
        resolved.service.secrets
          .filter(({ name }) => name === "metrics-token")
          .map((secret) => [resolved.service.name, secretMarker(resolved, secret)]),
      ),
  );
}

/** How the API of the cluster is found and asked; undefined where nothing runs on pods. */
const clusterOf = ({ environment, services }: Estate): Variables | undefined =>
  services.some(({ service }) => isOnPods(service))
    ? {
        name: clusterName(environment),
        endpoint: parameterMarker(parameterName(environment, cluster, "endpoint")),
        authority: parameterMarker(parameterName(environment, cluster, "certificate-authority")),
      }
    : undefined;

/** Asks every metrics port and every health endpoint of the environment, and tells both alert managers (TKT-4.1, MUN-3.7). */
export const prometheus: HostRole = {
  name: "prometheus",
  groupVars: (place) => {
    if (!isOf(place, program)) return undefined;
    const { estate } = place;
    const targets = [...hostTargets(estate), ...platformTargets(estate)];
    return {
      prometheus_port: program.listens.query.port,
      prometheus_prober_port: program.listens.prober.port,
      prometheus_tls: tlsFiles(place),
      prometheus_clients: namesOf(estate, program, grafana),
      prometheus_data: `${DATA_FOLDER}/prometheus`,
      prometheus_days: inDays(observabilityOf(estate).service.logs.keep),
      prometheus_alertmanagers: hostsOf(estate, program).map(
        ({ domain }) => `${domain}:${program.listens.alertmanager.port}`,
      ),
      prometheus_targets: targets.map(target),
      prometheus_probes: hostProbes(estate).map(
        ({ labels, ...rest }): Variables => ({ ...rest, labels: { ...labels } }),
      ),
      prometheus_pods: podScrapes(estate).map((each): Variables => ({ ...each })),
      prometheus_edges: edgeProbes(estate).map((each): Variables => ({ ...each })),
      prometheus_tokens: tokens(estate, targets),
      prometheus_cluster: clusterOf(estate),
    };
  },
  hostVars: ({ host }) => ({
    prometheus_gigabytes: host.dataGib === undefined ? undefined : Math.floor(host.dataGib * SAMPLES_SHARE),
  }),
};
