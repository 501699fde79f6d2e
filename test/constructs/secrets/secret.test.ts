import { describe, expect, test } from "vitest";
import { Parameter } from "../../../constructs/secrets/parameter.ts";
import { Secret, type SecretProps } from "../../../constructs/secrets/secret.ts";
import { synth } from "../../support/synth.ts";
import { breakGlassArns, denyBut, roleArn, statementsOf } from "../keys/statements.ts";

const make = (props: Partial<SecretProps> = {}) =>
  synth((scope) => {
    new Secret(scope, "jwt", {
      name: "production/orders/jwt",
      description: "Signs the tokens of the example",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      readerArns: [roleArn("app")],
      writerArns: [roleArn("rotate")],
      administratorArns: [roleArn("apply")],
      breakGlassArns,
      rotationDays: 90,
      ...props,
    });
  });

describe("a secret", () => {
  test("has no value, a customer key, 30 days to recover and its rotation as a tag", () => {
    const stack = make();
    expect(stack.all().map(({ address }) => address)).toEqual([
      "aws_secretsmanager_secret.jwt_secret",
      "aws_secretsmanager_secret_policy.jwt_policy",
    ]);
    expect(stack.one("aws_secretsmanager_secret").args).toEqual({
      description: "Signs the tokens of the example",
      kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
      lifecycle: { prevent_destroy: true },
      name: "production/orders/jwt",
      recovery_window_in_days: 30,
      tags: { "rotation-days": "90" },
    });
  });

  test("is read, written, changed and opened by named roles alone, over TLS", () => {
    const { block_public_policy, policy } = make().one("aws_secretsmanager_secret_policy").args;
    expect(block_public_policy).toBe(true);
    expect(statementsOf(policy)).toEqual({
      DenyClearText: {
        Effect: "Deny",
        Principal: "*",
        Action: ["secretsmanager:*"],
        Resource: ["*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      OnlyNamedRolesRead: denyBut([roleArn("app")], ["secretsmanager:GetSecretValue"], ["*"]),
      OnlyNamedRolesWrite: denyBut(
        [roleArn("rotate")],
        ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
        ["*"],
      ),
      OnlyNamedRolesChange: denyBut(
        [roleArn("rotate"), roleArn("apply")],
        ["secretsmanager:PutResourcePolicy", "secretsmanager:UpdateSecret"],
        ["*"],
      ),
      OnlyBreakGlassOpens: denyBut(
        breakGlassArns,
        [
          "secretsmanager:DeleteResourcePolicy",
          "secretsmanager:ReplicateSecretToRegions",
          "secretsmanager:RotateSecret",
        ],
        ["*"],
      ),
    });
  });

  test("is copied to a second region under that region's key when asked", () => {
    const replica = { region: "eu-west-1", kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/copy" };
    expect(make({ replica }).one("aws_secretsmanager_secret").args.replica).toEqual([
      { kms_key_id: replica.kmsKeyArn, region: "eu-west-1" },
    ]);
  });

  test("fails when deletion would be instant, rotation unknown or nobody may read", () => {
    expect(() => make({ recoveryDays: 0 })).toThrow("test/jwt: recoveryDays must be 7 to 30, got 0");
    expect(() => make({ rotationDays: 0 })).toThrow("test/jwt: rotationDays must be a whole number >= 1, got 0");
    expect(() => make({ readerArns: [] })).toThrow(
      "policy OnlyNamedRolesRead: ArnNotLike aws:PrincipalArn must have at least one value, got none",
    );
  });
});

describe("a parameter", () => {
  const withName = (name: string) =>
    synth((scope) => {
      new Parameter(scope, "host", { name, description: "Writer endpoint", value: "db.example.org" });
    });

  test("is a plain string under its environment and service", () => {
    expect(withName("/production/orders/database-host").one("aws_ssm_parameter").args).toEqual({
      description: "Writer endpoint",
      name: "/production/orders/database-host",
      tier: "Standard",
      type: "String",
      value: "db.example.org",
    });
  });

  test.each(["database-host", "/production/database-host", "/production/orders/"])(
    "fails when the name is %s",
    (name) => {
      expect(() => withName(name)).toThrow(`test/host: name must be /<environment>/<service>/<name>, got "${name}"`);
    },
  );
});
