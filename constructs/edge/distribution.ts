import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import type { ApplicationLoadBalancer } from "./application-load-balancer.ts";
import type { Certificate } from "./certificate.ts";
import { type DistributionHeaders, downloadHeaders, pageHeaders } from "./distribution-headers.ts";
import { type FileOrigin, fileOrigin, LOAD_BALANCER, loadBalancerOrigin } from "./distribution-origins.ts";
import { keepFor, NO_CACHE, originRequestPolicies } from "./distribution-policies.ts";
import { type SigningKey, SigningKeys } from "./signing-keys.ts";
import type { MinimumTls } from "./tls-policy.ts";
import type { WebAcl } from "./web-acl.ts";

/** Paths whose answers CloudFront keeps. */
export interface KeptPaths {
  /** Stable: part of the resource's address. */
  readonly id: string;
  /** `/from/*` or `/exact`. */
  readonly paths: readonly string[];
  /** Longest time an answer is kept: what is purged at the origin is gone after it. */
  readonly seconds: number;
  /** Only for addresses signed by one of the keys. */
  readonly signed: boolean;
  /** Default: the load balancer. */
  readonly files?: FileOrigin | undefined;
}

export interface DistributionProps {
  readonly name: string;
  /** The one host name. */
  readonly hostName: string;
  /** Of us-east-1. */
  readonly certificate: Certificate;
  /** Of us-east-1. */
  readonly webAcl: WebAcl;
  /** Internal, with a certificate for the host name, its VPC with an internet gateway. */
  readonly loadBalancer: Pick<ApplicationLoadBalancer, "arn" | "dnsName">;
  /** How long the load balancer waits for a target and keeps an idle connection, 10 to 60: more is a quota of AWS. */
  readonly idleTimeoutSeconds: number;
  /** First match wins; default none. */
  readonly kept?: readonly KeptPaths[];
  /** Needed where paths are signed. */
  readonly signingKeys?: readonly SigningKey[];
  /** Default "1.2". */
  readonly minimumTls?: MinimumTls;
  readonly headers?: DistributionHeaders;
  /** Default "PriceClass_100": Europe, Israel, North America; the farther ones cost up to three times as much. */
  readonly priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  /** Default: Terraform refuses to destroy the distribution. */
  readonly deletionProtection?: OptOut | undefined;
}

const tlsVersions = { "1.2": "TLSv1.2_2021", "1.3": "TLSv1.3_2025" } as const satisfies Record<MinimumTls, string>;

/** What CloudFront would keep for ten seconds unasked, by path alone: a fault of one would be told to all. */
const neverKept = [404, 414, 500, 501, 502, 503, 504];

/**
 * CloudFront before an internal load balancer, which a VPC origin makes reachable by nothing else, and before buckets.
 *
 * Refuses signed paths without a key, a wait over 60 s, two kept paths of one id.
 * Defaults: nothing is kept but the declared paths; HTTPS alone (80 redirects), TLS >= 1.2, HTTP/2 and 3; security headers
 * where an answer has none; files of a bucket only as downloads. IPv4 alone: named ranges and rates per address are IPv4,
 * and IPv6 hands a client a new address for each request.
 */
export class Distribution extends Construct {
  readonly arn: string;
  /** Metric dimension `DistributionId`. */
  readonly id: string;
  readonly domainName: string;
  /** Zone of the alias target. */
  readonly zoneId: string;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { name, kept = [], headers = {} } = props;
    check(this.node.path, props, kept);
    const trustedKeyGroups = kept.some(({ signed }) => signed)
      ? [new SigningKeys(this, "keys", { name, keys: props.signingKeys ?? [] }).groupId]
      : [];
    const requests = originRequestPolicies(this, name);
    const pages = pageHeaders(this, name, headers);
    const buckets = new Map(kept.flatMap(({ files }) => (files === undefined ? [] : [[files.name, files] as const])));
    const common = { viewerProtocolPolicy: "redirect-to-https", cachedMethods: ["GET", "HEAD"], compress: true };
    const fromLoadBalancer = { ...common, targetOriginId: LOAD_BALANCER, responseHeadersPolicyId: pages };
    // A bucket is asked under its own name: under the viewer's it would know neither itself nor the signature.
    const fromBuckets = new Map(
      [...buckets.keys()].map((bucket) => [
        bucket,
        {
          ...common,
          targetOriginId: bucket,
          responseHeadersPolicyId: downloadHeaders(this, `${bucket}-headers`, `${name}-${bucket}`, headers),
        },
      ]),
    );
    const behaviours = kept.flatMap(({ id: part, paths, seconds, signed, files }) => {
      const answers = {
        ...(fromBuckets.get(files?.name ?? "") ?? { ...fromLoadBalancer, originRequestPolicyId: requests.kept }),
        allowedMethods: ["GET", "HEAD"],
        cachePolicyId: keepFor(this, `${part}-cache`, `${name}-${part}`, seconds),
        ...(signed ? { trustedKeyGroups } : {}),
      };
      return paths.map((pathPattern) => ({ ...answers, pathPattern }));
    });
    const distribution = new CloudfrontDistribution(this, "distribution", {
      comment: name,
      enabled: true,
      aliases: [props.hostName],
      httpVersion: "http2and3",
      isIpv6Enabled: false,
      priceClass: props.priceClass ?? "PriceClass_100",
      webAclId: props.webAcl.arn,
      viewerCertificate: {
        acmCertificateArn: props.certificate.arn,
        minimumProtocolVersion: tlsVersions[props.minimumTls ?? "1.2"],
        sslSupportMethod: "sni-only",
      },
      origin: [loadBalancerOrigin(this, props), ...[...buckets.values()].map((from) => fileOrigin(this, name, from))],
      defaultCacheBehavior: {
        ...fromLoadBalancer,
        allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        cachePolicyId: NO_CACHE,
        originRequestPolicyId: requests.pages,
      },
      orderedCacheBehavior: behaviours,
      customErrorResponse: neverKept.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      lifecycle: { preventDestroy: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection) },
      tags: { Name: name },
    });
    this.arn = distribution.arn;
    this.id = distribution.id;
    this.domainName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
  }
}

function check(path: string, { idleTimeoutSeconds, signingKeys = [] }: DistributionProps, kept: readonly KeptPaths[]) {
  const fail = (rule: string, got: string) => new Error(`${path}: ${rule}, got ${got}`);
  if (!Number.isInteger(idleTimeoutSeconds) || idleTimeoutSeconds < 10 || idleTimeoutSeconds > 60) {
    throw fail("idleTimeoutSeconds must be 10 to 60 whole seconds", `${idleTimeoutSeconds}`);
  }
  const ids = kept.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw fail("kept must have different ids", ids.join(", "));
  if (kept.some(({ signed }) => signed) && signingKeys.length === 0) {
    throw fail("signingKeys must name a key where paths are signed", "none");
  }
}
