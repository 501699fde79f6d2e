import { describe, expect, test } from "vitest";
import { SharedFiles, type SharedFilesProps } from "../../../constructs/data/shared-files.ts";
import { synth } from "../../support/synth.ts";
import { roleArn, statementsOf } from "../keys/statements.ts";

const make = (props: Partial<SharedFilesProps> = {}) =>
  synth((scope) => {
    new SharedFiles(scope, "uploads", {
      name: "example-uploads",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/example",
      subnetIds: { a: "subnet-a", b: "subnet-b" },
      securityGroupIds: ["sg-1"],
      clientRoleArns: [roleArn("app")],
      path: "/uploads",
      userId: 1500,
      groupId: 1600,
      ...props,
    });
  });

describe("a shared file system", () => {
  test("is encrypted under the given key, elastic, backed up and kept by Terraform", () => {
    const stack = make();
    expect(stack.one("aws_efs_file_system").args).toEqual({
      creation_token: "example-uploads",
      encrypted: true,
      kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/example",
      lifecycle: { prevent_destroy: true },
      lifecycle_policy: [],
      performance_mode: "generalPurpose",
      tags: { Name: "example-uploads" },
      throughput_mode: "elastic",
    });
    expect(stack.one("aws_efs_backup_policy").args).toEqual({
      backup_policy: { status: "DISABLED" },
      file_system_id: `\${aws_efs_file_system.uploads_file-system.id}`,
    });
  });

  test("moves unread files away and back when asked", () => {
    expect(make({ infrequentAccessAfterDays: 30 }).one("aws_efs_file_system").args.lifecycle_policy).toEqual([
      { transition_to_ia: "AFTER_30_DAYS" },
      { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
    ]);
  });

  test("has one mount target per subnet, made once the policy stands", () => {
    const common = {
      depends_on: ["aws_efs_file_system_policy.uploads_policy"],
      file_system_id: `\${aws_efs_file_system.uploads_file-system.id}`,
      security_groups: ["sg-1"],
    };
    expect(
      make()
        .all("aws_efs_mount_target")
        .map(({ address, args }) => ({ address, args })),
    ).toEqual([
      { address: "aws_efs_mount_target.uploads_mount-a", args: { ...common, subnet_id: "subnet-a" } },
      { address: "aws_efs_mount_target.uploads_mount-b", args: { ...common, subnet_id: "subnet-b" } },
    ]);
  });

  test("gives clients one identity in one directory", () => {
    const { posix_user, root_directory } = make().one("aws_efs_access_point").args;
    expect(posix_user).toEqual({ gid: 1600, uid: 1500 });
    expect(root_directory).toEqual({
      creation_info: { owner_gid: 1600, owner_uid: 1500, permissions: "0750" },
      path: "/uploads",
    });
  });

  test("serves named roles over TLS through the access point, never anonymous or root clients", () => {
    const Resource = [`\${aws_efs_file_system.uploads_file-system.arn}`];
    const accessPoint = `\${aws_efs_access_point.uploads_access-point.arn}`;
    const everyClient = { Effect: "Deny", Principal: "*", Resource };
    const mount = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
    expect(statementsOf(make().one("aws_efs_file_system_policy").args.policy)).toEqual({
      DenyClearText: {
        ...everyClient,
        Action: ["elasticfilesystem:*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      DenyRoot: { ...everyClient, Action: ["elasticfilesystem:ClientRootAccess"] },
      DenyPastTheAccessPoint: {
        ...everyClient,
        Action: mount,
        Condition: { StringNotEquals: { "elasticfilesystem:AccessPointArn": accessPoint } },
      },
      NamedRolesMount: {
        Effect: "Allow",
        Principal: { AWS: [roleArn("app")] },
        Action: mount,
        Resource,
        Condition: {
          Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
          StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint },
        },
      },
    });
  });

  test("asks in its policy for nothing that EFS does not enforce for its clients", () => {
    const statements = Object.values(statementsOf(make().one("aws_efs_file_system_policy").args.policy)) as readonly {
      Condition?: Readonly<Record<string, object>>;
    }[];
    const keys = statements.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys));
    expect([...new Set(keys)].sort()).toEqual([
      "aws:SecureTransport",
      "elasticfilesystem:AccessPointArn",
      "elasticfilesystem:AccessedViaMountTarget",
    ]);
  });

  test("fails when nobody may mount", () => {
    expect(() => make({ clientRoleArns: [] })).toThrow(
      "test/uploads: clientRoleArns must name at least one role, got none",
    );
  });

  test("fails when clients would be root", () => {
    expect(() => make({ userId: 0 })).toThrow("test/uploads: userId and groupId must not be root, got 0:1600");
  });
});
