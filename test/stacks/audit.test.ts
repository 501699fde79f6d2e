import { beforeAll, describe, expect, test } from "vitest";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";

/** What the platform records of itself, who may read it, and who is told. */

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

const audit = (environment = "production"): Stack => estate.stack(environment, "audit");
const role = (name: string) => `arn:aws:iam::333333333333:role/prd-plt-${name}`;
const lockOf = (environment: string, bucket: string) =>
  resourceOf(audit(environment), `aws_s3_bucket_object_lock_configuration.${bucket}_lock`).rule.default_retention;

describe("the trail", () => {
  test("lies locked for as long as logs are archived, in production against everyone", () => {
    expect(lockOf("production", "trail-logs")).toEqual({ mode: "COMPLIANCE", days: 400 });
    expect(lockOf("staging", "trail-logs")).toEqual({ mode: "GOVERNANCE", days: 90 });
    expect(lockOf("dev", "trail-logs")).toEqual({ mode: "GOVERNANCE", days: 90 });
  });

  test("is the one that its bucket and its key admit", () => {
    const { TrailWrites } = statementsOf(resourceOf(audit(), "aws_s3_bucket_policy.trail-logs_policy").policy);
    const trail = resourceOf(audit(), "aws_cloudtrail.trail_trail");
    const bucket = resourceOf(audit(), "aws_s3_bucket.trail-logs_bucket");

    expect(TrailWrites?.Condition["StringEquals"]?.["aws:SourceArn"]).toBe(
      `arn:aws:cloudtrail:eu-central-1:333333333333:trail/${trail.name}`,
    );
    expect(trail.s3_bucket_name).toBe(bucket.bucket);
    expect(trail.kms_key_id).toBe("${aws_kms_key.record-key_key.arn}");
    expect(statementsOf(resourceOf(audit(), "aws_kms_key.record-key_key").policy)).toMatchObject({
      TrailsEncrypt: {},
      ConfigDelivers: {},
      CloudWatchLogsUses: {},
    });
  });

  test("records objects of every vault and state, of attachments, of the logs themselves, and every call, reads of secrets among them [NOD-2.8]", () => {
    const selectors: readonly {
      name: string;
      field_selector: readonly { field: string; starts_with?: readonly string[] }[];
    }[] = resourceOf(audit(), "aws_cloudtrail.trail_trail").advanced_event_selector;
    const prefixes = selectors.flatMap(({ field_selector }) =>
      field_selector.flatMap(({ field, starts_with }) => (field === "resources.ARN" ? (starts_with ?? []) : [])),
    );
    const recorded = (bucket: string) => prefixes.some((prefix) => `arn:aws:s3:::${bucket}/any`.startsWith(prefix));
    const buckets = estate.stacks
      .filter(({ environment }) => environment === "production")
      .flatMap((stack) => stack.all("aws_s3_bucket").map(({ args }): string => args.bucket));
    const wanted = buckets.filter((name) =>
      /-vault-|-state-|-attachments-|-audit-exports-|-plt-(access|config|network|trail)-logs-/.test(name),
    );

    const calls = selectors.filter(({ field_selector }) => field_selector.length === 1);
    expect(calls.map(({ field_selector }) => field_selector)).toEqual([
      [{ field: "eventCategory", equals: ["Management"] }],
    ]);
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.filter((name) => !recorded(name))).toEqual([]);
    expect(buckets.filter((name) => name.includes("-packages-") && recorded(name))).toEqual([]);
  });

  test("is kept from the roles of hosts, and read by operators", () => {
    const { NamedRolesUse } = statementsOf(resourceOf(audit(), "aws_kms_key.record-key_key").policy);

    expect(NamedRolesUse?.Condition["ArnLike"]?.["aws:PrincipalArn"]).toEqual([role("operator"), role("break-glass")]);
  });
});

describe("security alarms", () => {
  const alarms = () => audit().all("aws_cloudwatch_metric_alarm");

  test("tell people at once of the root user, of break-glass, of keys and of the trail [NOD-5.4, BRK-24.5]", () => {
    const watched: Readonly<Record<string, readonly [group: string, pattern: string]>> = Object.fromEntries(
      audit()
        .all("aws_cloudwatch_log_metric_filter")
        .map(({ args }) => [args.name, [args.log_group_name, args.pattern]]),
    );

    expect(Object.keys(watched).sort()).toEqual(
      [
        "break-glass-taken",
        "bucket-opened",
        "calls-refused",
        "key-weakened",
        "network-changed",
        "record-opened",
        "rights-changed",
        "root-used",
        "secret-refused",
        "sign-in-failed",
        "sign-in-without-factor",
        "trail-changed",
        "watchers-changed",
      ].map((name) => `prd-plt-${name}`),
    );
    expect(watched["prd-plt-break-glass-taken"]?.[1]).toContain(`"${role("break-glass")}"`);
    expect(watched["prd-plt-rights-changed"]?.[1]).toContain('"prd-plt-apply"');
    expect(Object.keys(watched).sort()).toEqual(
      alarms()
        .map(({ args }) => args.metric_name)
        .sort(),
    );
    const trail = resourceOf(audit(), "aws_cloudtrail.trail_trail").cloud_watch_logs_group_arn;
    expect(trail).toBe("${aws_cloudwatch_log_group.trail-events_log-group.arn}:*");
    for (const [group] of Object.values(watched)) {
      expect(group).toBe(resourceOf(audit(), "aws_cloudwatch_log_group.trail-events_log-group").name);
    }
  });

  test("go to a topic of the audit stack's own, whose key and policy admit alarms and rules", () => {
    // By way of the topic's policy: nobody publishes before it is there.
    const topic = "${aws_sns_topic_policy.security_policy.arn}";

    for (const { args } of alarms()) expect([args.alarm_name, args.alarm_actions]).toEqual([args.alarm_name, [topic]]);
    for (const { args } of audit().all("aws_cloudwatch_event_target")) expect(args.arn).toBe(topic);
    expect(audit().all("aws_cloudwatch_event_target").length).toBe(3);
    expect(audit().one("aws_sns_topic_subscription").args).toMatchObject({
      topic_arn: "${aws_sns_topic.security_topic.arn}",
      protocol: "email",
      endpoint: "platform-alarms@example.org",
    });
    expect(statementsOf(audit().one("aws_sns_topic_policy").args.policy)).toMatchObject({
      AlarmsPublish: { Principal: { Service: ["cloudwatch.amazonaws.com"] } },
      RulesPublish: { Principal: { Service: ["events.amazonaws.com"] } },
    });
    expect(statementsOf(resourceOf(audit(), "aws_kms_key.security-key_key").policy)).toMatchObject({
      CloudWatchAlarmsPublish: {},
      EventRulesPublish: {},
    });
  });
});

describe("exports of applications' audit trails", () => {
  const policy = () => statementsOf(resourceOf(audit(), "aws_s3_bucket_policy.audit-exports_policy").policy);

  test("are locked for a year and the time to the next one [TKT-3.2] [MUN-2.11]", () => {
    expect(lockOf("production", "audit-exports")).toEqual({ mode: "COMPLIANCE", days: 366 });
    expect(lockOf("dev", "audit-exports")).toEqual({ mode: "GOVERNANCE", days: 366 });
  });

  test("are written by the jobs that make them alone, each below its own name, read by operators, and taken away by nobody", () => {
    const bucket = "arn:aws:s3:::prd-plt-audit-exports-333333333333";
    const writers = Object.fromEntries(
      Object.entries(policy())
        .filter(([sid]) => /^Prefix\d+Write$/.test(sid))
        .map(([, { Resource, Condition }]) => [Resource?.[0], Condition["ArnNotLike"]?.["aws:PrincipalArn"]]),
    );

    expect(writers).toEqual({
      [`${bucket}/resident-services/audit-heads/*`]: [
        "arn:aws:iam::333333333333:role/prd-mun-audit-anchor",
        role("break-glass"),
      ],
      [`${bucket}/ticketing/audit-heads/*`]: ["arn:aws:iam::333333333333:role/prd-tkt-worker", role("break-glass")],
    });
    for (const [sid, { Condition }] of Object.entries(policy()).filter(([sid]) => /^Prefix\d+Read$/.test(sid))) {
      expect([sid, Condition["ArnNotLike"]?.["aws:PrincipalArn"]]).toEqual([
        sid,
        [role("operator"), role("break-glass")],
      ]);
    }
    expect(policy()["OnlyBreakGlassTouchesLocks"]?.Action).toContain("s3:DeleteObjectVersion");
  });

  test("may be written by these jobs, under the key of the exports [TKT-3.2] [MUN-2.11]", () => {
    const writing = (service: string, policyName: string) =>
      statementsOf(resourceOf(estate.stack("production", service), `aws_iam_role_policy.${policyName}`).policy);
    const ticketing = writing("ticketing", "worker-role_policy");
    expect(ticketing["BackupAuditHeads"]?.Resource).toEqual([
      "arn:aws:s3:::prd-plt-audit-exports-333333333333/ticketing/audit-heads/*",
    ]);
    expect(ticketing["BackupAuditHeads"]?.Action).toEqual(["s3:AbortMultipartUpload", "s3:PutObject"]);
    expect(ticketing["BackupAuditHeadsKey"]?.Resource).toEqual([
      "${data.terraform_remote_state.audit.outputs.auditExportKeyArn}",
    ]);
  });
});

test("sessions on hosts are kept for more than a year in production [BRK-24.6]", () => {
  expect(resourceOf(audit(), "aws_cloudwatch_log_group.sessions_log-group")).toMatchObject({
    name: "/production/sessions",
    retention_in_days: 400,
    deletion_protection_enabled: true,
  });
});

test("an operator reads every log bucket, the audit exports, every log group and all findings", () => {
  const stack = estate.stack("production", "bootstrap");
  const found = statementsOf(resourceOf(stack, "aws_iam_role_policy.operator_policy").policy);

  expect(found["ReadLogBuckets"]?.Resource).toEqual(
    [
      "aws-waf-logs-prd-plt-web",
      "prd-plt-access-logs",
      "prd-plt-audit-exports",
      "prd-plt-config-logs",
      "prd-plt-network-logs",
      "prd-plt-trail-logs",
    ].map((name) => `arn:aws:s3:::${name}-333333333333/*`),
  );
  expect(found["ReadLogGroups"]?.Resource).toContain("arn:aws:logs:eu-central-1:333333333333:log-group:*");
  expect(found["ReadFindings"]?.Action).toEqual(
    expect.arrayContaining(["guardduty:GetFindings", "securityhub:GetFindings", "access-analyzer:ListFindings"]),
  );
});

test("volumes that name no key can be made by everyone of the account under the default key", () => {
  const { AccountUses } = statementsOf(resourceOf(audit(), "aws_kms_key.volumes-key_key").policy);

  expect(AccountUses?.Condition["StringEquals"]).toEqual({
    "kms:CallerAccount": "333333333333",
    "kms:ViaService": "ec2.eu-central-1.amazonaws.com",
  });
  expect(audit().one("aws_ebs_default_kms_key").args.key_arn).toBe("${aws_kms_key.volumes-key_key.arn}");
});
