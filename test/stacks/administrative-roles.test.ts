import { matchesGlob } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { textsIn } from "./remote-state.ts";

/** Who may do what in an account: read from the Terraform that was written. */

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
}

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate("dev", "production");
});

const bootstrap = (environment: string) => estate.stack(environment, "bootstrap");
const role = (environment: string, name: string) => {
  const found = bootstrap(environment)
    .all("aws_iam_role")
    .find((each) => each.name === `${name}_role`);
  if (found === undefined) throw new Error(`no role ${name}`);
  return found.args;
};
const trust = (environment: string, name: string) => {
  const [only, ...rest] = JSON.parse(role(environment, name).assume_role_policy).Statement;
  expect(rest).toEqual([]);
  return only;
};
const statements = (environment: string, name: string): readonly PolicyStatement[] =>
  bootstrap(environment)
    .all("aws_iam_role_policy")
    .filter((each) => each.name === `${name}_policy`)
    .flatMap(({ args }) => JSON.parse(args.policy).Statement);
const denied = (environment: string, name: string) =>
  statements(environment, name)
    .filter(({ Effect }) => Effect === "Deny")
    .flatMap(({ Action }) => Action);
const allowed = (environment: string, name: string) =>
  statements(environment, name)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action);
const managed = (environment: string, name: string) =>
  bootstrap(environment)
    .all("aws_iam_role_policy_attachment")
    .filter((each) => each.name === `${name}_managed`)
    .map(({ args }) => args.policy_arn);

describe("the roles of people and pipelines", () => {
  test("exist, all that any policy of any stack names", () => {
    for (const environment of ["dev", "production"]) {
      const made = estate.stacks
        .filter((stack) => stack.environment === environment)
        .flatMap((stack) => stack.all("aws_iam_role"))
        .map(({ args }) => args.name);
      const named = estate.stacks
        .filter((stack) => stack.environment === environment)
        .flatMap(({ json }) => textsIn(json.resource))
        .flatMap((text) =>
          [...text.matchAll(/:role\/([a-z]{3}-plt-[a-z-]+)(?![a-z*-])/g)].map(([, name = ""]) => name),
        );

      expect(new Set(named).size).toBeGreaterThanOrEqual(7);
      expect([...new Set(named)].filter((name) => !made.includes(name))).toEqual([]);
    }
  });

  test("open to jobs of one repository: plans to pull requests, the others to one GitHub environment", () => {
    const conditions = ["plan", "apply", "publish"].map((name) => [name, trust("production", name).Condition]);
    const of = (subject: string) => ({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": `repo:example-org/platform:${subject}`,
      },
    });

    expect(conditions).toEqual([
      ["plan", of("pull_request")],
      ["apply", of("environment:production")],
      ["publish", of("environment:production")],
    ]);
    expect(trust("dev", "apply").Condition).toEqual(of("environment:dev"));
    expect(bootstrap("production").one("aws_iam_openid_connect_provider").args).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  test("open to people only with a second factor of the last hour [NOD-5.4]", () => {
    for (const name of ["operator", "restore", "issuer", "break-glass"]) {
      const { Principal, Condition } = trust("production", name);
      expect([name, Principal, Condition]).toEqual([
        name,
        { AWS: ["arn:aws:iam::333333333333:root"] },
        {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
        },
      ]);
    }
    expect(role("production", "break-glass").max_session_duration).toBe(3600);
  });

  test("start from AWS's policies only where they read or administer everything", () => {
    const roles = ["apply", "plan", "publish", "operator", "restore", "issuer", "break-glass"];

    expect(roles.map((name) => [name, managed("production", name)])).toEqual([
      ["apply", ["arn:aws:iam::aws:policy/AdministratorAccess"]],
      ["plan", ["arn:aws:iam::aws:policy/ReadOnlyAccess"]],
      ["publish", []],
      ["operator", []],
      ["restore", []],
      ["issuer", []],
      ["break-glass", ["arn:aws:iam::aws:policy/AdministratorAccess"]],
    ]);
  });
});

describe("a plan of a pull request", () => {
  test("reads states and no other object, decrypts with their key and no other, and reads no secret or log", () => {
    const denials = statements("production", "plan").filter(({ Effect }) => Effect === "Deny");

    expect(denials.slice(0, 2)).toEqual([
      {
        Sid: "NoObjectsButStates",
        Effect: "Deny",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        NotResource: ["arn:aws:s3:::prd-plt-state-333333333333/*"],
      },
      {
        Sid: "NoKeysButOfStates",
        Effect: "Deny",
        Action: ["kms:Decrypt"],
        NotResource: ["${aws_kms_key.state-key_key.arn}"],
      },
    ]);
    expect(denials[2]).toMatchObject({ Sid: "NoData", Resource: ["*"] });
    expect(denied("production", "plan")).toEqual(
      expect.arrayContaining(["secretsmanager:GetSecretValue", "logs:GetLogEvents", "logs:StartQuery"]),
    );
    expect(allowed("production", "plan")).toEqual(["kms:Decrypt"]);
  });
});

describe("the pipeline that applies", () => {
  test("is administrator within the boundary, and reads no secret although roles that it makes do", () => {
    for (const environment of ["dev", "production"]) {
      expect(statements(environment, "apply")).toEqual([
        {
          Sid: "ReadsNoSecrets",
          Effect: "Deny",
          Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
          Resource: ["*"],
        },
      ]);
      expect(role(environment, "apply").permissions_boundary).toBe("${aws_iam_policy.boundary_policy.arn}");
    }
  });
});

describe("the pipeline that publishes", () => {
  test("writes packages and pushes images, and deletes no image", () => {
    const found = statements("production", "publish").map(({ Sid, Resource }) => [Sid, Resource]);

    expect(Object.fromEntries(found)).toEqual({
      Packages: ["arn:aws:s3:::prd-plt-packages-333333333333/*"],
      ListPackages: ["arn:aws:s3:::prd-plt-packages-333333333333"],
      PackagesKey: ["arn:aws:kms:eu-central-1:333333333333:key/*"],
      LogInToRegistry: ["*"],
      Images: ["arn:aws:ecr:eu-central-1:333333333333:repository/platform/*"],
      ImportImages: ["arn:aws:ecr:eu-central-1:333333333333:repository/quay/*"],
    });
    expect(allowed("production", "publish").filter((action) => action.startsWith("ecr:"))).toEqual([
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
      "ecr:BatchGetImage",
      "ecr:BatchImportUpstreamImage",
      "ecr:CreateRepository",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:TagResource",
    ]);
  });
});

describe("an issuer", () => {
  test("gives certificates of the broker by its procedures alone, which hold purpose and lifetime, and revokes them", () => {
    const found = statements("production", "issuer");
    const of = (sid: string) => found.find(({ Sid }) => Sid === sid)?.Resource;
    const procedures = estate
      .stack("production", "pki")
      .all("aws_ssm_document")
      .map(({ args }) => args.name);

    expect(allowed("production", "issuer")).not.toContain("acm-pca:IssueCertificate");
    expect(of("StartIssuing")).toEqual([
      "arn:aws:ssm:eu-central-1:333333333333:automation-definition/prd-plt-broker-*:*",
      "arn:aws:ssm:eu-central-1:333333333333:automation-execution/*",
      "arn:aws:ssm:eu-central-1:333333333333:document/prd-plt-broker-*",
    ]);
    expect(of("HandOverTheProceduresRole")).toEqual(["arn:aws:iam::333333333333:role/prd-plt-broker-*"]);
    expect(procedures.length).toBeGreaterThanOrEqual(2);
    for (const name of procedures) expect(name).toMatch(/^prd-plt-broker-/);
    expect(allowed("production", "issuer")).toContain("acm-pca:RevokeCertificate");
    expect(of("RevokeAndReport")).toEqual(["arn:aws:acm-pca:eu-central-1:333333333333:certificate-authority/*"]);
  });
});

describe("an operator", () => {
  test("starts only sessions that are recorded, and puts values of secrets that he cannot read [BRK-24.6] [BRK-20.3]", () => {
    const found = statements("production", "operator");

    expect(found.find(({ Sid }) => Sid === "StartRecordedSessions")).toEqual({
      Sid: "StartRecordedSessions",
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: [
        "arn:aws:ec2:eu-central-1:333333333333:instance/*",
        "arn:aws:ssm:eu-central-1:333333333333:document/SSM-SessionManagerRunShell",
        // A forwarded port is not written down; what is done through it, the cluster's own audit log holds.
        "arn:aws:ssm:eu-central-1:333333333333:document/prd-plt-cluster-api",
      ],
      Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": ["true"] } },
    });
    expect(allowed("production", "operator").filter((action) => /^(ssm:Start|ssm:Send)/.test(action))).toEqual([
      "ssm:StartSession",
    ]);
    expect(allowed("production", "operator")).toContain("secretsmanager:PutSecretValue");
    expect(allowed("production", "operator")).not.toContain("secretsmanager:GetSecretValue");
  });

  test("puts files where hosts fetch them from, and may take them away again", () => {
    expect(statements("production", "operator").find(({ Sid }) => Sid === "Transfer")).toMatchObject({
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: ["arn:aws:s3:::prd-plt-transfer-333333333333/*"],
    });
  });

  test("takes hosts out of every target group of theirs, and of none of another environment", () => {
    const of = (environment: string) =>
      estate.stacks
        .filter((stack) => stack.environment === environment)
        .flatMap((stack) => stack.all("aws_lb_target_group"))
        .map(({ args }) => `arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/${args.name}/0`);
    const found = statements("production", "operator").find(({ Sid }) => Sid === "TakeHostsOutOfService");
    const may = (arn: string) => (found?.Resource ?? []).some((pattern) => matchesGlob(arn, pattern));

    expect(found?.Action).toEqual(["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"]);
    expect(of("production").filter((arn) => !may(arn))).toEqual([]);
    expect(of("dev").filter(may)).toEqual([]);
    expect(allowed("production", "operator")).toContain("elasticloadbalancing:DescribeTargetHealth");
  });

  test("ends his own sessions by a variable that IAM reads, not Terraform", () => {
    expect(statements("production", "operator").find(({ Sid }) => Sid === "KeepOwnSessions")?.Resource).toEqual([
      "arn:aws:ssm:eu-central-1:333333333333:session/$${aws:userid}-*",
    ]);
  });
});

test("whoever restores reads the vaults of both regions, starts restores of snapshots, and writes no backup", () => {
  const snapshots = ["eu-central-1", "eu-west-1"].flatMap((region) => [
    `arn:aws:backup:${region}:333333333333:recovery-point:*`,
    `arn:aws:rds:${region}:333333333333:cluster-snapshot:awsbackup:*`,
  ]);
  const found = Object.fromEntries(
    statements("production", "restore").map(({ Sid, Action, Resource }) => [Sid, [Action, Resource]]),
  );
  expect(found["RestoreSnapshots"]).toEqual([["backup:StartRestoreJob"], snapshots.sort()]);
  expect(found["HandOverTheRestoringRole"]).toEqual([
    ["iam:PassRole"],
    ["arn:aws:iam::333333333333:role/prd-plt-backup-restore"],
  ]);
  expect(
    allowed("production", "restore").filter((action) => /:(Put|Delete|Update|Create|Copy|Tag)/.test(action)),
  ).toEqual([]);
  expect(["ListBackups", "ReadBackups", "KeysOfBackups"].map((sid) => found[sid])).toEqual([
    [["s3:ListBucket", "s3:ListBucketVersions"], ["arn:aws:s3:::prd-*-vault-*-333333333333"]],
    [["s3:GetObject", "s3:GetObjectVersion"], ["arn:aws:s3:::prd-*-vault-*-333333333333/*"]],
    [["kms:Decrypt"], ["arn:aws:kms:eu-central-1:333333333333:key/*", "arn:aws:kms:eu-west-1:333333333333:key/*"]],
  ]);
});

test("states can be moved into their bucket by whoever bootstraps: the state key knows the break-glass role", () => {
  const policy = JSON.parse(bootstrap("production").one("aws_kms_key").args.policy);
  const users = policy.Statement.find((each: PolicyStatement) => each.Sid === "NamedRolesUse");

  expect(users.Condition.ArnLike["aws:PrincipalArn"]).toEqual(
    ["apply", "plan", "break-glass"].map((name) => `arn:aws:iam::333333333333:role/prd-plt-${name}`),
  );
});

describe("hosts", () => {
  const policies = () =>
    estate
      .stack("production", "ticketing")
      .all("aws_iam_role_policy")
      .map(({ name, args }): [string, readonly PolicyStatement[]] => [name, JSON.parse(args.policy).Statement]);
  const find = (all: readonly PolicyStatement[], sid: string) => all.find(({ Sid }) => Sid === sid)?.Resource;

  test("record their sessions in the group, under the key, that the audit stack makes for them [BRK-24.6]", () => {
    const output = (name: string) => `\${data.terraform_remote_state.audit.outputs.${name}}`;
    const audit = estate.stack("production", "audit");
    const key = audit.all("aws_kms_key").find(({ name }) => name === "sessions-key_key");
    const users = JSON.parse(key?.args.policy).Statement.find((each: PolicyStatement) => each.Sid === "NamedRolesUse");

    expect(policies().length).toBeGreaterThanOrEqual(3);
    for (const [name, all] of policies()) {
      expect([name, find(all, "AgentRecordsSessions"), find(all, "AgentSessionKey")]).toEqual([
        name,
        [`${output("sessionLogGroupArn")}:*`],
        [output("sessionKeyArn")],
      ]);
    }
    const roles = estate.stack("production", "ticketing").all("aws_iam_instance_profile");
    expect(users.Condition.ArnLike["aws:PrincipalArn"]).toEqual(
      expect.arrayContaining(roles.map(({ args }) => `arn:aws:iam::333333333333:role/${args.name}`)),
    );
  });

  test("install Debian's packages and releases of their own service, and list nothing of the bucket", () => {
    const bucket = "arn:aws:s3:::prd-plt-packages-333333333333";

    for (const [name, all] of policies()) {
      expect([name, find(all, "InstallPackages")]).toEqual([name, [`${bucket}/debian/*`, `${bucket}/ticketing/*`]]);
      const lists = all.filter(({ Action }) => Action.includes("s3:ListBucket"));
      expect([name, lists.filter(({ Resource }) => Resource?.includes(bucket))]).toEqual([name, []]);
    }
  });
});
