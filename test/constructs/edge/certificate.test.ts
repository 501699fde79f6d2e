import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { describe, expect, it } from "vitest";
import { Certificate } from "../../../constructs/edge/certificate.ts";
import { synth } from "../../support/synth.ts";

const synthFor = (domainName: string) =>
  synth((scope) => void new Certificate(scope, "web-cert", { domainName, zoneId: "Z1" }));

describe("certificate", () => {
  it("is an EC certificate proven by DNS, logged in public, replaced before it is removed", () => {
    expect(synthFor("shop.example.org").one("aws_acm_certificate").args).toEqual({
      domain_name: "shop.example.org",
      validation_method: "DNS",
      key_algorithm: "EC_prime256v1",
      options: { certificate_transparency_logging_preference: "ENABLED" },
      lifecycle: { create_before_destroy: true },
      tags: { Name: "shop.example.org" },
    });
  });

  it("writes its proof into the zone and waits until it is issued", () => {
    const stack = synthFor("shop.example.org");

    const proof = "tolist(aws_acm_certificate.web-cert_certificate.domain_validation_options).0";
    expect(stack.one("aws_route53_record").args).toEqual({
      zone_id: "Z1",
      name: `\${${proof}.resource_record_name}`,
      type: `\${${proof}.resource_record_type}`,
      records: [`\${${proof}.resource_record_value}`],
      ttl: 300,
    });
    expect(stack.one("aws_acm_certificate_validation").args).toEqual({
      certificate_arn: "${aws_acm_certificate.web-cert_certificate.arn}",
      validation_record_fqdns: ["${aws_route53_record.web-cert_proof.fqdn}"],
    });
  });

  const twice = (second: string) =>
    synth((scope) => {
      const provider = new AwsProvider(scope, "aws-global", { region: "us-east-1", alias: "global" });
      const provenBy = new Certificate(scope, "web-cert", { domainName: "shop.example.org", zoneId: "Z1" });
      new Certificate(scope, "cdn-cert", { domainName: second, zoneId: "Z1", provider, provenBy });
    });

  it("shares the one proof that ACM asks of an account with a certificate of another region", () => {
    const stack = twice("shop.example.org");

    expect(stack.one("aws_route53_record").name).toBe("web-cert_proof");
    expect(stack.all("aws_acm_certificate").map(({ name, args }) => [name, args.provider])).toEqual([
      ["cdn-cert_certificate", "aws.global"],
      ["web-cert_certificate", undefined],
    ]);
    expect(stack.all("aws_acm_certificate_validation").at(0)?.args).toEqual({
      provider: "aws.global",
      certificate_arn: "${aws_acm_certificate.cdn-cert_certificate.arn}",
      validation_record_fqdns: ["${aws_route53_record.web-cert_proof.fqdn}"],
    });
  });

  it("fails when it is proven by a certificate for another name", () => {
    expect(() => twice("store.example.org")).toThrow(
      new Error('test/cdn-cert: provenBy must be for store.example.org, got "shop.example.org"'),
    );
  });

  it.each(["Shop.example.org", "shop.example.org.", "localhost", ""])("fails when the name is %j", (name) => {
    expect(() => synthFor(name)).toThrow(
      new Error(`test/web-cert: domainName must be a lower-case DNS name, got "${name}"`),
    );
  });
});
