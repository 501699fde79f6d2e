import { describe, expect, test } from "vitest";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { production } from "../../services/environments/production.ts";
import { residentServices } from "../../services/products/resident-services.ts";
import { resolve } from "../../services/resolve.ts";
import type { ServiceContext } from "../../stacks/service/context.ts";
import { storeStatements } from "../../stacks/service/stores.ts";
import { synthesizeEstate } from "../support/estate.ts";
import { synth } from "../support/synth.ts";
import { resourceOf, statementsOf } from "./policies.ts";

const stack = synthesizeEstate("production").stack("production", "resident-services");
const arn = "arn:aws:s3:::prd-mun-attachments-333333333333";
const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;
const policy = statementsOf(stack.one("aws_s3_bucket_policy").args.policy);
const sparedOf = (sid: string) => policy[sid]?.Condition["ArnNotLike"]?.["aws:PrincipalArn"];
const lifecycle = (prefix: string) =>
  stack
    .one("aws_s3_bucket_lifecycle_configuration")
    .args.rule.find(({ filter }: { filter: readonly { prefix: string }[] }) => filter[0]?.prefix === prefix);
const [copy, restore, breakGlass] = ["prd-plt-backup", "prd-plt-backup-restore", "prd-plt-break-glass"].map(role);

describe("the attachments of resident-services", () => {
  test("are encrypted under a key of their own, and refuse any other [MUN-2.9]", () => {
    const key = `\${aws_kms_key.attachments-key_key.arn}`;
    expect(stack.one("aws_s3_bucket_server_side_encryption_configuration").args.rule).toEqual([
      {
        apply_server_side_encryption_by_default: { kms_master_key_id: key, sse_algorithm: "aws:kms" },
        bucket_key_enabled: true,
      },
    ]);
    expect(policy["DenyOtherKey"]?.Condition["StringNotEquals"]).toEqual({
      "s3:x-amz-server-side-encryption-aws-kms-key-id": [key],
    });
  });

  test("are purged by one job, versions too, and never locked [MUN-2.10] [MUN-SEC.2]", () => {
    for (const index of [0, 1, 2, 3]) {
      expect(sparedOf(`Prefix${index}Delete`)).toEqual([role("prd-mun-purge"), breakGlass]);
      expect(policy[`Prefix${index}Delete`]?.Action).toEqual(["s3:DeleteObject", "s3:DeleteObjectVersion"]);
    }
    expect(policy).toHaveProperty("NeverLocked");
    expect(stack.one("aws_s3_bucket").args.object_lock_enabled).toBe(false);
  });

  test("end with their retention, prefix by prefix [MUN-2.13]", () => {
    expect(lifecycle("quarantine/").expiration).toEqual([{ days: 7 }]);
    expect(lifecycle("attachments/").expiration).toEqual([{ days: 1825 }]);
    expect(lifecycle("exports/").expiration).toEqual([{ days: 7 }]);
    expect(lifecycle("").noncurrent_version_expiration).toEqual([{ noncurrent_days: 7 }]);
  });

  test("map layers have a prefix that the API writes, workers read, and no rule or CDN touches [MUN-6.7]", () => {
    expect(policy["Prefix2Write"]).toMatchObject({ Action: ["s3:PutObject"], Resource: [`${arn}/gis/*`] });
    expect(sparedOf("Prefix2Write")).toEqual([role("prd-mun-api"), restore, breakGlass]);
    expect(sparedOf("Prefix2Read")).toEqual([role("prd-mun-worker"), copy, restore, breakGlass]);
    expect(lifecycle("gis/")).toBeUndefined();
    expect(policy["DistributionsRead"]?.Resource).not.toContain(`${arn}/gis/*`);
  });

  test("are handed to the CDN where it serves signed addresses, and refused to older signatures [MUN-4.18]", () => {
    expect(policy["DistributionsRead"]?.Resource).toEqual([`${arn}/attachments/*`, `${arn}/exports/*`]);
    expect(policy["NoOldSignatures"]?.Condition).toEqual({ NumericGreaterThan: { "s3:signatureAge": "600000" } });
  });

  test("are found by AWS Backup, which learns of every change [MUN-4.12]", () => {
    expect(stack.one("aws_s3_bucket").args.tags).toEqual({ backup: "resident-services/attachments" });
    expect(stack.one("aws_s3_bucket_notification").args.eventbridge).toBe(true);
  });

  test("open with their key for who reads or writes, AWS Backup and the CDN alone", () => {
    const statements = statementsOf(resourceOf(stack, "aws_kms_key.attachments-key_key").policy);
    expect(statements["NamedRolesUse"]?.Condition).toEqual({
      ArnLike: {
        "aws:PrincipalArn": [role("prd-mun-worker"), role("prd-mun-api"), copy, restore, breakGlass],
      },
      StringEquals: { "kms:ViaService": ["s3.eu-central-1.amazonaws.com"] },
    });
    expect(statements["DistributionsDecrypt"]).toMatchObject({ Action: ["kms:Decrypt"] });
  });
});

describe("what a party of resident-services may do with its stores", () => {
  const endpointParameterArn = "arn:aws:ssm:eu-central-1:333333333333:parameter/endpoint";
  const administratorParameterArn = "arn:aws:ssm:eu-central-1:333333333333:parameter/administrator";
  const administratorSecretArn = "arn:aws:secretsmanager:eu-central-1:333333333333:secret:rds!cluster-example";
  const administratorKeyArn = "arn:aws:kms:eu-central-1:333333333333:key/administrator";
  const keyArn = "arn:aws:kms:eu-central-1:333333333333:key/attachments";
  const stores: NonNullable<ServiceContext["stores"]> = {
    databases: new Map([
      ["database", { endpointParameterArn, administratorParameterArn, administratorSecretArn, administratorKeyArn }],
    ]),
    buckets: new Map([
      ["attachments", { bucketName: "attachments", bucketArn: arn, domainName: "attachments.example.org", keyArn }],
    ]),
  };
  const resolved = resolve(residentServices, production);
  const through = (service: string) => ({
    StringEquals: { "kms:ViaService": [`${service}.eu-central-1.amazonaws.com`] },
  });
  const endpoint = {
    sid: "DatabaseEndpoint",
    actions: ["ssm:GetParameter", "ssm:GetParameters"],
    resources: [endpointParameterArn],
  };

  test("the job that makes logins is the only administrator", () => {
    expect(storeStatements({ resolved, stores }, "resident-services/logins")).toEqual([
      endpoint,
      {
        sid: "DatabaseAdministrator",
        actions: ["ssm:GetParameter", "ssm:GetParameters"],
        resources: [administratorParameterArn],
      },
      {
        sid: "DatabaseAdministratorSecret",
        actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        resources: [administratorSecretArn],
      },
      {
        sid: "DatabaseAdministratorKey",
        actions: ["kms:Decrypt"],
        resources: [administratorKeyArn],
        conditions: through("secretsmanager"),
      },
    ]);
    for (const name of ["api", "worker", "migrate", "dump", "db-exporter"]) {
      const sids = storeStatements({ resolved, stores }, `resident-services/${name}`).map(({ sid }) => sid);
      expect([name, sids.filter((sid) => sid.includes("Administrator"))]).toEqual([name, []]);
      expect(sids).toContain("DatabaseEndpoint");
    }
  });

  test("the API writes uploads and reads none back", () => {
    expect(storeStatements({ resolved, stores }, "resident-services/api")).toEqual([
      endpoint,
      ...["Quarantine", "Gis"].map((prefix) => ({
        sid: `Attachments${prefix}`,
        actions: ["s3:AbortMultipartUpload", "s3:PutObject"],
        resources: [`${arn}/${prefix.toLowerCase()}/*`],
      })),
      {
        sid: "AttachmentsKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [keyArn],
        conditions: through("s3"),
      },
    ]);
  });

  test("the purge deletes and lists versions, and reads nothing", () => {
    const statements = storeStatements({ resolved, stores }, "resident-services/purge");
    expect(new Set(statements.flatMap(({ actions }) => actions))).toEqual(
      new Set([
        "ssm:GetParameter",
        "ssm:GetParameters",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:ListBucket",
        "s3:ListBucketVersions",
      ]),
    );
  });

  test("rights at one prefix that are given in two places are one statement", () => {
    const [attachments, worker] = [residentServices.access[0]?.to, residentServices.access[2]?.from];
    if (attachments === undefined || worker === undefined) throw new Error("resident-services has rights at a bucket");
    const access = (["read", "delete"] as const).map((right) => ({
      from: worker,
      to: attachments,
      prefix: "gis",
      may: [right],
      why: "tidies up",
    }));
    const changed = { ...resolved, service: { ...residentServices, access } };
    expect(storeStatements({ resolved: changed, stores }, "resident-services/worker")).toContainEqual({
      sid: "AttachmentsGis",
      actions: ["s3:GetObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      resources: [`${arn}/gis/*`],
    });
  });

  test("the front end has no rights at all", () => {
    expect(storeStatements({ resolved, stores }, "resident-services/frontend")).toEqual([]);
  });

  test("fails when rights are asked for before the stores are made", () => {
    expect(() => storeStatements({ resolved }, "resident-services/api")).toThrow('"database" is not known');
  });
});

test("a key that a CDN reads by admits the account's distributions alone", () => {
  const made = synth((scope) => {
    new EncryptionKey(scope, "objects", {
      aliasName: "example-objects",
      description: "Objects of the example",
      accountId: "111111111111",
      region: "eu-central-1",
      userArns: [],
      usedThrough: ["s3"],
      services: ["cloudfront"],
      breakGlassArns: ["arn:aws:iam::111111111111:role/break-glass"],
    });
  });
  expect(statementsOf(made.one("aws_kms_key").args.policy)["DistributionsDecrypt"]).toEqual({
    Effect: "Allow",
    Principal: { Service: ["cloudfront.amazonaws.com"] },
    Action: ["kms:Decrypt"],
    Resource: ["*"],
    Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/*" } },
  });
});
