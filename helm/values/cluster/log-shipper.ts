import { groupDomain, imageRepository, podsDomain } from "../../../services/names.ts";
import { loki, observability } from "../../../services/observability.ts";
import { logShipper } from "../../../services/platform.ts";
import { clusterResolver, type Estate } from "../../../services/resolve.ts";
import type { LogShipperValues } from "../cluster-values.ts";

/** The agent on every node: where it sends logs, by which addresses, and as whom. */
export function logShipperOf({ environment, services }: Estate): LogShipperValues {
  const { push } = loki.listens;
  const hosts = services
    .flatMap((each) => each.hosts)
    .filter(({ party }) => party === `${observability.name}/${loki.name}`);
  if (hosts.length === 0) throw new Error(`${observability.name}/${loki.name}: has no host in ${environment.name}`);
  return {
    image: imageRepository(logShipper.name),
    endpoint: `https://${groupDomain(environment, observability, loki)}:${push.port}`,
    // A few hundred open files, and batches that wait while Loki is away.
    resources: {
      requests: { cpu: "50m", memory: "256Mi", "ephemeral-storage": "300Mi" },
      limits: { memory: "256Mi", "ephemeral-storage": "300Mi" },
    },
    certificate: {
      commonName: `${logShipper.name}.platform`,
      dnsNames: [podsDomain(logShipper, logShipper)],
    },
    egress: [
      {
        to: [{ ipBlock: { cidr: `${clusterResolver()}/32` } }],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
      {
        to: hosts.map(({ address }) => ({ ipBlock: { cidr: `${address}/32` } })),
        ports: [{ protocol: "TCP", port: push.port }],
      },
    ],
  };
}
