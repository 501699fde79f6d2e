import type { CloudfrontDistributionOrigin } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js";
import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin/index.js";
import type { Construct } from "constructs";
import type { ApplicationLoadBalancer } from "./application-load-balancer.ts";

/** Id of the load balancer among the origins; no bucket may have this name. */
export const LOAD_BALANCER = "load-balancer";

/** A bucket that files are read from, path = key. Its policy admits CloudFront, its key lets it decrypt. */
export interface FileOrigin {
  /** Stable: part of the resource's address. */
  readonly name: string;
  /** Host name of the bucket in its region. */
  readonly domainName: string;
}

/** An internal load balancer, and how long it waits and keeps an idle connection. */
export interface LoadBalancerOrigin {
  readonly name: string;
  readonly loadBalancer: Pick<ApplicationLoadBalancer, "arn" | "dnsName">;
  readonly idleTimeoutSeconds: number;
}

/** The load balancer by a VPC origin. AWS changes none that a distribution uses: nothing in it may follow what changes. */
export function loadBalancerOrigin(scope: Construct, props: LoadBalancerOrigin): CloudfrontDistributionOrigin {
  const { name, loadBalancer, idleTimeoutSeconds } = props;
  const vpcOrigin = new CloudfrontVpcOrigin(scope, "vpc-origin", {
    vpcOriginEndpointConfig: [
      {
        name,
        arn: loadBalancer.arn,
        // AWS wants a number; nothing listens there, and CloudFront never asks.
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
      },
    ],
    tags: { Name: name },
  });
  return {
    originId: LOAD_BALANCER,
    domainName: loadBalancer.dnsName,
    vpcOriginConfig: {
      vpcOriginId: vpcOrigin.id,
      originReadTimeout: idleTimeoutSeconds,
      // Closed here before the load balancer closes: a request on a connection just closed there is a 502.
      originKeepaliveTimeout: idleTimeoutSeconds - 5,
    },
  };
}

/** A bucket that answers requests signed by CloudFront. */
export function fileOrigin(scope: Construct, name: string, from: FileOrigin): CloudfrontDistributionOrigin {
  const access = new CloudfrontOriginAccessControl(scope, `${from.name}-access`, {
    name: `${name}-${from.name}`,
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
    // AWS deletes none that a distribution still names.
    lifecycle: { createBeforeDestroy: true },
  });
  return { originId: from.name, domainName: from.domainName, originAccessControlId: access.id };
}
