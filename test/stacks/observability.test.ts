import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";

/** What the platform's own service makes of its part of the catalogue, in production. */

let estate: SynthesizedEstate;
let stack: Stack;
beforeAll(() => {
  estate = synthesizeEstate("production");
  stack = estate.stack("production", "observability");
});

describe("the hosts", () => {
  test("are two each of Prometheus with Alertmanager, Loki, Tempo and Grafana, in two zones [TKT-4.1]", () => {
    const hosts = stack.all("aws_instance").map(({ args }) => [args.tags.Name, args.availability_zone]);
    expect(hosts.sort()).toEqual(
      ["grafana", "loki", "prometheus", "tempo"].flatMap((name) => [
        [`prd-obs-${name}-a`, "eu-central-1a"],
        [`prd-obs-${name}-b`, "eu-central-1b"],
      ]),
    );
  });

  test("have no load balancer but that of the dashboards, which administrators alone reach", () => {
    const open = stack
      .all("aws_vpc_security_group_ingress_rule")
      .filter(({ args }) => args.cidr_ipv4 !== undefined)
      .map(({ args }) => [args.cidr_ipv4, args.to_port]);
    expect(stack.all("aws_lb").map(({ args }) => args.name)).toEqual(["prd-obs-dashboards"]);
    expect(open.sort()).toEqual([
      ["203.0.113.16/28", 443],
      ["203.0.113.16/28", 80],
    ]);
  });
});

test("Grafana, which keeps sessions on each host, gets its clients back to their host", () => {
  expect(stack.one("aws_lb_target_group").args.stickiness).toEqual({
    cookie_duration: 43_200,
    enabled: true,
    type: "lb_cookie",
  });
});

test("Prometheus alone learns where the API of the cluster is, whose pods it lists", () => {
  const readers = estate.stacks.flatMap((each) =>
    each
      .all("aws_iam_role_policy")
      .filter(({ args }) => String(args.policy).includes("/production/cluster/"))
      .map(({ name }) => `${each.name}/${name}`),
  );
  expect(readers).toEqual(["observability/prometheus-role_policy"]);
});

describe("alarms", () => {
  test("reach the pager and the team's mailbox, under a key that admits every publisher [MUN-3.11]", () => {
    const told = (topic: string) =>
      stack
        .all("aws_sns_topic_subscription")
        .filter(({ args }) => args.topic_arn === `\${aws_sns_topic.${topic}_topic.arn}`)
        .map(({ args }) => [args.protocol, args.endpoint]);
    for (const topic of ["alarms", "global-alarms"]) {
      expect(told(topic).sort()).toEqual([
        ["email", "pager@example.org"],
        ["email", "platform-alarms@example.org"],
      ]);
    }
    const services = (policy: string): readonly string[] =>
      (JSON.parse(policy).Statement as readonly { Effect: string; Principal: { Service?: readonly string[] } }[])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Principal }) => Principal.Service ?? [])
        .sort();
    const key = stack.all("aws_kms_key").find(({ name }) => name === "alarms-key_key");
    const publishers = [
      "cloudwatch.amazonaws.com",
      "events.amazonaws.com",
      "events.rds.amazonaws.com",
      "ses.amazonaws.com",
    ];
    const policy = stack.all("aws_sns_topic_policy").find(({ name }) => name === "alarms_policy");
    expect(services(policy?.args.policy)).toEqual(publishers);
    expect(services(key?.args.policy)).toEqual(publishers);
  });

  test("tell of failed backups, secrets in trouble, certificates that end and lists of the revoked that are not published", () => {
    const rules = stack.all("aws_cloudwatch_event_rule").map(({ args }) => args.name);
    expect(rules.sort()).toEqual([
      "prd-plt-aws-in-trouble",
      "prd-plt-backup-failed",
      "prd-plt-certificate-ends",
      "prd-plt-global-aws-in-trouble",
      "prd-plt-global-certificate-ends",
      "prd-plt-revocation-list-failed",
      "prd-plt-secret-events",
      "prd-plt-secret-in-trouble",
    ]);
  });
});

test("each change of a secret, its rotations among them, is written to a log that is kept for 400 days [MUN-2.17]", () => {
  const rule = stack.all("aws_cloudwatch_event_rule").find(({ args }) => args.name === "prd-plt-secret-events");
  const { source, detail } = JSON.parse(rule?.args.event_pattern);
  expect(source).toEqual(["aws.secretsmanager"]);
  expect(detail.eventName).toEqual(
    expect.arrayContaining(["PutSecretValue", "RotationSucceeded", "RotationFailed", "DeleteSecret"]),
  );
  const group = stack
    .all("aws_cloudwatch_log_group")
    .find(({ args }) => args.name === "/aws/events/production/secrets");
  expect(group?.args.retention_in_days).toBe(400);
});

describe("mail", () => {
  test("is signed, has a named envelope and an order to refuse forgeries, in the domain of the environment [MUN-1.9] [BRK-23.6]", () => {
    const records = stack
      .all("aws_route53_record")
      .filter(({ name }) => name.startsWith("mail_"))
      .map(({ args }) => `${args.type} ${args.name}: ${args.records[0]}`.replaceAll(/\$\{[^}]*\}/g, "KEY"));
    expect(records.sort()).toEqual([
      "CNAME KEY._domainkey.example.org: KEY.dkim.amazonses.com",
      "CNAME KEY._domainkey.example.org: KEY.dkim.amazonses.com",
      "CNAME KEY._domainkey.example.org: KEY.dkim.amazonses.com",
      "MX bounce.example.org: 10 feedback-smtp.eu-central-1.amazonses.com",
      "TXT _dmarc.example.org: v=DMARC1; p=reject; rua=mailto:platform-alarms@example.org; fo=1",
      "TXT bounce.example.org: v=spf1 include:amazonses.com -all",
    ]);
  });

  test("is sent by exactly the services that have a flow to SES, each as a user of its own without a key", () => {
    const users = estate.stacks.flatMap((each) => each.all("aws_iam_user").map(({ args }) => args.name));
    expect(users.sort()).toEqual(["prd-brk-smtp", "prd-mun-smtp", "prd-obs-smtp"]);
    expect(estate.stacks.flatMap((each) => each.all("aws_iam_access_key"))).toEqual([]);
  });
});
