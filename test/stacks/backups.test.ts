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

describe("a job that verifies dumps", () => {
  const nod = "arn:aws:s3:::prd-nod-vault-data-333333333333/database-dump/*";

  test("is the only reader of that prefix besides restores, and a user of its key [NOD-3.8]", () => {
    const policy = statementsOf(resourceOf(vault(), "aws_s3_bucket_policy.desktop-backend-data_policy").policy);
    const readers = Object.values(policy)
      .filter(({ Action }) => Action[0] === "s3:GetObject")
      .map(({ Resource, Condition }) => [Resource, Condition["ArnNotLike"]?.["aws:PrincipalArn"]]);
    expect(readers).toEqual([
      [[nod], [role("prd-nod-verify-dump"), role("prd-plt-restore"), role("prd-plt-break-glass")]],
    ]);
    expect(
      statementsOf(resourceOf(vault(), "aws_kms_key.data-key_key").policy)["NamedRolesUse"]?.Condition["ArnLike"]?.[
        "aws:PrincipalArn"
      ],
    ).toContain(role("prd-nod-verify-dump"));
  });

  test("reads nothing of the copy in the second region", () => {
    const { policy } = resourceOf(vault(), "aws_s3_bucket_policy.desktop-backend-data-copy_policy");
    expect(policy).not.toContain("verify-dump");
    expect(policy).toContain("prd-plt-restore");
  });
});

describe("the nightly dump of the desktop backend", () => {
  test("is written to a locked bucket by its job alone, which cannot delete it [NOD-3.3]", () => {
    const policy = statementsOf(resourceOf(vault(), "aws_s3_bucket_policy.desktop-backend-data_policy").policy);
    const spared = (action: string) =>
      Object.values(policy)
        .filter(({ Action, Resource }) => Action[0] === action && Resource?.[0]?.endsWith("/database-dump/*"))
        .map(({ Condition }) => Condition["ArnNotLike"]?.["aws:PrincipalArn"]);
    expect(spared("s3:PutObject")).toEqual([[role("prd-nod-dump"), role("prd-plt-break-glass")]]);
    expect(spared("s3:DeleteObject")).toEqual([[role("prd-plt-break-glass")]]);
  });

  test("stays locked five weeks, so that seven days and four Sundays are there at any time [NOD-3.6, NOD-3.7]", () => {
    const lock = resourceOf(vault(), "aws_s3_bucket_object_lock_configuration.desktop-backend-data_lock");
    expect(lock.rule.default_retention).toEqual({ mode: "COMPLIANCE", days: 36 });
    const { rule } = resourceOf(vault(), "aws_s3_bucket_lifecycle_configuration.desktop-backend-data_lifecycle");
    expect(rule[0]).toEqual({
      id: "database-dump-expire",
      status: "Enabled",
      filter: [{ prefix: "database-dump/" }],
      expiration: [{ days: 37 }],
    });
  });
});

describe("the broker's backups", () => {
  test("of encryption keys lie under another key than the data they open [BRK-25.4]", () => {
    const keyOf = (bucket: string) =>
      resourceOf(vault(), `aws_s3_bucket_server_side_encryption_configuration.${bucket}_encryption`).rule[0]
        .apply_server_side_encryption_by_default.kms_master_key_id;
    expect([keyOf("message-broker-data"), keyOf("message-broker-keys")]).toEqual([
      "${aws_kms_key.data-key_key.arn}",
      "${aws_kms_key.keys-key_key.arn}",
    ]);
  });

  test("are put by the host that makes them, and got by nobody but who restores [BRK-25.2, BRK-25.3, BRK-25.6]", () => {
    const spared = ["message-broker-data", "message-broker-keys"].flatMap((bucket) =>
      Object.values(statementsOf(resourceOf(vault(), `aws_s3_bucket_policy.${bucket}_policy`).policy))
        .filter(({ Resource, Condition }) => Resource?.[0]?.endsWith("/*") && Condition["ArnNotLike"])
        .filter(({ Action }) => ["s3:PutObject", "s3:GetObject"].includes(Action[0] ?? ""))
        .map(({ Action, Resource, Condition }) => [
          Resource?.[0]?.split("/")[1],
          Action[0],
          Condition["ArnNotLike"]?.["aws:PrincipalArn"]?.map((arn) => arn.split("/")[1]),
        ]),
    );
    const made = (prefix: string) => [
      [prefix, "s3:PutObject", ["prd-brk-main", "prd-plt-break-glass"]],
      [prefix, "s3:GetObject", ["prd-plt-restore", "prd-plt-break-glass"]],
    ];
    expect(spared).toEqual([...made("database"), ...made("certificates"), ...made("encryption-keys")]);
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
