import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { setBoundary } from "../../../constructs/identity/boundary.ts";
import { MailDomain } from "../../../constructs/mail/mail-domain.ts";
import { MailSender } from "../../../constructs/mail/mail-sender.ts";
import { synth } from "../../support/synth.ts";

const domain = () =>
  synth((scope) => {
    new MailDomain(scope, "mail", {
      domain: "example.org",
      zoneId: "Z1",
      region: "eu-central-1",
      name: "example-mail",
      topicArn: "arn:aws:sns:eu-central-1:111111111111:example",
      keysZone: "dkim.amazonses.com",
      reportsTo: "reports@example.org",
    });
  });

describe("a mail domain", () => {
  test("signs what it sends, and names the three keys in the domain", () => {
    const stack = domain();
    expect(stack.one("aws_sesv2_email_identity").args).toEqual({
      configuration_set_name: "${aws_sesv2_configuration_set.mail_settings.configuration_set_name}",
      dkim_signing_attributes: { next_signing_key_length: "RSA_2048_BIT" },
      email_identity: "example.org",
      lifecycle: { prevent_destroy: true },
    });
    const keys = stack.all("aws_route53_record").filter(({ args }) => args.type === "CNAME");
    const token = (key: number) =>
      `\${element(aws_sesv2_email_identity.mail_identity.dkim_signing_attributes[0].tokens, ${key})}`;
    expect(keys.map(({ args }) => [args.name, args.records])).toEqual(
      [0, 1, 2].map((key) => [`${token(key)}._domainkey.example.org`, [`${token(key)}.dkim.amazonses.com`]]),
    );
  });

  test("has an envelope of its own, whose servers are named, and refuses all that is neither", () => {
    const stack = domain();
    const records = stack.all("aws_route53_record").filter(({ args }) => args.type !== "CNAME");
    expect(records.map(({ args }) => [args.type, args.name, args.records]).sort()).toEqual([
      ["MX", "bounce.example.org", ["10 feedback-smtp.eu-central-1.amazonses.com"]],
      ["TXT", "_dmarc.example.org", ["v=DMARC1; p=reject; rua=mailto:reports@example.org; fo=1"]],
      ["TXT", "bounce.example.org", ["v=spf1 include:amazonses.com -all"]],
    ]);
    expect(stack.one("aws_sesv2_email_identity_mail_from_attributes").args).toEqual({
      behavior_on_mx_failure: "REJECT_MESSAGE",
      email_identity: "${aws_sesv2_email_identity.mail_identity.email_identity}",
      mail_from_domain: "bounce.example.org",
    });
  });

  test("hands mail over by TLS alone, and tells of bounces and complaints", () => {
    const stack = domain();
    expect(stack.one("aws_sesv2_configuration_set").args).toMatchObject({
      delivery_options: { tls_policy: "REQUIRE" },
      suppression_options: { suppressed_reasons: ["BOUNCE", "COMPLAINT"] },
    });
    expect(stack.one("aws_sesv2_configuration_set_event_destination").args.event_destination).toEqual({
      enabled: true,
      matching_event_types: ["BOUNCE", "COMPLAINT", "REJECT"],
      sns_destination: { topic_arn: "arn:aws:sns:eu-central-1:111111111111:example" },
    });
  });
});

describe("a mail sender", () => {
  test("may send as the domain and do nothing else; its key is not made here", () => {
    const boundaryArn = "arn:aws:iam::111111111111:policy/boundary";
    const stack = synth((scope) => {
      const service = new Construct(scope, "service");
      setBoundary(service, boundaryArn);
      new MailSender(service, "sender", {
        name: "example-smtp",
        accountId: "111111111111",
        region: "eu-central-1",
        domain: "example.org",
        configurationSet: "example-mail",
      });
    });
    expect(stack.one("aws_iam_user").args).toEqual({
      force_destroy: true,
      name: "example-smtp",
      path: "/mail/",
      permissions_boundary: boundaryArn,
      tags: { Name: "example-smtp" },
    });
    expect(JSON.parse(stack.one("aws_iam_user_policy").args.policy).Statement).toEqual([
      {
        Action: ["ses:SendRawEmail"],
        Condition: { StringLike: { "ses:FromAddress": ["*@*.example.org", "*@example.org"] } },
        Effect: "Allow",
        Resource: [
          "arn:aws:ses:eu-central-1:111111111111:configuration-set/example-mail",
          "arn:aws:ses:eu-central-1:111111111111:identity/example.org",
        ],
        Sid: "SendAsTheDomain",
      },
    ]);
    expect(stack.all("aws_iam_access_key")).toEqual([]);
  });
});
