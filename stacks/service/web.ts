import { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer.ts";
import { Certificate } from "../../constructs/edge/certificate.ts";
import { LoadBalancerRecord } from "../../constructs/edge/dns-record.ts";
import type { Route } from "../../constructs/edge/listener-routes.ts";
import { TargetGroup } from "../../constructs/edge/target-group.ts";
import { WebAcl } from "../../constructs/edge/web-acl.ts";
import type { RateClass } from "../../constructs/edge/web-acl-rules.ts";
import { loadBalancerErrors, serverErrors, unhealthyTargets } from "../../constructs/observability/alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import type { ResolvedEntrypoint } from "../../services/resolve.ts";
import type { Web } from "../../services/schema/entrypoint.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { kib } from "../../services/schema/units.ts";
import { webAclLogBucketName } from "../audit.ts";
import { named } from "../outputs.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";

/** What a firewall for web applications sees of a body; larger ones count as uploads. */
const INSPECTED = kib(8);
/** Share of answers with 5xx that pages (NOD-4.8). */
const ERROR_PERCENT = 1;

interface Target {
  readonly id: string;
  readonly targetId: string;
}

/** A web entrypoint: load balancer, certificate, public name, web firewall, alarms. */
export function makeWeb(
  context: ServiceContext,
  groups: Groups,
  { entrypoint, hostName, resource }: ResolvedEntrypoint & { readonly entrypoint: Web },
  targets: readonly Target[],
): void {
  const { stack, resolved, network, audit, observability } = context;
  const { service, environment } = resolved;
  const id = entrypoint.name;
  const target = new TargetGroup(stack, `${id}-targets`, {
    name: resource,
    vpcId: network.vpcId,
    port: entrypoint.to.port,
    targetType: "instance",
    healthCheck: { path: entrypoint.health },
    targets,
  });
  const balancer = new ApplicationLoadBalancer(stack, `${id}-balancer`, {
    name: resource,
    scheme: "internet-facing",
    subnetIds: environment.zones.map((zone) => named(network.subnetIds, `public-${zone.letter}`)),
    securityGroupIds: [named(groups, `${service.name}/${id}`).id],
    logs: { bucketName: audit.accessLogBucket, prefix: resource },
    certificate: new Certificate(stack, `${id}-certificate`, { domainName: hostName, zoneId: network.publicZoneId }),
    routes: routesOf(entrypoint, hostName, environment, target),
    minimumTls: entrypoint.minimumTls,
    headers: {
      hstsMaxAgeSeconds: entrypoint.headers.hsts,
      frameOptions: entrypoint.headers.frameOptions,
      contentSecurityPolicy: entrypoint.headers.contentSecurityPolicy,
    },
    idleTimeoutSeconds: entrypoint.idle,
    ...deletable(environment),
  });
  new LoadBalancerRecord(stack, `${id}-name`, {
    zoneId: network.publicZoneId,
    name: hostName,
    loadBalancer: balancer,
  });
  new WebAcl(stack, `${id}-acl`, {
    name: resource,
    protects: balancer,
    rateClasses: rateClasses(entrypoint),
    uploadPaths: entrypoint.routes
      .filter(({ body }) => (body ?? entrypoint.body) > INSPECTED)
      .flatMap(({ paths }) => paths),
    logs: { name: webAclLogBucketName(environment), arn: audit.webAclLogBucketArn },
    counted: entrypoint.counted,
    ...(entrypoint.bots ? { botControl: "COMMON" } : {}),
  });
  const reference = { loadBalancerSuffix: balancer.arnSuffix, targetGroupSuffix: target.arnSuffix };
  const alarms = {
    errors: serverErrors(`${resource}-errors`, reference, ERROR_PERCENT),
    balancer: loadBalancerErrors(`${resource}-balancer-errors`, balancer.arnSuffix, 10),
    targets: unhealthyTargets(`${resource}-targets`, "application", reference, targets.length),
  };
  for (const [name, alarm] of Object.entries(alarms)) {
    new MetricAlarm(stack, `${id}-${name}-alarm`, { alarm, topic: { arn: observability.alarmTopicArn } });
  }
}

/** Hidden paths first, then those of a narrower audience, then all the rest. */
function routesOf(entrypoint: Web, host: string, environment: Environment, to: TargetGroup): readonly Route[] {
  const hosts = [host];
  const narrow = entrypoint.routes.filter(({ audience }) => audience !== undefined && audience !== "internet");
  return [
    { id: "hidden", priority: 10, hosts, paths: entrypoint.hidden, to: "not-found" },
    ...narrow.flatMap((route, index): readonly Route[] => [
      {
        id: `${route.class}-allowed`,
        priority: 20 + 2 * index,
        hosts,
        paths: route.paths,
        sourceRanges: route.audience === "admins" ? environment.ranges.admins : environment.ranges.clients,
        to,
      },
      { id: `${route.class}-refused`, priority: 21 + 2 * index, hosts, paths: route.paths, to: "not-found" },
    ]),
    { id: "all", priority: 100, hosts, to },
  ];
}

/** The coarse outer limit: what each class may do in five minutes at its full rate, and the flood limit over all. */
const rateClasses = ({ routes, flood }: Web): readonly RateClass[] => [
  ...routes
    .filter(({ paths }) => !paths.includes("/*"))
    .map(
      ({ class: name, paths, rate }): RateClass => ({
        name,
        paths,
        limit: Math.ceil((rate.requests / rate.per) * 300),
        windowSeconds: 300,
      }),
    ),
  { name: "flood", limit: flood, windowSeconds: 300 },
];
