import { clusterName, registryOf } from "../../services/names.ts";
import { kubernetes } from "../../services/platform.ts";
import type { Estate, ResolvedService } from "../../services/resolve.ts";
import { podServices } from "../values.ts";
import { footprintOf } from "./cluster/footprint.ts";
import { logShipperOf } from "./cluster/log-shipper.ts";
import { limitsOf, quotaOf, startableOf } from "./cluster/namespace.ts";
import { nodesOf } from "./cluster/nodes.ts";
import type { ClusterValues, NamespaceValues } from "./cluster-values.ts";

/** Values of the chart `helm/cluster` in one environment: a namespace and nodes for each service on pods. Pure. */
export function clusterValues(estate: Estate): ClusterValues {
  const { environment } = estate;
  return {
    environment: environment.name,
    cluster: clusterName(environment),
    region: environment.region,
    kubernetesVersion: kubernetes.version,
    registry: registryOf(environment),
    services: Object.fromEntries(podServices(estate).map((each) => [each.service.name, namespaceOf(estate, each)])),
    logShipper: logShipperOf(estate),
  };
}

function namespaceOf({ network }: Estate, resolved: ResolvedService): NamespaceValues {
  const { name, code, owner, data } = resolved.service;
  const footprint = footprintOf(resolved.service);
  const subnets = network.subnets.filter(({ service }) => service === name);
  return {
    code,
    owner,
    data,
    startable: startableOf(resolved.service),
    quota: quotaOf(footprint),
    limits: limitsOf(footprint),
    nodes: nodesOf(
      resolved,
      subnets.map((subnet) => subnet.name),
      footprint,
    ),
  };
}
