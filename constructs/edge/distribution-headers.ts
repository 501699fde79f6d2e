import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js";
import type { Construct } from "constructs";
import { checkedHeaders, type ResponseHeaders } from "./response-headers.ts";

/** Headers of a distribution's answers; absent values are the strictest. */
export interface DistributionHeaders extends ResponseHeaders {
  /** Default no-referrer. */
  readonly referrerPolicy?: "no-referrer" | "strict-origin-when-cross-origin";
}

const lifecycle = { createBeforeDestroy: true };

/** Id of a policy that adds what an answer lacks; a header that the origin sets stays as it is, and single. */
export function pageHeaders(scope: Construct, name: string, headers: DistributionHeaders): string {
  return new CloudfrontResponseHeadersPolicy(scope, "page-headers", {
    name: `${name}-pages`,
    securityHeadersConfig: securityHeaders(headers, checkedHeaders(headers).contentSecurityPolicy, false),
    lifecycle,
  }).id;
}

/**
 * Id of a policy for files of strangers on the site's own origin: saved and never shown, without scripts, frames or
 * plugins should a browser show one all the same, and kept by no browser or proxy. The file's own headers do not count.
 */
export function downloadHeaders(scope: Construct, id: string, name: string, headers: DistributionHeaders): string {
  const item = (header: string, value: string) => ({ header, value, override: true });
  return new CloudfrontResponseHeadersPolicy(scope, id, {
    name,
    securityHeadersConfig: securityHeaders(headers, "default-src 'none'; frame-ancestors 'none'; sandbox", true),
    customHeadersConfig: {
      items: [item("Cache-Control", "private, no-store"), item("Content-Disposition", "attachment")],
    },
    lifecycle,
  }).id;
}

function securityHeaders(headers: DistributionHeaders, contentSecurityPolicy: string, override: boolean) {
  const { hstsMaxAgeSeconds, frameOptions } = checkedHeaders(headers);
  return {
    strictTransportSecurity: { accessControlMaxAgeSec: hstsMaxAgeSeconds, includeSubdomains: true, override },
    frameOptions: { frameOption: frameOptions, override },
    contentSecurityPolicy: { contentSecurityPolicy, override },
    contentTypeOptions: { override },
    referrerPolicy: { referrerPolicy: headers.referrerPolicy ?? "no-referrer", override },
  };
}
