import { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { setBoundary } from "../../../constructs/identity/boundary.ts";
import { InstanceRole, type InstanceRoleProps } from "../../../constructs/identity/instance-role.ts";
import { synth } from "../../support/synth.ts";

const props: InstanceRoleProps = {
  name: "shop-web",
  description: "Serves the shop",
  agent: {
    region: "eu-central-1",
    accountId: "111111111111",
    package: { bucket: "packages", key: "agent.deb", sha256: "0".repeat(64) },
    packageKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/packages",
    sessionKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/session",
    sessionLogGroupArn: "arn:aws:logs:eu-central-1:111111111111:log-group:/test/sessions",
  },
};
const synthWith = (changed: Partial<InstanceRoleProps> = {}) =>
  synth((scope) => void new InstanceRole(scope, "web-role", { ...props, ...changed }));
const allowed = (changed: Partial<InstanceRoleProps> = {}) =>
  JSON.parse(synthWith(changed).one("aws_iam_role_policy").args.policy).Statement.map(
    (one: { Sid: string; Action: string[]; Resource: string[] }) => [one.Sid, one.Action, one.Resource],
  );
const agent = [
  [
    "AgentRegisters",
    ["ssm:ListInstanceAssociations", "ssm:UpdateInstanceInformation"],
    ["arn:aws:ec2:eu-central-1:111111111111:instance/*"],
  ],
  [
    "AgentOpensChannels",
    [
      "ssm:ListAssociations",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    ["*"],
  ],
  ["AgentPackage", ["s3:GetObject"], ["arn:aws:s3:::packages/agent.deb"]],
  ["AgentPackageKey", ["kms:Decrypt"], ["arn:aws:kms:eu-central-1:111111111111:key/packages"]],
  ["AgentSessionKey", ["kms:Decrypt"], ["arn:aws:kms:eu-central-1:111111111111:key/session"]],
  [
    "AgentRecordsSessions",
    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    ["arn:aws:logs:eu-central-1:111111111111:log-group:/test/sessions:*"],
  ],
  ["AgentSeesLogGroups", ["logs:DescribeLogGroups"], ["arn:aws:logs:eu-central-1:111111111111:log-group:*"]],
];

describe("instance role", () => {
  it("may be taken by EC2 only", () => {
    const role = synthWith().one("aws_iam_role").args;

    expect(JSON.parse(role.assume_role_policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Hosts",
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    });
    expect([role.name, role.description, role.permissions_boundary]).toEqual([
      "shop-web",
      "Serves the shop",
      undefined,
    ]);
  });

  it("lets the SSM agent work, record its sessions and read no parameter [BRK-24.6]", () => {
    expect(allowed()).toEqual(agent);
  });

  it("decrypts packages through their bucket alone", () => {
    const { policy } = synthWith().one("aws_iam_role_policy").args;

    expect(JSON.parse(policy).Statement[3]).toEqual({
      Sid: "AgentPackageKey",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: ["arn:aws:kms:eu-central-1:111111111111:key/packages"],
      Condition: { StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] } },
    });
  });

  it("adds what the component needs", () => {
    const secret = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:shop/db-*";
    const statements = [{ sid: "Secret", actions: ["secretsmanager:GetSecretValue"], resources: [secret] }];

    expect(allowed({ statements })).toEqual([...agent, ["Secret", ["secretsmanager:GetSecretValue"], [secret]]]);
  });

  it("is closed: nothing attached by hand survives an apply", () => {
    const stack = synthWith();

    expect(stack.one("aws_iam_role_policies_exclusive").args).toEqual({
      role_name: "${aws_iam_role.web-role_role.name}",
      policy_names: ["${aws_iam_role_policy.web-role_policy.name}"],
    });
    expect(stack.one("aws_iam_role_policy_attachments_exclusive").args).toEqual({
      role_name: "${aws_iam_role.web-role_role.name}",
      policy_arns: [],
    });
  });

  it("gives hosts a profile only after its policy is in force", () => {
    expect(synthWith().one("aws_iam_instance_profile").args).toEqual({
      name: "shop-web",
      role: "${aws_iam_role.web-role_role.name}",
      depends_on: ["aws_iam_role_policy.web-role_policy"],
    });
  });

  it("stays within the permissions boundary of its stack", () => {
    const stack = synth((scope) => {
      const within = new Construct(scope, "within");
      setBoundary(within, "arn:aws:iam::111111111111:policy/boundary");
      new InstanceRole(within, "web-role", props);
    });

    expect(stack.one("aws_iam_role").args.permissions_boundary).toBe("arn:aws:iam::111111111111:policy/boundary");
  });

  it("fails when the name is longer than IAM takes", () => {
    const name = "a".repeat(65);

    expect(() => synthWith({ name })).toThrow(
      new Error(`test/web-role: name must be 1..64 letters, digits or +=,.@_-, got "${name}"`),
    );
  });
});
