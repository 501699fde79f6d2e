import type { Host } from "../../constructs/compute/host.ts";
import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer.ts";
import { Certificate } from "../../constructs/edge/certificate.ts";
import { LoadBalancerRecord } from "../../constructs/edge/dns-record.ts";
import type { Route } from "../../constructs/edge/listener-routes.ts";
import { BY_APPLICATION } from "../../constructs/edge/response-headers.ts";
import { TargetGroup } from "../../constructs/edge/target-group.ts";
import { WebAcl } from "../../constructs/edge/web-acl.ts";
import { loadBalancerErrors, serverErrors, unhealthyTargets } from "../../constructs/observability/edge-alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import { fewestPods, type ResolvedEntrypoint, type ResolvedService } from "../../services/resolve.ts";
import type { Web } from "../../services/schema/entrypoint.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { named } from "../outputs.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";
import { firewallOf, rangesOf } from "./web-firewall.ts";

/** Share of answers with 5xx that pages (NOD-4.8). */
const ERROR_PERCENT = 1;

/** What stands behind an entrypoint's name. */
export interface MadeWeb {
  readonly balancer: ApplicationLoadBalancer;
  readonly targets: TargetGroup;
}

/**
 * A web entrypoint: load balancer, certificate, public name, web firewall, alarms. Targets are the hosts, or pods that
 * the cluster binds. Behind CloudFront the load balancer is internal: the distribution has public name and firewall.
 */
export function makeWeb(
  context: ServiceContext,
  groups: Groups,
  entry: ResolvedEntrypoint & { readonly entrypoint: Web },
  hosts: readonly Host[] | undefined,
): MadeWeb {
  const { stack, resolved, network, audit, alarmTopicArn, clusterName } = context;
  const { service, environment } = resolved;
  const { entrypoint, hostName, resource } = entry;
  const id = entrypoint.name;
  const direct = entrypoint.via === "load-balancer";
  const target = new TargetGroup(stack, `${id}-targets`, {
    name: resource,
    vpcId: network.vpcId,
    port: entrypoint.to.port,
    healthCheck: { path: entrypoint.health },
    // Longer than the longest request, as the catalogue demands of the idle time.
    deregistrationDelaySeconds: entrypoint.idle,
    ...(entrypoint.sticky === undefined ? {} : { stickySeconds: entrypoint.sticky }),
    ...(hosts === undefined
      ? // The cluster binds pods only to target groups that carry its name.
        { targetType: "ip", ...(clusterName === undefined ? {} : { tags: { "eks:eks-cluster-name": clusterName } }) }
      : {
          targetType: "instance",
          targets: hosts.map(({ node, instanceId }) => ({ id: node.id, targetId: instanceId })),
        }),
  });
  const balancer = new ApplicationLoadBalancer(stack, `${id}-balancer`, {
    name: resource,
    // Behind CloudFront too it stands in the public subnets, whose ACL lets CloudFront in; it has no public address there.
    scheme: direct ? "internet-facing" : "internal",
    subnetIds: environment.zones.map((zone) => named(network.subnetIds, `public-${zone.letter}`)),
    securityGroupIds: [named(groups, `${service.name}/${id}`).id],
    logs: { bucketName: audit.accessLogBucket, prefix: resource },
    certificate: new Certificate(stack, `${id}-certificate`, { domainName: hostName, zoneId: network.publicZoneId }),
    routes: routesOf(entrypoint, hostName, environment, target),
    // To its origins CloudFront speaks at most 1.2.
    minimumTls: direct ? entrypoint.minimumTls : "1.2",
    headers: {
      hstsMaxAgeSeconds: entrypoint.headers.hsts,
      frameOptions: entrypoint.headers.frameOptions,
      contentSecurityPolicy:
        typeof entrypoint.headers.contentSecurityPolicy === "string"
          ? entrypoint.headers.contentSecurityPolicy
          : BY_APPLICATION,
    },
    idleTimeoutSeconds: entrypoint.idle,
    ...deletable(environment),
  });
  if (direct) {
    new LoadBalancerRecord(stack, `${id}-name`, {
      zoneId: network.publicZoneId,
      name: hostName,
      loadBalancer: balancer,
    });
    new WebAcl(stack, `${id}-acl`, { ...firewallOf(context, entry), protects: balancer });
  }
  const reference = { loadBalancerSuffix: balancer.arnSuffix, targetGroupSuffix: target.arnSuffix };
  const alarms = {
    errors: serverErrors(`${resource}-errors`, reference, ERROR_PERCENT),
    balancer: loadBalancerErrors(`${resource}-balancer-errors`, balancer.arnSuffix, 10),
    targets: unhealthyTargets(
      `${resource}-targets`,
      "application",
      reference,
      hosts?.length ?? podsBehind(resolved, entrypoint),
    ),
  };
  for (const [name, alarm] of Object.entries(alarms)) {
    new MetricAlarm(stack, `${id}-${name}-alarm`, { alarm, topic: { arn: alarmTopicArn } });
  }
  return { balancer, targets: target };
}

/** Pods behind an entrypoint at the least. */
function podsBehind({ service, environment }: ResolvedService, { to }: Web): number {
  const target = service.components.find(({ name }) => name === to.owner);
  if (target?.kind !== "pods") throw new Error(`${service.name}/${to.owner}: has neither hosts nor pods`);
  return fewestPods(environment, target);
}

/**
 * Hidden paths first, then those of a narrower audience, then all the rest. Behind CloudFront the load balancer sees the
 * addresses of CloudFront alone: the firewall of the distribution judges the audience there.
 */
function routesOf(
  { via, routes, hidden }: Web,
  host: string,
  environment: Environment,
  to: TargetGroup,
): readonly Route[] {
  const hosts = [host];
  const narrow = routes.flatMap(({ class: name, paths, audience }) => {
    const sourceRanges = via === "load-balancer" ? rangesOf(environment, audience) : undefined;
    return sourceRanges === undefined ? [] : [{ name, paths, sourceRanges }];
  });
  return [
    { id: "hidden", priority: 10, hosts, paths: hidden, to: "not-found" },
    ...narrow.flatMap(({ name, paths, sourceRanges }, index): readonly Route[] => [
      { id: `${name}-allowed`, priority: 20 + 2 * index, hosts, paths, sourceRanges, to },
      { id: `${name}-refused`, priority: 21 + 2 * index, hosts, paths, to: "not-found" },
    ]),
    { id: "all", priority: 100, hosts, to },
  ];
}
