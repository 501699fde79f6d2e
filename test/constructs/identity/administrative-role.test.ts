import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { AdministrativeRole, type AdministrativeRoleProps } from "../../../constructs/identity/administrative-role.ts";
import { setBoundary } from "../../../constructs/identity/boundary.ts";
import { PermissionsBoundary } from "../../../constructs/identity/permissions-boundary.ts";
import { trustJobs, trustPeople } from "../../../constructs/identity/trust.ts";
import { synth } from "../../support/synth.ts";

const provider = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
const props: AdministrativeRoleProps = {
  name: "shop-plan",
  description: "Plans the shop",
  trust: trustJobs(provider, "repo:example-org/platform:pull_request"),
};
const synthWith = (changed: Partial<AdministrativeRoleProps> = {}) =>
  synth((scope) => void new AdministrativeRole(scope, "plan", { ...props, ...changed }));
const list = { sid: "List", actions: ["s3:ListBucket"], resources: ["arn:aws:s3:::shop"] };
const trustOf = (changed: Partial<AdministrativeRoleProps>) =>
  JSON.parse(synthWith(changed).one("aws_iam_role").args.assume_role_policy);

describe("administrative role", () => {
  it("has the name that other policies expect, without a path, and sessions of an hour", () => {
    const { assume_role_policy: _, ...role } = synthWith().one("aws_iam_role").args;

    expect(role).toEqual({
      name: "shop-plan",
      description: "Plans the shop",
      max_session_duration: 3600,
      tags: { Name: "shop-plan" },
    });
  });

  it("may be taken by jobs of one subject, with a token made out for AWS", () => {
    expect(trustOf({})).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Jobs",
          Effect: "Allow",
          Principal: { Federated: [provider] },
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:example-org/platform:pull_request",
            },
          },
        },
      ],
    });
  });

  it("may be taken by people only with a second factor, proved lately [NOD-5.4]", () => {
    expect(trustOf({ trust: trustPeople("111111111111", 900) }).Statement).toEqual([
      {
        Sid: "PeopleWithSecondFactor",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::111111111111:root"] },
        Action: ["sts:AssumeRole"],
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "900" },
        },
      },
    ]);
  });

  it("may do nothing by itself, and nothing attached by hand survives an apply", () => {
    const stack = synthWith();
    const role_name = "${aws_iam_role.plan_role.name}";

    expect([...stack.all("aws_iam_role_policy"), ...stack.all("aws_iam_role_policy_attachment")]).toEqual([]);
    expect(stack.one("aws_iam_role_policies_exclusive").args).toEqual({ role_name, policy_names: [] });
    expect(stack.one("aws_iam_role_policy_attachments_exclusive").args).toEqual({ role_name, policy_arns: [] });
  });

  it("is forbidden what is denied before it is allowed what a managed policy allows", () => {
    const stack = synthWith({
      managedPolicy: "ReadOnlyAccess",
      statements: [list],
      denials: [{ sid: "NoSecrets", actions: ["secretsmanager:GetSecretValue"] }],
    });

    expect(stack.one("aws_iam_role_policy_attachment").args).toEqual({
      role: "${aws_iam_role.plan_role.name}",
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      depends_on: ["aws_iam_role_policy.plan_policy"],
    });
    expect(JSON.parse(stack.one("aws_iam_role_policy").args.policy).Statement).toEqual([
      { Sid: "List", Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::shop"] },
      { Sid: "NoSecrets", Effect: "Deny", Action: ["secretsmanager:GetSecretValue"], Resource: ["*"] },
    ]);
    expect(stack.one("aws_iam_role_policies_exclusive").args.policy_names).toEqual([
      "${aws_iam_role_policy.plan_policy.name}",
    ]);
    expect(stack.one("aws_iam_role_policy_attachments_exclusive").args.policy_arns).toEqual([
      "${aws_iam_role_policy_attachment.plan_managed.policy_arn}",
    ]);
  });

  it("stays within the boundary that it is given, and in no other", () => {
    const stack = synth((scope) => {
      const within = new Construct(scope, "within");
      setBoundary(within, "arn:aws:iam::111111111111:policy/of-the-stack");
      const boundary = new PermissionsBoundary(within, "boundary", {
        name: "shop-boundary",
        description: "The most that the shop can do",
        denials: [{ sid: "KeepsKeys", actions: ["kms:DisableKey"] }],
      });
      new AdministrativeRole(within, "apply", { ...props, boundary });
      new AdministrativeRole(within, "plan", props);
    });

    expect(stack.all("aws_iam_role").map(({ name, args }) => [name, args.permissions_boundary])).toEqual([
      ["within_apply_role", "${aws_iam_policy.within_boundary_policy.arn}"],
      ["within_plan_role", undefined],
    ]);
  });

  it.each<[string, Partial<AdministrativeRoleProps>, string]>([
    [
      "a session of more than half a day",
      { sessionHours: 13 },
      "test/plan: sessionHours must be a whole number of 1 to 12, got 13",
    ],
    [
      "more inline policy than IAM takes",
      { statements: [{ ...list, resources: [`arn:aws:s3:::${"a".repeat(10_240)}`] }] },
      "test/plan: policy must have at most 10240 characters, got 10366",
    ],
  ])("fails when given %s", (_, changed, message) => {
    expect(() => synthWith(changed)).toThrow(new Error(message));
  });
});
