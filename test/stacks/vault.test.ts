import { beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import { layoutOf, resolve, snapshotTags } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { type Stack, type SynthesizedEstate, synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";

/** How long the vault's buckets are locked, and what AWS Backup copies, against the backups of the catalogue. */

let estate: SynthesizedEstate;
beforeAll(() => {
  estate = synthesizeEstate();
});

/** What locks each bucket, and in which region, by the bucket's name. */
function locks(stack: Stack) {
  const regions = new Map<string | undefined, string>(
    (stack.json.provider.aws as readonly { alias?: string; region: string }[]).map(({ alias, region }) => [
      alias === undefined ? undefined : `aws.${alias}`,
      region,
    ]),
  );
  return Object.fromEntries(
    stack.all("aws_s3_bucket_object_lock_configuration").map(({ args }) => {
      const [, name = ""] = /^\$\{aws_s3_bucket\.([\w-]+)\.id\}$/.exec(args.bucket) ?? [];
      const bucket = resourceOf(stack, `aws_s3_bucket.${name}`);
      const { mode, days } = args.rule.default_retention;
      expect([name, bucket.provider, bucket.object_lock_enabled]).toEqual([name, args.provider, true]);
      return [bucket.bucket, { mode, days, region: regions.get(args.provider) }];
    }),
  );
}

/** A bucket for each service and material that has backups in the vault, and its copy, locked for the longest of them. */
function declared(environment: Environment, mode: string) {
  const entries = catalogue.services.flatMap((service) =>
    ["data", "keys"].flatMap((material) => {
      const days = resolve(service, environment)
        .backups.filter((backup) => backup.material === material && layoutOf(backup.by) !== undefined)
        .map(({ lockDays }) => lockDays);
      if (days.length === 0) return [];
      const name = `${environment.short}-${service.code}-vault-${material}`;
      const lock = { mode, days: Math.max(...days) };
      return [
        [`${name}-${environment.account}`, { ...lock, region: "eu-central-1" }],
        [`${name}-copy-${environment.account}`, { ...lock, region: "eu-west-1" }],
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
}

describe("the lock of the vault", () => {
  test.each([
    ["production", "COMPLIANCE"],
    ["staging", "GOVERNANCE"],
    ["dev", "GOVERNANCE"],
  ])(
    "holds in %s in mode %s as long as the longest backup of each service and material, in both regions",
    (name, mode) => {
      const environment = catalogue.environments.find((each) => each.name === name);
      if (environment === undefined) throw new Error(`no environment ${name}`);

      const expected = declared(environment, mode);

      expect(Object.keys(expected).length).toBeGreaterThan(10);
      expect(locks(estate.stack(name, "vault"))).toEqual(expected);
    },
  );

  test("can be shortened by nobody for ticketing in production: 30 days and what a copy depends on [TKT-7.4]", () => {
    const found = locks(estate.stack("production", "vault"));

    expect(Object.fromEntries(Object.entries(found).filter(([name]) => name.startsWith("prd-tkt-")))).toEqual({
      // A whole copy each day and the log since: 30 days, one for the base, one until the next.
      "prd-tkt-vault-data-333333333333": { mode: "COMPLIANCE", days: 32, region: "eu-central-1" },
      "prd-tkt-vault-data-copy-333333333333": { mode: "COMPLIANCE", days: 32, region: "eu-west-1" },
      "prd-tkt-vault-keys-333333333333": { mode: "COMPLIANCE", days: 31, region: "eu-central-1" },
      "prd-tkt-vault-keys-copy-333333333333": { mode: "COMPLIANCE", days: 31, region: "eu-west-1" },
    });
  });

  test("is on the copy of the same bucket: each is replicated to the one of its service and material", () => {
    const stack = estate.stack("production", "vault");
    const pairs = stack.all("aws_s3_bucket_replication_configuration").map(({ args }): [string, readonly string[]] => {
      const rules: readonly { destination: { bucket: string } }[] = args.rule;
      return [args.bucket, [...new Set(rules.map(({ destination }) => destination.bucket))]];
    });

    expect(pairs.length).toBeGreaterThan(5);
    expect(pairs).toEqual(pairs.map(([name]) => [name, [`arn:aws:s3:::${name.replace(/-(\d{12})$/, "-copy-$1")}`]]));
  });
});

describe("AWS Backup", () => {
  const vaults = (environment: string) =>
    Object.fromEntries(
      estate
        .stack(environment, "vault")
        .all("aws_backup_vault_lock_configuration")
        .map(({ name, args }) => [
          name.replace(/_lock$/, ""),
          [args.provider, args.min_retention_days, args.max_retention_days, args.changeable_for_days],
        ]),
    );

  test("keeps snapshots of attachments and database each day, and attachments in the second region [MUN-4.12, MUN-4.14]", () => {
    const plans = estate
      .stack("production", "vault")
      .all("aws_backup_plan")
      .flatMap(({ name, args }) =>
        args.rule.map((rule: Record<string, unknown>) => [
          name.replace(/_plan$/, ""),
          rule["schedule"],
          rule["schedule_expression_timezone"],
          rule["lifecycle"],
          rule["copy_action"],
        ]),
      );
    const kept = { delete_after: 36 };
    expect(plans).toEqual([
      [
        "resident-services-attachments",
        "cron(0 3 * * ? *)",
        "Etc/UTC",
        kept,
        [
          {
            destination_vault_arn: "${aws_backup_vault.resident-services-snapshots-copy_vault.arn}",
            lifecycle: kept,
          },
        ],
      ],
      // A Multi-AZ DB cluster's snapshot cannot be copied: a weekly dump goes instead.
      ["resident-services-database-snapshot", "cron(0 3 * * ? *)", "Etc/UTC", kept, undefined],
    ]);
  });

  test("selects by the tags that the stores of the service carry, each by one plan", () => {
    const selected = estate
      .stack("production", "vault")
      .all("aws_backup_selection")
      .map(({ args }) => args.selection_tag);
    const tags = catalogue.services.flatMap((service) =>
      service.stores.map((store) => snapshotTags(service, store)).filter(({ backup }) => backup !== undefined),
    );
    expect(tags.length).toBe(2);
    expect(selected).toEqual(
      expect.arrayContaining(tags.map(({ backup }) => [{ type: "STRINGEQUALS", key: "backup", value: backup }])),
    );
    expect(selected.length).toBe(tags.length);
  });

  test("locks its vaults in both regions for as long as a snapshot is kept; for good in production alone", () => {
    const both = (grace?: number) => ({
      "resident-services-snapshots": [undefined, 36, 72, grace],
      "resident-services-snapshots-copy": ["aws.copy", 36, 72, grace],
    });
    expect(vaults("production")).toEqual(both(14));
    expect(vaults("staging")).toEqual(both());
    expect(vaults("dev")).toEqual(both());
  });

  test("uses a key of its own in each region, by grants, from either end of a copy", () => {
    const stack = estate.stack("production", "vault");
    const role = (name: string) => `arn:aws:iam::333333333333:role/prd-plt-${name}`;
    for (const [key, regions] of [
      ["snapshots-key_key", ["eu-central-1", "eu-west-1"]],
      ["copy-snapshots-key_key", ["eu-west-1", "eu-central-1"]],
    ] as const) {
      const policy = statementsOf(resourceOf(stack, `aws_kms_key.${key}`).policy);
      expect(policy["NamedRolesAttachToAwsResources"]).toMatchObject({
        Action: ["kms:CreateGrant"],
        Condition: {
          ArnLike: {
            "aws:PrincipalArn": [role("backup"), role("backup-restore"), role("apply"), role("break-glass")],
          },
          StringEquals: { "kms:ViaService": regions.map((region) => `backup.${region}.amazonaws.com`) },
        },
      });
    }
  });
});

test("the vault says which rule copies which prefix where, for the alarms on it", () => {
  const stack = estate.stack("production", "vault");
  const rules = stack.all("aws_s3_bucket_replication_configuration").flatMap(({ args }) =>
    args.rule.map((rule: { id: string; destination: { bucket: string } }) => {
      const [, name = ""] = /^\$\{aws_s3_bucket\.([\w-]+)\.id\}$/.exec(args.bucket) ?? [];
      const bucket = name === "" ? args.bucket : resourceOf(stack, `aws_s3_bucket.${name}`).bucket;
      return [`${bucket}/${rule.id}`, rule.destination.bucket.replace("arn:aws:s3:::", "")];
    }),
  );
  expect(rules.length).toBeGreaterThan(10);
  expect(stack.json.output.replicas.value).toEqual(Object.fromEntries(rules));
});
