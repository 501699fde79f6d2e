import { describe, expect, test } from "vitest";
import { LogGroup } from "../../../constructs/audit/log-group.ts";
import { SessionPreferences, type SessionPreferencesProps } from "../../../constructs/audit/session-preferences.ts";
import { synth } from "../../support/synth.ts";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/sessions";
const document = (props: Partial<SessionPreferencesProps> = {}) =>
  synth((scope) => {
    const logGroup = new LogGroup(scope, "record", { name: "/test/sessions", kmsKeyArn, retentionDays: 90 });
    new SessionPreferences(scope, "sessions", { logGroup, kmsKeyArn, ...props });
  }).one("aws_ssm_document").args;

describe("session preferences", () => {
  test("record every session while it runs, encrypt it, and end it when it is idle [BRK-24.6]", () => {
    const { content, ...rest } = document();

    expect(rest).toEqual({
      name: "SSM-SessionManagerRunShell",
      document_type: "Session",
      document_format: "JSON",
    });
    expect(JSON.parse(content)).toEqual({
      schemaVersion: "1.0",
      description: "Sessions on hosts: recorded and encrypted",
      sessionType: "Standard_Stream",
      inputs: {
        s3BucketName: "",
        s3KeyPrefix: "",
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: "/test/sessions",
        cloudWatchEncryptionEnabled: true,
        cloudWatchStreamingEnabled: true,
        kmsKeyId: kmsKeyArn,
        idleSessionTimeout: "15",
        maxSessionDuration: "240",
        runAsEnabled: false,
        runAsDefaultUser: "",
        shellProfile: { linux: "", windows: "" },
      },
    });
  });

  test("take other limits", () => {
    const { inputs } = JSON.parse(document({ idleMinutes: 60, longestMinutes: 1440 }).content);

    expect([inputs.idleSessionTimeout, inputs.maxSessionDuration]).toEqual(["60", "1440"]);
  });

  test.each([
    [{ idleMinutes: 61 }, "test/sessions: idleMinutes must be a whole number of 1 to 60, got 61"],
    [{ longestMinutes: 1441 }, "test/sessions: longestMinutes must be a whole number of 1 to 1440, got 1441"],
  ])("fails when given %j", (props, message) => {
    expect(() => document(props)).toThrow(new Error(message));
  });
});
