import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy/index.js";
import { CloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/cloudfront-origin-request-policy/index.js";
import type { Construct } from "constructs";

/** The managed policy `CachingDisabled`, the same id in every account. */
export const NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** AWS deletes no policy that a distribution still names: one that leaves goes after the distribution has let go of it. */
const lifecycle = { createBeforeDestroy: true };

/**
 * The viewer's address and port as CloudFront saw them. It overwrites what a viewer sends under that name, while
 * X-Forwarded-For begins with whatever the viewer claims.
 */
const VIEWER = "CloudFront-Viewer-Address";

/**
 * Ids of what a load balancer is told of a request: for pages everything, for kept answers only what cannot change them.
 * Both carry the host name: listener rules match it, and CloudFront checks the origin's certificate against it.
 */
export function originRequestPolicies(
  scope: Construct,
  name: string,
): { readonly pages: string; readonly kept: string } {
  const pages = new CloudfrontOriginRequestPolicy(scope, "requests-for-pages", {
    name: `${name}-pages`,
    cookiesConfig: { cookieBehavior: "all" },
    headersConfig: { headerBehavior: "allViewerAndWhitelistCloudFront", headers: { items: [VIEWER] } },
    queryStringsConfig: { queryStringBehavior: "all" },
    lifecycle,
  });
  const kept = new CloudfrontOriginRequestPolicy(scope, "requests-for-kept", {
    name: `${name}-kept`,
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: [VIEWER, "Host"] } },
    queryStringsConfig: { queryStringBehavior: "none" },
    lifecycle,
  });
  return { pages: pages.id, kept: kept.id };
}

/**
 * Id of a policy that keeps answers by path alone, for at most `seconds`. An origin may say less or forbid it (no
 * minimum); one that says nothing means all of it.
 */
export function keepFor(scope: Construct, id: string, name: string, seconds: number): string {
  return new CloudfrontCachePolicy(scope, id, {
    name,
    minTtl: 0,
    defaultTtl: seconds,
    maxTtl: seconds,
    parametersInCacheKeyAndForwardedToOrigin: {
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
    },
    lifecycle,
  }).id;
}
