import { beforeAll, describe, expect, test } from "vitest";
import { type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";

/** What the writers of ticketing's backups may do, on both sides: their own policies, and the vault's buckets and keys. */

const bucket = "arn:aws:s3:::prd-tkt-vault-data-333333333333";
const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate("production");
});
const policyOf = (group: string) =>
  statementsOf(resourceOf(estate.stack("production", "ticketing"), `aws_iam_role_policy.${group}-role_policy`).policy);
const vault = () => estate.stack("production", "vault");

describe("a writer of backups", () => {
  const through = { StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] } };
  const key = {
    Effect: "Allow",
    // Without Decrypt, S3 refuses to complete a multipart upload.
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: ["${data.terraform_remote_state.vault.outputs.dataKeyArn}"],
    Condition: through,
  };
  const list = (prefix: string) => ({
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: [bucket],
    Condition: { StringLike: { "s3:prefix": [`${prefix}/*`] } },
  });

  test("of dumps uploads them, in parts too, and neither reads, lists nor deletes [TKT-7.1]", () => {
    const policy = policyOf("database");
    expect(policy["BackupDatabaseDump"]).toEqual({
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
      Resource: [`${bucket}/database-dump/*`],
    });
    expect(policy["BackupDatabaseDumpKey"]).toEqual(key);
    expect(policy).not.toHaveProperty("BackupDatabaseDumpList");
  });

  test("of a mirror also lists its prefix and marks what is gone, and never reads [TKT-7.5]", () => {
    const policy = policyOf("api");
    expect(policy["BackupUploads"]).toEqual({
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"],
      Resource: [`${bucket}/uploads/*`],
    });
    expect(policy["BackupUploadsKey"]).toEqual(key);
    expect(policy["BackupUploadsList"]).toEqual(list("uploads"));
  });

  test("of a pgBackRest repository reads it too", () => {
    const policy = policyOf("database");
    expect(policy["BackupDatabaseArchive"]).toEqual({
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: [`${bucket}/database-archive/*`],
    });
    expect(policy["BackupDatabaseArchiveKey"]).toEqual(key);
    expect(policy["BackupDatabaseArchiveList"]).toEqual(list("database-archive"));
  });
});

describe("the vault", () => {
  test("never ends an attachment that still exists, in neither region [TKT-7.5]", () => {
    for (const address of ["ticketing-data_lifecycle", "ticketing-data-copy_lifecycle"]) {
      const rules = resourceOf(vault(), `aws_s3_bucket_lifecycle_configuration.${address}`).rule as readonly {
        readonly filter: readonly [{ readonly prefix: string }];
        readonly expiration: unknown;
      }[];
      expect(rules.filter(({ filter }) => filter[0].prefix === "uploads/").map(({ expiration }) => expiration)).toEqual(
        [[{ expired_object_delete_marker: true }]],
      );
    }
  });

  test("takes deletions of attachments from their writer and copies them, and those of dumps from nobody", () => {
    const policy = statementsOf(resourceOf(vault(), "aws_s3_bucket_policy.ticketing-data_policy").policy);
    const deleters = (prefix: string) =>
      Object.values(policy)
        .filter(({ Action, Resource }) => Action[0] === "s3:DeleteObject" && Resource?.[0] === `${bucket}/${prefix}/*`)
        .map(({ Condition }) => Condition);
    expect(deleters("uploads")).toEqual([
      { ArnNotLike: { "aws:PrincipalArn": [role("prd-tkt-api"), role("prd-plt-break-glass")] } },
    ]);
    expect(deleters("database-dump")).toEqual([{ ArnNotLike: { "aws:PrincipalArn": [role("prd-plt-break-glass")] } }]);
    const { rule } = resourceOf(
      vault(),
      "aws_s3_bucket_replication_configuration.ticketing-data-replication_configuration",
    );
    const copied = Object.fromEntries(
      (rule as readonly { id: string; delete_marker_replication: { status: string } }[]).map((each) => [
        each.id,
        each.delete_marker_replication.status,
      ]),
    );
    expect(copied).toMatchObject({ uploads: "Enabled", "database-dump": "Disabled" });
  });

  test("lets writers use the keys of the first region only; to the second, replication writes", () => {
    const users = (address: string) =>
      statementsOf(resourceOf(vault(), `aws_kms_key.${address}`).policy)["NamedRolesUse"]?.Condition["ArnLike"]?.[
        "aws:PrincipalArn"
      ];
    expect(users("data-key_key")).toContain(role("prd-tkt-database"));
    expect(users("copy-data-key_key")).not.toEqual([]);
    for (const key of ["copy-data-key_key", "copy-keys-key_key"]) {
      expect(users(key)).toEqual(users(key)?.filter((arn) => /-vault-(data|keys)-copy$|-plt-restore$/.test(arn)));
    }
  });
});
