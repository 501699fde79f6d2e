import { beforeAll, describe, expect, test } from "vitest";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { type Call, deniedBy } from "./denials.ts";
import { resourceOf } from "./policies.ts";

/** The most that the pipeline, and every role it makes, can do: judged on the policy as it was written. */

const accounts = { dev: "111111111111", staging: "222222222222", production: "333333333333" } as const;
const shorts = { dev: "dev", staging: "stg", production: "prd" } as const;
const environments = ["dev", "staging", "production"] as const;
type Environment = (typeof environments)[number];

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

const boundary = (environment: Environment): string =>
  resourceOf(estate.stack(environment, "bootstrap"), "aws_iam_policy.boundary_policy").policy;
const denies = (call: Call, environment: Environment = "production") => deniedBy(boundary(environment), call);
const iam = (rest: string) => `arn:aws:iam::333333333333:${rest}`;
const own = iam("role/prd-tkt-api");
const within = { "iam:PermissionsBoundary": iam("policy/prd-plt-boundary") };

describe("the boundary", () => {
  test("is a policy that every stack names, and small enough for IAM", () => {
    for (const environment of environments) {
      const { name, policy, lifecycle } = resourceOf(
        estate.stack(environment, "bootstrap"),
        "aws_iam_policy.boundary_policy",
      );
      expect(name).toBe(`${shorts[environment]}-plt-boundary`);
      expect(policy.length).toBeLessThanOrEqual(6144);
      expect(lifecycle).toEqual({ prevent_destroy: environment !== "dev" });
    }
  });

  test("is that of every administrative role but the one that changes it", () => {
    const roles = estate.stack("production", "bootstrap").all("aws_iam_role");
    const bounded = "${aws_iam_policy.boundary_policy.arn}";

    expect(Object.fromEntries(roles.map(({ name, args }) => [name, args.permissions_boundary]))).toEqual({
      plan_role: bounded,
      apply_role: bounded,
      publish_role: bounded,
      operator_role: bounded,
      restore_role: bounded,
      issuer_role: bounded,
      "break-glass_role": undefined,
    });
  });

  test("is that of every role and user of every later stack, which all have names the boundary knows", () => {
    const made = estate.stacks
      .filter(({ name }) => name !== "bootstrap")
      .flatMap((stack) =>
        [...stack.all("aws_iam_role"), ...stack.all("aws_iam_user")].map((resource) => ({ stack, ...resource })),
      );

    expect(made.length).toBeGreaterThan(3 * 20);
    for (const { stack, address, type, args } of made) {
      const environment = environments.find((each) => each === stack.environment) ?? "production";
      const where = `${stack.environment}/${stack.name}/${address}`;
      expect([where, args.permissions_boundary, String(args.name).startsWith(`${shorts[environment]}-`)]).toEqual([
        where,
        `arn:aws:iam::${accounts[environment]}:policy/${shorts[environment]}-plt-boundary`,
        true,
      ]);
      expect([where, args.path]).toEqual([where, type === "aws_iam_user" ? "/mail/" : undefined]);
    }
  });
});

describe("within the boundary", () => {
  test.each(["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"])(
    "%s works on a role that has the boundary, and on no other",
    (action) => {
      expect(denies({ action, resource: own, context: within })).toEqual([]);
      expect(denies({ action, resource: own })).toEqual(["OnlyWithinTheBoundary"]);
      expect(
        denies({ action, resource: own, context: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/Any" } }),
      ).toEqual(["OnlyWithinTheBoundary"]);
    },
  );

  test.each(["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"])("nobody does %s", (action) => {
    expect(denies({ action, resource: own, context: within })).toEqual(["KeepsBoundaries"]);
  });

  test.each(["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy", "iam:DeletePolicyVersion"])(
    "%s changes policies of ours, and neither the boundary nor another's",
    (action) => {
      expect(denies({ action, resource: iam("policy/prd-mun-extra") })).toEqual([]);
      expect(denies({ action, resource: iam("policy/prd-plt-boundary") })).toEqual(["KeepsTheBoundary"]);
      expect(denies({ action, resource: iam("policy/Developers") })).toEqual(["OnlyOwnPolicies"]);
    },
  );

  test.each(["iam:PassRole", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole", "sts:AssumeRole"])(
    "%s reaches roles of ours, and neither administrators nor roles that stood there before",
    (action) => {
      expect(denies({ action, resource: own })).toEqual([]);
      expect(denies({ action, resource: iam("role/OrganizationAccountAccessRole") })).toEqual(["OnlyOwnRoles"]);
      for (const role of ["apply", "plan", "publish", "operator", "restore", "issuer", "break-glass"]) {
        expect([role, denies({ action, resource: iam(`role/prd-plt-${role}`) })]).toEqual([
          role,
          ["KeepsAdministrators"],
        ]);
      }
    },
  );

  test("services get the roles that AWS links to them, and instance profiles are put together from roles of ours", () => {
    const linked = iam("role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");

    expect(denies({ action: "iam:CreateServiceLinkedRole", resource: linked })).toEqual([]);
    expect(denies({ action: "iam:PassRole", resource: linked })).toEqual([]);
    const profile = iam("instance-profile/eks-example");
    expect(denies({ action: "iam:AddRoleToInstanceProfile", resource: profile })).toEqual([]);
  });

  test("users are senders of mail within the boundary, and nobody makes a key, a password, a group or a provider", () => {
    const sender = iam("user/mail/prd-plt-mail");

    expect(denies({ action: "iam:CreateUser", resource: sender, context: within })).toEqual([]);
    expect(denies({ action: "iam:PutUserPolicy", resource: sender, context: within })).toEqual([]);
    expect(denies({ action: "iam:CreateUser", resource: sender })).toEqual(["OnlyWithinTheBoundary"]);
    expect(denies({ action: "iam:CreateUser", resource: iam("user/eve"), context: within })).toEqual(["OnlyMailUsers"]);
    for (const action of [
      "iam:AddUserToGroup",
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:CreateOpenIDConnectProvider",
      "iam:CreateServiceSpecificCredential",
      "iam:DeactivateMFADevice",
      "iam:PutGroupPolicy",
      "iam:UpdateUser",
    ]) {
      expect([action, denies({ action, resource: sender, context: within })]).toEqual([action, ["MakesNoPeople"]]);
    }
  });

  test.each([
    ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-central-1:333333333333:trail/prd-plt-trail"],
    ["cloudtrail:DeleteTrail", "arn:aws:cloudtrail:eu-central-1:333333333333:trail/prd-plt-trail"],
    ["config:StopConfigurationRecorder", "*"],
    ["guardduty:DeleteDetector", "arn:aws:guardduty:eu-central-1:333333333333:detector/any"],
    ["securityhub:DisableSecurityHub", "*"],
    ["access-analyzer:DeleteAnalyzer", "arn:aws:access-analyzer:eu-central-1:333333333333:analyzer/any"],
    ["ec2:DisableEbsEncryptionByDefault", "*"],
  ])("nobody does %s but where everything is declared deletable, the record with it", (action, resource) => {
    const denied = environments.map((environment) => [environment, denies({ action, resource }, environment).length]);
    expect(Object.fromEntries(denied)).toEqual({ dev: 0, staging: 1, production: 1 });
  });

  test.each(["account:CloseAccount", "organizations:LeaveOrganization", "ec2:EnableSerialConsoleAccess"])(
    "nobody does %s, in any environment",
    (action) => {
      for (const environment of environments) {
        expect([environment, denies({ action, resource: "*" }, environment).length]).toEqual([environment, 1]);
      }
    },
  );

  test.each([
    ["s3:BypassGovernanceRetention", "arn:aws:s3:::prd-tkt-vault-data-333333333333/dump/x"],
    ["s3:PutObjectRetention", "arn:aws:s3:::prd-plt-audit-exports-333333333333/ticketing/x"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::prd-plt-trail-logs-333333333333/AWSLogs/x"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::prd-plt-copy-access-logs-333333333333/s3/x"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::aws-waf-logs-prd-plt-web-333333333333/x"],
    ["s3:DeleteObjectVersion", "arn:aws:s3:::prd-plt-state-333333333333/production/vault.tfstate"],
    ["s3:DeleteBucketPolicy", "arn:aws:s3:::prd-tkt-vault-data-copy-333333333333"],
    ["backup:DeleteRecoveryPoint", "arn:aws:backup:eu-central-1:333333333333:recovery-point:x"],
    ["kms:ScheduleKeyDeletion", "arn:aws:kms:eu-central-1:333333333333:key/x"],
    ["logs:DeleteLogStream", "arn:aws:logs:eu-central-1:333333333333:log-group:/production/trail:log-stream:x"],
    ["logs:DeleteLogGroup", "arn:aws:logs:eu-central-1:333333333333:log-group:/production/sessions"],
  ])("nobody does %s at %s, but where everything is declared deletable", (action, resource) => {
    const there = (environment: Environment): Call => ({
      action,
      resource: resource
        .replaceAll("333333333333", accounts[environment])
        .replaceAll("prd-", `${shorts[environment]}-`)
        .replaceAll("production", environment),
    });

    expect(denies(there("production")).length).toBe(1);
    expect(denies(there("staging"), "staging").length).toBe(1);
    expect(denies(there("dev"), "dev")).toEqual([]);
  });

  test("roles do what they are for: read secrets, mark backups, snapshot, replicate, run nodes", () => {
    for (const [action, resource] of [
      [
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-central-1:333333333333:secret:production/ticketing/x",
      ],
      ["s3:DeleteObject", "arn:aws:s3:::prd-tkt-vault-data-333333333333/base/x"],
      ["s3:ReplicateObject", "arn:aws:s3:::prd-tkt-vault-data-copy-333333333333/base/x"],
      ["ec2:DeleteSnapshot", "arn:aws:ec2:eu-central-1::snapshot/snap-1"],
      ["ec2:CreateFleet", "*"],
      ["kms:CreateGrant", "arn:aws:kms:eu-central-1:333333333333:key/x"],
      ["backup:CopyIntoBackupVault", "arn:aws:backup:eu-west-1:333333333333:backup-vault:prd-plt"],
      ["logs:PutLogEvents", "arn:aws:logs:eu-central-1:333333333333:log-group:/production/sessions:log-stream:x"],
    ] as const) {
      expect([action, denies({ action, resource })]).toEqual([action, []]);
    }
  });
});
