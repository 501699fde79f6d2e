import { describe, expect, test } from "vitest";
import { LogGroup, type LogGroupProps } from "../../../constructs/audit/log-group.ts";
import { synth } from "../../support/synth.ts";

const make = (props: Partial<LogGroupProps> = {}) =>
  synth((scope) => {
    new LogGroup(scope, "sessions", {
      name: "/example/sessions",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      retentionDays: 90,
      ...props,
    });
  });

describe("a log group", () => {
  test("has a customer key, a bounded retention and cannot be deleted", () => {
    expect(make().one("aws_cloudwatch_log_group").args).toEqual({
      deletion_protection_enabled: true,
      kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
      lifecycle: { prevent_destroy: true },
      name: "/example/sessions",
      retention_in_days: 90,
    });
  });

  test("can be deleted only with a stated reason", () => {
    const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
    expect(make({ deletionProtection }).one("aws_cloudwatch_log_group").args).toMatchObject({
      deletion_protection_enabled: false,
      lifecycle: { prevent_destroy: false },
    });
  });

  test.each([0, 14, 100])("fails when logs are kept %d days [TKT-4.15]", (retentionDays) => {
    expect(() => make({ retentionDays })).toThrow(
      `test/sessions: retentionDays must be one of 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got ${retentionDays}`,
    );
  });
});
