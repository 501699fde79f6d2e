import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { beforeAll, describe, expect, it } from "vitest";
import { Certificate } from "../../../constructs/edge/certificate.ts";
import { Distribution, type DistributionProps } from "../../../constructs/edge/distribution.ts";
import { WebAcl } from "../../../constructs/edge/web-acl.ts";
import { type Synthesized, synth } from "../../support/synth.ts";
import { publicKey } from "./signing-key.ts";

const files = { name: "attachments", domainName: "files.s3.eu-central-1.amazonaws.com" };
const props: Omit<DistributionProps, "certificate" | "webAcl"> = {
  name: "shop-web",
  hostName: "shop.example.org",
  loadBalancer: { arn: "arn:lb", dnsName: "internal-shop.elb.amazonaws.com" },
  idleTimeoutSeconds: 60,
  kept: [
    { id: "static", paths: ["/static/*", "/fonts/*"], seconds: 86_400, signed: false },
    { id: "invoices", paths: ["/invoices/*"], seconds: 3600, signed: true, files },
    { id: "exports", paths: ["/exports/*"], seconds: 60, signed: true, files },
  ],
  signingKeys: [{ name: "first", publicKey }],
};
const synthWith = (changed: Partial<DistributionProps> = {}) =>
  synth((scope) => {
    const global = new AwsProvider(scope, "aws-global", { region: "us-east-1", alias: "global" });
    new Distribution(scope, "cdn", {
      ...props,
      certificate: new Certificate(scope, "certificate", {
        domainName: "shop.example.org",
        zoneId: "Z1",
        provider: global,
      }),
      webAcl: new WebAcl(scope, "acl", {
        name: "shop-web",
        protects: { distributionIn: global },
        rateClasses: [{ name: "all", limit: 2000, windowSeconds: 300 }],
        logs: { name: "aws-waf-logs-shop", arn: "arn:logs" },
      }),
      ...changed,
    });
  });

let made: Synthesized;
beforeAll(() => {
  made = synthWith();
});
const distribution = () => made.one("aws_cloudfront_distribution").args;
const named = (type: string, name: string) => made.all(type).find((one) => one.name === name)?.args;

describe("distribution", () => {
  it("serves one host name over TLS 1.2 or newer behind its web firewall, by IPv4, and sends port 80 to HTTPS", () => {
    const { origin, default_cache_behavior, ordered_cache_behavior, custom_error_response, ...rest } = distribution();

    expect(rest).toEqual({
      comment: "shop-web",
      enabled: true,
      aliases: ["shop.example.org"],
      http_version: "http2and3",
      is_ipv6_enabled: false,
      price_class: "PriceClass_100",
      web_acl_id: "${aws_wafv2_web_acl.acl_acl.arn}",
      viewer_certificate: {
        acm_certificate_arn: "${aws_acm_certificate_validation.certificate_issued.certificate_arn}",
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
      restrictions: { geo_restriction: { restriction_type: "none" } },
      lifecycle: { prevent_destroy: true },
      tags: { Name: "shop-web" },
    });
    const behaviours = [default_cache_behavior, ...ordered_cache_behavior];
    expect(behaviours.map((one) => one.viewer_protocol_policy)).toEqual(behaviours.map(() => "redirect-to-https"));
  });

  it("speaks TLS 1.3 alone, and may be destroyed, where that is asked", () => {
    const reason = { enabled: false, reason: "rebuilt at will each week", until: "2027-01-31" } as const;
    const args = synthWith({ minimumTls: "1.3", deletionProtection: reason }).one("aws_cloudfront_distribution").args;

    expect(args.viewer_certificate.minimum_protocol_version).toBe("TLSv1.3_2025");
    expect(args.lifecycle).toEqual({ prevent_destroy: false });
  });

  it("reaches its load balancer by a VPC origin and TLS, waits as long, and lets a connection go before it does", () => {
    expect(made.one("aws_cloudfront_vpc_origin").args).toEqual({
      vpc_origin_endpoint_config: [
        {
          name: "shop-web",
          arn: "arn:lb",
          http_port: 80,
          https_port: 443,
          origin_protocol_policy: "https-only",
          origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        },
      ],
      tags: { Name: "shop-web" },
    });
    expect(distribution().origin[0]).toEqual({
      origin_id: "load-balancer",
      domain_name: "internal-shop.elb.amazonaws.com",
      vpc_origin_config: {
        vpc_origin_id: "${aws_cloudfront_vpc_origin.cdn_vpc-origin.id}",
        origin_read_timeout: 60,
        origin_keepalive_timeout: 55,
      },
    });
  });

  it("keeps nothing unasked: neither answers nor faults, which would be one visitor's told to all", () => {
    expect(distribution().default_cache_behavior).toEqual({
      allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
      cached_methods: ["GET", "HEAD"],
      compress: true,
      target_origin_id: "load-balancer",
      // The managed policy CachingDisabled.
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      origin_request_policy_id: "${aws_cloudfront_origin_request_policy.cdn_requests-for-pages.id}",
      response_headers_policy_id: "${aws_cloudfront_response_headers_policy.cdn_page-headers.id}",
      viewer_protocol_policy: "redirect-to-https",
    });
    expect(distribution().custom_error_response).toEqual(
      [404, 414, 500, 501, 502, 503, 504].map((error_code) => ({ error_code, error_caching_min_ttl: 0 })),
    );
  });

  it("tells the load balancer all of a request for a page, and the address that CloudFront saw", () => {
    expect(named("aws_cloudfront_origin_request_policy", "cdn_requests-for-pages")).toMatchObject({
      name: "shop-web-pages",
      cookies_config: { cookie_behavior: "all" },
      headers_config: {
        header_behavior: "allViewerAndWhitelistCloudFront",
        headers: { items: ["CloudFront-Viewer-Address"] },
      },
      query_strings_config: { query_string_behavior: "all" },
    });
  });

  it("keeps declared paths by path alone, no longer than declared, and asks for them without cookie and query", () => {
    const keyed = { cookie_behavior: "none" };
    const cache = (name: string, seconds: number) => ({
      name,
      min_ttl: 0,
      default_ttl: seconds,
      max_ttl: seconds,
      parameters_in_cache_key_and_forwarded_to_origin: {
        enable_accept_encoding_brotli: true,
        enable_accept_encoding_gzip: true,
        cookies_config: keyed,
        headers_config: { header_behavior: "none" },
        query_strings_config: { query_string_behavior: "none" },
      },
      lifecycle: { create_before_destroy: true },
    });

    expect(made.all("aws_cloudfront_cache_policy").map(({ name, args }) => [name, args])).toEqual([
      ["cdn_exports-cache", cache("shop-web-exports", 60)],
      ["cdn_invoices-cache", cache("shop-web-invoices", 3600)],
      ["cdn_static-cache", cache("shop-web-static", 86_400)],
    ]);
    expect(named("aws_cloudfront_origin_request_policy", "cdn_requests-for-kept")).toMatchObject({
      name: "shop-web-kept",
      cookies_config: keyed,
      headers_config: { header_behavior: "whitelist", headers: { items: ["CloudFront-Viewer-Address", "Host"] } },
      query_strings_config: { query_string_behavior: "none" },
    });
  });

  it("serves kept paths from the load balancer or the bucket in the order given, signed ones to a trusted key alone", () => {
    const policy = (type: string, name: string) => `\${aws_cloudfront_${type}_policy.cdn_${name}.id}`;
    const common = {
      allowed_methods: ["GET", "HEAD"],
      cached_methods: ["GET", "HEAD"],
      compress: true,
      viewer_protocol_policy: "redirect-to-https",
    };
    const open = (path_pattern: string) => ({
      ...common,
      path_pattern,
      target_origin_id: "load-balancer",
      cache_policy_id: policy("cache", "static-cache"),
      origin_request_policy_id: policy("origin_request", "requests-for-kept"),
      response_headers_policy_id: policy("response_headers", "page-headers"),
    });
    // No origin request policy: under the viewer's host name a bucket refuses what CloudFront signed.
    const signed = (path_pattern: string, id: string) => ({
      ...common,
      path_pattern,
      target_origin_id: "attachments",
      cache_policy_id: policy("cache", `${id}-cache`),
      response_headers_policy_id: policy("response_headers", "attachments-headers"),
      trusted_key_groups: ["${aws_cloudfront_key_group.cdn_keys_group.id}"],
    });

    expect(distribution().ordered_cache_behavior).toEqual([
      open("/static/*"),
      open("/fonts/*"),
      signed("/invoices/*", "invoices"),
      signed("/exports/*", "exports"),
    ]);
  });

  it("asks each bucket once, with requests that it signs itself", () => {
    expect(distribution().origin.slice(1)).toEqual([
      {
        origin_id: "attachments",
        domain_name: "files.s3.eu-central-1.amazonaws.com",
        origin_access_control_id: "${aws_cloudfront_origin_access_control.cdn_attachments-access.id}",
      },
    ]);
    expect(made.one("aws_cloudfront_origin_access_control").args).toEqual({
      name: "shop-web-attachments",
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("adds security headers where a page has none, and doubles none", () => {
    expect(named("aws_cloudfront_response_headers_policy", "cdn_page-headers")).toEqual({
      name: "shop-web-pages",
      security_headers_config: {
        strict_transport_security: {
          access_control_max_age_sec: 31_536_000,
          include_subdomains: true,
          override: false,
        },
        frame_options: { frame_option: "DENY", override: false },
        content_security_policy: {
          content_security_policy: "default-src 'self'; frame-ancestors 'none'",
          override: false,
        },
        content_type_options: { override: false },
        referrer_policy: { referrer_policy: "no-referrer", override: false },
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("hands files of a bucket out as downloads in a sandbox, kept by no browser, whatever they say of themselves", () => {
    expect(named("aws_cloudfront_response_headers_policy", "cdn_attachments-headers")).toEqual({
      name: "shop-web-attachments",
      security_headers_config: {
        strict_transport_security: { access_control_max_age_sec: 31_536_000, include_subdomains: true, override: true },
        frame_options: { frame_option: "DENY", override: true },
        content_security_policy: {
          content_security_policy: "default-src 'none'; frame-ancestors 'none'; sandbox",
          override: true,
        },
        content_type_options: { override: true },
        referrer_policy: { referrer_policy: "no-referrer", override: true },
      },
      custom_headers_config: {
        items: [
          { header: "Cache-Control", value: "private, no-store", override: true },
          { header: "Content-Disposition", value: "attachment", override: true },
        ],
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("needs no key and no bucket where nothing is kept", () => {
    const plain = synthWith({ kept: [], signingKeys: [] });

    expect(plain.all().filter(({ type }) => /key|access_control|cache_policy/.test(type))).toEqual([]);
    expect(plain.one("aws_cloudfront_distribution").args.origin).toHaveLength(1);
  });

  const [first] = props.kept ?? [];
  it.each<[string, Partial<DistributionProps>, string]>([
    ["signed paths without a key", { signingKeys: [] }, "signingKeys must name a key where paths are signed, got none"],
    [
      "a wait that is beyond the quota",
      { idleTimeoutSeconds: 61 },
      "idleTimeoutSeconds must be 10 to 60 whole seconds, got 61",
    ],
    [
      "two kept paths of one id",
      { kept: first === undefined ? [] : [first, first] },
      "kept must have different ids, got static, static",
    ],
    [
      "headers that permit frames",
      { headers: { contentSecurityPolicy: "default-src 'self'" } },
      "contentSecurityPolicy: must state frame-ancestors, got \"default-src 'self'\"",
    ],
  ])("fails when given %s", (_, changed, message) => {
    expect(() => synthWith(changed)).toThrow(message);
  });
});
