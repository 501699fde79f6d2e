import type { Host } from "../../constructs/compute/host.ts";
import { LoadBalancerRecord } from "../../constructs/edge/dns-record.ts";
import { NetworkLoadBalancer } from "../../constructs/edge/network-load-balancer.ts";
import { portExhaustion, unhealthyTargets } from "../../constructs/observability/edge-alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import type { ResolvedEntrypoint } from "../../services/resolve.ts";
import type { PassThrough } from "../../services/schema/entrypoint.ts";
import { named } from "../outputs.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";

/** An entrypoint whose TLS ends on the hosts: load balancer, public name, alarms. No web firewall can look inside. */
export function makePassThrough(
  { stack, resolved, network, alarmTopicArn }: ServiceContext,
  groups: Groups,
  { entrypoint, hostName, resource }: ResolvedEntrypoint & { readonly entrypoint: PassThrough },
  hosts: readonly Host[],
): void {
  const { service, environment } = resolved;
  const id = entrypoint.name;
  const balancer = new NetworkLoadBalancer(stack, `${id}-balancer`, {
    name: resource,
    vpcId: network.vpcId,
    subnetIds: environment.zones.map((zone) => named(network.subnetIds, `public-${zone.letter}`)),
    securityGroupIds: [named(groups, `${service.name}/${id}`).id],
    port: entrypoint.to.port,
    targets: hosts.map(({ node, instanceId }) => ({ id: node.id, targetId: instanceId })),
    idleTimeoutSeconds: entrypoint.idle,
    ...deletable(environment),
  });
  new LoadBalancerRecord(stack, `${id}-name`, {
    zoneId: network.publicZoneId,
    name: hostName,
    loadBalancer: balancer,
  });
  const alarms = {
    targets: unhealthyTargets(`${resource}-targets`, "network", balancer, hosts.length),
    ports: portExhaustion(`${resource}-ports`, balancer.loadBalancerSuffix),
  };
  for (const [name, alarm] of Object.entries(alarms)) {
    new MetricAlarm(stack, `${id}-${name}-alarm`, { alarm, topic: { arn: alarmTopicArn } });
  }
}
