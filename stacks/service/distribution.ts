import { bucketArn } from "../../constructs/data/private-bucket.ts";
import type { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer.ts";
import { Certificate } from "../../constructs/edge/certificate.ts";
import { Distribution, type KeptPaths } from "../../constructs/edge/distribution.ts";
import { DistributionLog } from "../../constructs/edge/distribution-log.ts";
import { DistributionRecord } from "../../constructs/edge/dns-record.ts";
import { WebAcl } from "../../constructs/edge/web-acl.ts";
import { distributionErrors } from "../../constructs/observability/edge-alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import type { ResolvedEntrypoint } from "../../services/resolve.ts";
import type { Web } from "../../services/schema/entrypoint.ts";
import { named } from "../outputs.ts";
import { deletable, globalProvider } from "../stack.ts";
import type { ServiceContext } from "./context.ts";
import type { MadeObjects } from "./objects.ts";
import { firewallOf } from "./web-firewall.ts";

/** Share of answers with 5xx that pages: more than behind it (NOD-4.8), for a share of few requests is soon large. */
const ERROR_PERCENT = 5;

/**
 * CloudFront before the load balancer of an entrypoint and before buckets: certificate, web firewall, public name, logs,
 * alarm. What CloudFront itself cannot reach shows in its own metrics alone, which exist in us-east-1.
 */
export function makeDistribution(
  context: ServiceContext,
  entry: ResolvedEntrypoint & { readonly entrypoint: Web },
  balancer: ApplicationLoadBalancer,
  buckets: ReadonlyMap<string, MadeObjects>,
): void {
  const { stack, resolved, network, audit } = context;
  const { service, environment } = resolved;
  const { entrypoint, hostName, resource } = entry;
  const { name: id, idle, minimumTls, headers } = entrypoint;
  const global = globalProvider(stack, { environment, name: service.name, owner: service.owner, data: service.data });
  const distribution = new Distribution(stack, `${id}-cdn`, {
    name: resource,
    hostName,
    certificate: new Certificate(stack, `${id}-cdn-certificate`, {
      domainName: hostName,
      zoneId: network.publicZoneId,
      provider: global,
      provenBy: balancer.certificate,
    }),
    webAcl: new WebAcl(stack, `${id}-cdn-acl`, {
      ...firewallOf(context, entry),
      protects: { distributionIn: global },
    }),
    loadBalancer: balancer,
    idleTimeoutSeconds: idle,
    kept: keptPaths(entrypoint, buckets),
    signingKeys: environment.cdnKeys,
    minimumTls,
    headers: {
      hstsMaxAgeSeconds: headers.hsts,
      frameOptions: headers.frameOptions,
      // An answer's own policy goes before this one.
      ...(typeof headers.contentSecurityPolicy === "string"
        ? { contentSecurityPolicy: headers.contentSecurityPolicy }
        : {}),
      referrerPolicy: headers.referrerPolicy,
    },
    ...deletable(environment),
  });
  new DistributionRecord(stack, `${id}-cdn-name`, { zoneId: network.publicZoneId, name: hostName, distribution });
  new DistributionLog(stack, `${id}-cdn-log`, {
    name: resource,
    distributionArn: distribution.arn,
    bucketArn: bucketArn(audit.accessLogBucket),
    provider: global,
  });
  new MetricAlarm(stack, `${id}-cdn-errors-alarm`, {
    alarm: distributionErrors(`${resource}-cdn-errors`, distribution.id, ERROR_PERCENT),
    topic: { arn: context.globalAlarmTopicArn },
    provider: global,
  });
}

/** Named after their first path: `/static/*` is `static`. */
const keptPaths = ({ cached }: Web, buckets: ReadonlyMap<string, MadeObjects>): readonly KeptPaths[] =>
  cached.map(({ paths, for: seconds, signed, from }) => ({
    id: paths.join(" ").match(/[A-Za-z0-9-]+/)?.[0] ?? "all",
    paths,
    seconds,
    signed,
    ...(from === undefined ? {} : { files: { name: from.name, domainName: named(buckets, from.name).domainName } }),
  }));
