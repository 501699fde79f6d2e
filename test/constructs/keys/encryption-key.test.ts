import { describe, expect, test } from "vitest";
import { EncryptionKey, type EncryptionKeyProps } from "../../../constructs/keys/encryption-key.ts";
import { synth } from "../../support/synth.ts";
import { accountId, breakGlassArns, roleArn, statementsOf } from "./statements.ts";

const root = { AWS: [`arn:aws:iam::${accountId}:root`] };
const use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

const make = (props: Partial<EncryptionKeyProps> = {}) =>
  synth((scope) => {
    new EncryptionKey(scope, "data", {
      aliasName: "example-data",
      description: "Data of the example",
      accountId,
      region: "eu-central-1",
      userArns: [roleArn("app-*")],
      usedThrough: ["s3", "ec2"],
      breakGlassArns,
      ...props,
    });
  });
const policyOf = (props: Partial<EncryptionKeyProps> = {}) => statementsOf(make(props).one("aws_kms_key").args.policy);

describe("an encryption key", () => {
  test("rotates yearly, waits 30 days before it goes and is kept by Terraform", () => {
    const stack = make();
    const { policy: _, ...args } = stack.one("aws_kms_key").args;
    expect(args).toEqual({
      deletion_window_in_days: 30,
      description: "Data of the example",
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
      multi_region: false,
      rotation_period_in_days: 365,
    });
    expect(stack.one("aws_kms_alias").args).toEqual({
      name: "alias/example-data",
      target_key_id: `\${aws_kms_key.data_key.key_id}`,
    });
  });

  test("gives named roles its use, through the named services of its region only", () => {
    expect(policyOf()["NamedRolesUse"]).toEqual({
      Effect: "Allow",
      Principal: root,
      Action: use,
      Resource: ["*"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": [roleArn("app-*")] },
        StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com", "ec2.eu-central-1.amazonaws.com"] },
      },
    });
  });

  test("leaves the service open only for direct use", () => {
    expect(policyOf({ usedThrough: "direct" })["NamedRolesUse"]).toMatchObject({
      Condition: { ArnLike: { "aws:PrincipalArn": [roleArn("app-*")] } },
    });
    expect(policyOf({ usedThrough: "direct" })["NamedRolesUse"]).not.toHaveProperty("Condition.StringEquals");
  });

  test("lets administrators manage it without reading or granting", () => {
    const { Action: actions, Principal } = policyOf()["AccountAdministersByIam"] as {
      Action: readonly string[];
      Principal: unknown;
    };
    expect(Principal).toEqual(root);
    expect(actions).toContain("kms:PutKeyPolicy");
    expect(actions.filter((action) => /\*|Crypt|Grant$|DataKey|Replicate/i.test(action))).toEqual(["kms:RevokeGrant"]);
  });

  test("is disabled or deleted by break-glass roles alone", () => {
    expect(policyOf()["OnlyBreakGlassTakesTheKeyAway"]).toEqual({
      Effect: "Deny",
      Principal: "*",
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      Resource: ["*"],
      Condition: { ArnNotLike: { "aws:PrincipalArn": breakGlassArns } },
    });
  });

  test("lets roles that attach it create grants for AWS resources only", () => {
    const policy = policyOf({ grantorArns: [roleArn("apply")] });
    expect(policy["NamedRolesAttachToAwsResources"]).toEqual({
      Effect: "Allow",
      Principal: root,
      Action: ["kms:CreateGrant"],
      Resource: ["*"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": [roleArn("apply")] },
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com", "ec2.eu-central-1.amazonaws.com"] },
      },
    });
  });

  test("lets roles that make secrets prove access to it, and encrypt and read nothing real", () => {
    expect(policyOf({ validatorArns: [roleArn("apply")] })["NamedRolesMakeSecrets"]).toEqual({
      Effect: "Allow",
      Principal: root,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: ["*"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": [roleArn("apply")] },
        StringEquals: {
          "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com",
          "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess",
        },
      },
    });
    expect(policyOf({ validatorArns: [roleArn("apply")] })["NamedRolesUse"]).toEqual(policyOf()["NamedRolesUse"]);
  });

  test("binds each service principal to this account", () => {
    const policy = policyOf({ services: ["cloudwatch-logs", "cloudwatch-alarms", "log-delivery"] });
    const common = { Effect: "Allow", Resource: ["*"] };
    expect(policy["CloudWatchLogsUses"]).toEqual({
      ...common,
      Principal: { Service: ["logs.eu-central-1.amazonaws.com"] },
      Action: use,
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111111111111:log-group:*",
        },
      },
    });
    expect(policy["CloudWatchAlarmsPublish"]).toEqual({
      ...common,
      Principal: { Service: ["cloudwatch.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    });
    expect(policy["LogDeliveryWrites"]).toEqual({
      ...common,
      Principal: { Service: ["delivery.logs.amazonaws.com"] },
      Action: use,
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    });
  });

  test("binds the trail's and the recorder's services to this account", () => {
    const policy = policyOf({ services: ["cloudtrail", "config"] });
    expect(policy["TrailsEncrypt"]).toEqual({
      Effect: "Allow",
      Principal: { Service: ["cloudtrail.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
      Resource: ["*"],
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudtrail:eu-central-1:111111111111:trail/*" } },
    });
    expect(policy["ConfigDelivers"]).toEqual({
      Effect: "Allow",
      Principal: { Service: ["config.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    });
  });

  test("is open to everyone of the account through one service only when asked, as AWS's own key would be", () => {
    const policy = policyOf({ everyoneThrough: "ec2" });
    const through = { "kms:CallerAccount": accountId, "kms:ViaService": "ec2.eu-central-1.amazonaws.com" };
    const common = { Effect: "Allow", Principal: { AWS: ["*"] }, Resource: ["*"] };
    expect(policy["AccountUses"]).toEqual({ ...common, Action: use, Condition: { StringEquals: through } });
    expect(policy["AccountAttachesToAwsResources"]).toEqual({
      ...common,
      Action: ["kms:CreateGrant"],
      Condition: { StringEquals: through, Bool: { "kms:GrantIsForAWSResource": "true" } },
    });
    expect(policyOf()).not.toHaveProperty("AccountUses");
  });

  test("may be copied to another region only when asked", () => {
    const actionsOf = (multiRegion: boolean) =>
      (policyOf({ multiRegion })["AccountAdministersByIam"] as { Action: readonly string[] }).Action;
    expect(make({ multiRegion: true }).one("aws_kms_key").args.multi_region).toBe(true);
    expect(actionsOf(true)).toContain("kms:ReplicateKey");
    expect(actionsOf(false)).not.toContain("kms:ReplicateKey");
  });

  test("admits no service and no grant unless asked", () => {
    expect(Object.keys(policyOf())).toEqual([
      "AccountAdministersByIam",
      "OnlyBreakGlassTakesTheKeyAway",
      "NamedRolesUse",
    ]);
  });

  test("fails when the rotation period is none of KMS", () => {
    expect(() => make({ rotationDays: 30 })).toThrow("test/data: rotationDays must be 90 to 2560, got 30");
  });

  test("fails when no break-glass role is named", () => {
    expect(() => make({ breakGlassArns: [] })).toThrow(
      "policy OnlyBreakGlassTakesTheKeyAway: ArnNotLike aws:PrincipalArn must have at least one value, got none",
    );
  });

  test("can be destroyed only with a stated reason", () => {
    const deletionProtection = { enabled: false, reason: "Short-lived test account", until: "2027-03-31" } as const;
    expect(make({ deletionProtection }).one("aws_kms_key").args.lifecycle).toEqual({ prevent_destroy: false });
    expect(() => make({ deletionProtection: { ...deletionProtection, reason: "" } })).toThrow(
      'test/data/deletionProtection: reason must be a sentence, got ""',
    );
  });
});

describe("roles that hand the key to EKS or ECR", () => {
  test("delegate its use and have none of it, through the service where it says who calls", () => {
    const delegatorArns = [roleArn("apply")];
    const granted = {
      Effect: "Allow",
      Principal: root,
      Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
      Resource: ["*"],
    };

    expect(policyOf({ userArns: [], delegatorArns, usedThrough: ["ecr"] })["NamedRolesDelegateToAws"]).toEqual({
      ...granted,
      Condition: {
        ArnLike: { "aws:PrincipalArn": delegatorArns },
        StringEquals: { "kms:ViaService": ["ecr.eu-central-1.amazonaws.com"] },
      },
    });
    expect(policyOf({ userArns: [], delegatorArns, usedThrough: "direct" })["NamedRolesDelegateToAws"]).toEqual({
      ...granted,
      Condition: { ArnLike: { "aws:PrincipalArn": delegatorArns } },
    });
    expect(Object.keys(policyOf({ userArns: [], delegatorArns, usedThrough: ["ecr"] })).sort()).toEqual([
      "AccountAdministersByIam",
      "NamedRolesDelegateToAws",
      "OnlyBreakGlassTakesTheKeyAway",
    ]);
  });
});
