import { beforeAll, describe, expect, test } from "vitest";
import {
  days,
  defineService,
  hosts,
  httpProbe,
  https,
  kib,
  perMinute,
  perSecond,
  seconds,
  web,
} from "../../services/define.ts";
import { production } from "../../services/environments/production.ts";
import { site } from "../../services/products/resident-services/site.ts";
import { attachments } from "../../services/products/resident-services/stores.ts";
import { type Stack, synthesizeEstate } from "../support/estate.ts";
import type { Synthesized } from "../support/synth.ts";
import { resourceOf } from "./policies.ts";
import { synthesizeService } from "./synthesize-service.ts";

/** The public entrypoint of resident-services in production, against what its product file declares. */

let stack: Stack;
beforeAll(() => {
  stack = synthesizeEstate("production").stack("production", "resident-services");
});

const distribution = () => stack.one("aws_cloudfront_distribution").args;
interface Behaviour {
  readonly path_pattern: string;
  readonly target_origin_id: string;
  readonly cache_policy_id: string;
  readonly response_headers_policy_id: string;
  readonly trusted_key_groups?: readonly string[];
}
const behaviour = (path: string): Behaviour => {
  const found = distribution().ordered_cache_behavior.find((one: Behaviour) => one.path_pattern === path);
  if (found === undefined) throw new Error(`no behaviour for ${path}`);
  return found;
};
const referred = (reference: string) => resourceOf(stack, reference.replace(/^\$\{(\w+\.[\w-]+)\..*$/, "$1"));

describe("the distribution of resident-services", () => {
  test("is the only public name of the site, over TLS 1.2 or newer [MUN-2.2]", () => {
    const { aliases, viewer_certificate, is_ipv6_enabled, default_cache_behavior } = distribution();
    const names = stack.all("aws_route53_record").filter(({ args }) => args.name === "residents.example.org");

    expect({ aliases, is_ipv6_enabled }).toEqual({ aliases: ["residents.example.org"], is_ipv6_enabled: false });
    expect(viewer_certificate.minimum_protocol_version).toBe("TLSv1.2_2021");
    expect(default_cache_behavior.viewer_protocol_policy).toBe("redirect-to-https");
    expect(names.map(({ args }) => [args.type, args.alias.name])).toEqual([
      ["A", "${aws_cloudfront_distribution.web-cdn_distribution.domain_name}"],
    ]);
  });

  test("shows a certificate of us-east-1, proven by the record of the load balancer's", () => {
    expect(resourceOf(stack, "aws_acm_certificate.web-cdn-certificate_certificate")).toMatchObject({
      provider: "aws.global",
      domain_name: "residents.example.org",
    });
    expect(stack.all("aws_acm_certificate_validation").map(({ args }) => args.validation_record_fqdns)).toEqual(
      [1, 2].map(() => ["${aws_route53_record.web-certificate_proof.fqdn}"]),
    );
  });

  test("keeps the frontend's files and the branding as long as declared, from the load balancer [MUN-4.17]", () => {
    for (const [path, seconds] of [
      ["/static/*", 365 * 86_400],
      ["/branding/*", 3600],
    ] as const) {
      const { target_origin_id, cache_policy_id, trusted_key_groups } = behaviour(path);
      const { default_ttl, max_ttl } = referred(cache_policy_id);
      expect({ path, target_origin_id, trusted_key_groups, default_ttl, max_ttl }).toEqual({
        path,
        target_origin_id: "load-balancer",
        trusted_key_groups: undefined,
        default_ttl: seconds,
        max_ttl: seconds,
      });
    }
  });

  test("hands uploads to holders of signed addresses alone, as downloads, from the bucket itself [MUN-4.18]", () => {
    const origin = distribution().origin.find((one: { origin_id: string }) => one.origin_id === attachments.name);
    const key = stack.one("aws_cloudfront_public_key");

    expect(origin.domain_name).toContain(".s3.eu-central-1.amazonaws.com");
    expect(referred(origin.origin_access_control_id).signing_behavior).toBe("always");
    for (const path of ["/attachments/*", "/exports/*"]) {
      const { target_origin_id, trusted_key_groups, response_headers_policy_id } = behaviour(path);
      expect([path, target_origin_id, trusted_key_groups]).toEqual([
        path,
        attachments.name,
        ["${aws_cloudfront_key_group.web-cdn_keys_group.id}"],
      ]);
      const { custom_headers_config, security_headers_config } = referred(response_headers_policy_id);
      expect(custom_headers_config.items).toContainEqual({
        header: "Content-Disposition",
        value: "attachment",
        override: true,
      });
      expect(security_headers_config.content_security_policy).toEqual({
        content_security_policy: "default-src 'none'; frame-ancestors 'none'; sandbox",
        override: true,
      });
    }
    expect(stack.one("aws_cloudfront_key_group").args.items).toEqual([`\${${key.address}.id}`]);
    expect(key.args.encoded_key).toBe(production.cdnKeys[0]?.publicKey);
  });

  test("adds the declared security headers to pages that lack them [MUN-2.15]", () => {
    const policy = referred(distribution().default_cache_behavior.response_headers_policy_id).security_headers_config;

    expect(policy).toMatchObject({
      strict_transport_security: { access_control_max_age_sec: 365 * 86_400, include_subdomains: true },
      content_security_policy: { content_security_policy: site.headers.contentSecurityPolicy },
      frame_options: { frame_option: "DENY" },
      referrer_policy: { referrer_policy: "no-referrer" },
    });
  });

  test("logs to the bucket of access logs, by deliveries of us-east-1", () => {
    expect(stack.one("aws_cloudwatch_log_delivery_destination").args).toMatchObject({
      provider: "aws.global",
      delivery_destination_configuration: [
        {
          destination_resource_arn: "arn:aws:s3:::${data.terraform_remote_state.audit.outputs.accessLogBucket}",
        },
      ],
    });
    expect(stack.one("aws_cloudwatch_log_delivery_source").args.resource_arn).toBe(
      "${aws_cloudfront_distribution.web-cdn_distribution.arn}",
    );
  });
});

describe("the load balancer behind it", () => {
  test("has no public address and no firewall of its own, and takes 443 from CloudFront alone", () => {
    const { internal, security_groups } = stack.one("aws_lb").args;
    const group = "${aws_security_group.web_group.id}";
    const entering = stack
      .all("aws_vpc_security_group_ingress_rule")
      .filter(({ args }) => args.security_group_id === group);

    expect({ internal, security_groups }).toEqual({ internal: true, security_groups: [group] });
    expect(stack.all("aws_wafv2_web_acl_association")).toEqual([]);
    expect(stack.all("aws_lb_listener").map(({ args }) => args.port)).toEqual([443]);
    expect(
      entering.map(({ args: { prefix_list_id, cidr_ipv4, from_port, to_port } }) => ({
        prefix_list_id,
        cidr_ipv4,
        from_port,
        to_port,
      })),
    ).toEqual([
      { prefix_list_id: production.cloudFrontPrefixList, cidr_ipv4: undefined, from_port: 443, to_port: 443 },
    ]);
  });

  test("shows a certificate for the host name that CloudFront hands on and checks", () => {
    expect(resourceOf(stack, "aws_lb_listener.web-balancer_https").certificate_arn).toBe(
      "${aws_acm_certificate_validation.web-certificate_issued.certificate_arn}",
    );
    expect(resourceOf(stack, "aws_acm_certificate.web-certificate_certificate")).toMatchObject({
      domain_name: "residents.example.org",
    });
    expect(referred(distribution().default_cache_behavior.origin_request_policy_id).headers_config).toEqual({
      header_behavior: "allViewerAndWhitelistCloudFront",
      headers: { items: ["CloudFront-Viewer-Address"] },
    });
  });

  test("judges no addresses, for it sees those of CloudFront; hides metrics; hands on the rest", () => {
    const rules = stack.all("aws_lb_listener_rule").map(({ args }) => args);

    expect(JSON.stringify(rules)).not.toContain("source_ip");
    expect(rules.map(({ priority, action }) => [priority, action[0].type]).sort()).toEqual([
      [10, "fixed-response"],
      [100, "forward"],
    ]);
  });
});

describe("the web firewall of resident-services", () => {
  interface Rule {
    readonly name: string;
    readonly statement: Readonly<Record<string, unknown>>;
    readonly action?: unknown;
  }
  const rules = (): readonly Rule[] => stack.one("aws_wafv2_web_acl").args.rule;
  const rule = (name: string) => rules().find((one) => one.name === name);

  test("stands before the distribution, in us-east-1", () => {
    expect(stack.one("aws_wafv2_web_acl").args).toMatchObject({ provider: "aws.global", scope: "CLOUDFRONT" });
    expect(distribution().web_acl_id).toBe("${aws_wafv2_web_acl.web-cdn-acl_acl.arn}");
  });

  test("tells bots from people [MUN-2.6]", () => {
    expect(rule("AWSManagedRulesBotControlRuleSet")).toMatchObject({ override_action: { none: {} } });
  });

  test("limits each class of paths, and all together [MUN-2.5]", () => {
    const limits = rules().flatMap(({ name, statement }) => {
      const rate = statement["rate_based_statement"] as { limit: number } | undefined;
      return rate === undefined ? [] : [[name, rate.limit]];
    });

    expect(limits).toEqual([
      ["rate-recovery", 25],
      ["rate-auth", 1500],
      ["rate-admin", 3000],
      ["rate-uploads", 600],
      ["rate-gis", 300],
      ["rate-exports", 50],
      ["rate-api", 3000],
      ["rate-flood", 15_000],
    ]);
  });

  test("answers 404 on administrators' paths to everybody outside their ranges", () => {
    expect(stack.one("aws_wafv2_ip_set").args).toMatchObject({
      provider: "aws.global",
      scope: "CLOUDFRONT",
      addresses: production.ranges.admins,
    });
    const { action, statement } = rule("narrowed-admin") ?? {};
    expect(action).toEqual({ block: { custom_response: { response_code: 404 } } });
    const text = JSON.stringify(statement);
    expect([...text.matchAll(/"search_string":"([^"]+)"/g)].map(([, path]) => path)).toEqual([
      "/api/admin",
      "/api/admin/",
    ]);
    expect(text).toContain(
      '{"not_statement":{"statement":{"ip_set_reference_statement":{"arn":"${aws_wafv2_ip_set.web-cdn-acl_admin-ranges.arn}"}}}}',
    );
  });
});

describe("an entrypoint behind CloudFront that no product has in this shape", () => {
  const desk = hosts("desk", {
    why: "serves the desk",
    tier: "app",
    zones: 3,
    address: 4,
    size: "small",
    listens: { web: https(8443) },
    health: httpProbe("/ready", "web"),
    units: [],
  });
  const entrypoint = web("site", {
    why: "the desk, for partners",
    host: "desk",
    via: "cloudfront",
    audience: "clients",
    to: desk.listens.web,
    health: "/ready",
    body: kib(8),
    idle: seconds(45),
    minimumTls: "1.3",
    routes: [
      { class: "admin", paths: ["/admin/*"], rate: perMinute(20), burst: 5, connections: 2, audience: "admins" },
      { class: "other", paths: ["/*"], rate: perSecond(10), burst: 20, connections: 10 },
    ],
  });
  let made: Synthesized;
  beforeAll(() => {
    made = synthesizeService(
      defineService({
        name: "help-desk",
        code: "hlp",
        owner: "support-platform",
        data: "internal",
        block: 6,
        logs: { keep: days(30), audit: days(365) },
        components: [desk],
        entrypoints: [entrypoint],
      }),
      { ...production, cdnKeys: [], unprotected: { reason: "rebuilt at will each week", until: "2027-01-31" } },
    );
  });

  test("is open to its audience alone, and a path of a narrower one to that", () => {
    const narrowed = made
      .one("aws_wafv2_web_acl")
      .args.rule.filter(({ name }: { name: string }) => name.startsWith("narrowed-"))
      .map(({ name, statement }: { name: string; statement: object }) => [
        name,
        /"search_string":"([^"]+)"/.exec(JSON.stringify(statement))?.[1],
      ]);

    expect(narrowed).toEqual([
      ["narrowed-all", "/"],
      ["narrowed-admin", "/admin/"],
    ]);
    expect(made.all("aws_wafv2_ip_set").map(({ args }) => [args.name, args.addresses])).toEqual([
      ["prd-hlp-site-admin", production.ranges.admins],
      ["prd-hlp-site-all", production.ranges.clients],
    ]);
  });

  test("speaks TLS 1.3 alone to its audience, and 1.2 from CloudFront on, which offers no more", () => {
    expect(made.one("aws_cloudfront_distribution").args.viewer_certificate.minimum_protocol_version).toBe(
      "TLSv1.3_2025",
    );
    expect(made.one("aws_lb_listener").args.ssl_policy).toBe("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
  });

  test("waits as long as the load balancer, and may go where resources are declared deletable", () => {
    const { origin, lifecycle } = made.one("aws_cloudfront_distribution").args;

    expect(made.one("aws_lb").args.idle_timeout).toBe(45);
    expect(origin[0].vpc_origin_config).toMatchObject({ origin_read_timeout: 45, origin_keepalive_timeout: 40 });
    expect(lifecycle).toEqual({ prevent_destroy: false });
    expect(made.one("aws_lb_target_group").args.deregistration_delay).toBe("45");
  });
});
