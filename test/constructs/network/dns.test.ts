import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, test } from "vitest";
import { PrivateZone, PublicZone, type PublicZoneProps } from "../../../constructs/network/dns.ts";
import { DnsFirewall, type DnsFirewallProps } from "../../../constructs/network/dns-firewall.ts";
import { synth } from "../../support/synth.ts";

describe("DnsFirewall", () => {
  const made = (change: Partial<DnsFirewallProps> = {}) =>
    synth((stack) => {
      new DnsFirewall(stack, "resolver", {
        name: "example",
        vpcId: "vpc-1",
        allowedDomains: ["example.org", "*.example.net", "example.org"],
        queryLogArn: "arn:aws:logs:eu-central-1:111111111111:log-group:/example/resolver",
        ...change,
      });
    });

  test("answers declared names, trusting their aliases, and nothing else", () => {
    const result = made();

    expect(result.all("aws_route53_resolver_firewall_rule").map(({ args }) => args)).toEqual([
      {
        name: "declared",
        firewall_rule_group_id: "${aws_route53_resolver_firewall_rule_group.resolver_rules.id}",
        firewall_domain_list_id: "${aws_route53_resolver_firewall_domain_list.resolver_declared.id}",
        firewall_domain_redirection_action: "TRUST_REDIRECTION_DOMAIN",
        action: "ALLOW",
        priority: 100,
      },
      {
        name: "everything-else",
        firewall_rule_group_id: "${aws_route53_resolver_firewall_rule_group.resolver_rules.id}",
        firewall_domain_list_id: "${aws_route53_resolver_firewall_domain_list.resolver_everything.id}",
        action: "BLOCK",
        block_response: "NXDOMAIN",
        priority: 200,
      },
    ]);
    expect(
      result.all("aws_route53_resolver_firewall_domain_list").map(({ args }) => [args.name, args.domains]),
    ).toEqual([
      ["example-declared", ["*.example.net", "example.org"]],
      ["example-everything", ["*"]],
    ]);
  });

  test("guards the VPC, fails closed, and cannot be taken off without a reason", () => {
    const optOut = { enabled: false, reason: "rebuilt every week", until: "2027-03-31" } as const;
    const association = "aws_route53_resolver_firewall_rule_group_association";
    expect(made().one("aws_route53_resolver_firewall_config").args).toEqual({
      resource_id: "vpc-1",
      firewall_fail_open: "DISABLED",
    });
    expect(made().one(association).args).toMatchObject({
      vpc_id: "vpc-1",
      priority: 101,
      mutation_protection: "ENABLED",
    });
    expect(made({ deletionProtection: optOut }).one(association).args.mutation_protection).toBe("DISABLED");
  });

  test("logs every query of the VPC", () => {
    expect(made().one("aws_route53_resolver_query_log_config").args.destination_arn).toBe(
      "arn:aws:logs:eu-central-1:111111111111:log-group:/example/resolver",
    );
    expect(made().one("aws_route53_resolver_query_log_config_association").args).toEqual({
      resolver_query_log_config_id: "${aws_route53_resolver_query_log_config.resolver_query-log.id}",
      resource_id: "vpc-1",
    });
  });

  test("fails when the list is empty or allows everything", () => {
    expect(() => made({ allowedDomains: [] })).toThrow("must allow some names and not all, got none");
    expect(() => made({ allowedDomains: ["*", "example.org"] })).toThrow("got *, example.org");
  });
});

test("a private zone is seen by its VPC and not deleted with foreign records", () => {
  const zone = synth((stack) => {
    new PrivateZone(stack, "private", { domain: "internal.example.org", vpcId: "vpc-1" });
  }).one("aws_route53_zone");

  expect(zone.args).toMatchObject({ name: "internal.example.org", vpc: [{ vpc_id: "vpc-1" }], force_destroy: false });
  expect(zone.args.lifecycle).toEqual({ prevent_destroy: true });
});

describe("PublicZone", () => {
  const made = (change: Partial<PublicZoneProps> = {}) =>
    synth((stack) => {
      new PublicZone(stack, "public", {
        domain: "example.org",
        global: new AwsProvider(stack, "global", { region: "us-east-1", alias: "global" }),
        accountId: "111111111111",
        incidentMail: "alarms@example.org",
        queryLog: { retentionDays: 400, kmsKeyArn: "key" },
        ...change,
      });
    });

  test("keeps its name servers and its log, unless somebody says why not", () => {
    const optOut = { enabled: false, reason: "holds no data of people", until: "2099-12-31" } as const;

    for (const [change, kept] of [
      [{}, true],
      [{ deletionProtection: optOut }, false],
    ] as const) {
      const result = made(change);
      expect(result.one("aws_route53_zone").args.lifecycle).toEqual({ prevent_destroy: kept });
      expect(result.one("aws_cloudwatch_log_group").args).toMatchObject({
        deletion_protection_enabled: kept,
        lifecycle: { prevent_destroy: kept },
      });
    }
  });

  test("logs its queries, encrypted, in us-east-1, where only Route 53 for this zone may write", () => {
    const result = made();

    expect(result.one("aws_cloudwatch_log_group").args).toEqual({
      provider: "aws.global",
      name: "/aws/route53/example.org",
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
      retention_in_days: 400,
      kms_key_id: "key",
    });
    const policy = result.one("aws_cloudwatch_log_resource_policy").args;
    expect(policy.provider).toBe("aws.global");
    expect(JSON.parse(policy.policy_document).Statement).toEqual([
      {
        Sid: "Route53WritesQueries",
        Effect: "Allow",
        Principal: { Service: "route53.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.public_queries.arn}:*",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111111111111" },
          ArnEquals: { "aws:SourceArn": "${aws_route53_zone.public_zone.arn}" },
        },
      },
    ]);
    expect(result.one("aws_route53_query_log").args).toEqual({
      zone_id: "${aws_route53_zone.public_zone.zone_id}",
      cloudwatch_log_group_arn: "${aws_cloudwatch_log_group.public_queries.arn}",
      depends_on: ["aws_cloudwatch_log_resource_policy.public_queries-policy"],
    });
  });

  test("lets Amazon's authorities alone issue certificates, no wildcards, and tell us of other attempts", () => {
    expect(made().one("aws_route53_record").args).toEqual({
      zone_id: "${aws_route53_zone.public_zone.zone_id}",
      name: "example.org",
      type: "CAA",
      ttl: 3600,
      records: [
        '0 issue "amazon.com"',
        '0 issue "amazontrust.com"',
        '0 issue "awstrust.com"',
        '0 issue "amazonaws.com"',
        '0 issuewild ";"',
        '0 iodef "mailto:alarms@example.org"',
      ],
    });
  });

  test("is signed only with a key given", () => {
    expect(made().all("aws_route53_hosted_zone_dnssec")).toEqual([]);

    const signed = made({ signingKeyArn: "signing-key" });
    expect(signed.one("aws_route53_key_signing_key").args).toEqual({
      hosted_zone_id: "${aws_route53_zone.public_zone.zone_id}",
      key_management_service_arn: "signing-key",
      name: "current",
    });
    expect(signed.one("aws_route53_hosted_zone_dnssec").args.depends_on).toEqual([
      "aws_route53_key_signing_key.public_signing-key",
    ]);
  });
});
