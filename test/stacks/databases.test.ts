import { describe, expect, test } from "vitest";
import { catalogue } from "../../services/catalogue.ts";
import type { Schedule } from "../../services/schema/schedule.ts";
import { databaseWindows } from "../../stacks/service/databases.ts";
import { synthesizeEstate } from "../support/estate.ts";
import { resourceOf, statementsOf } from "./policies.ts";

const estate = synthesizeEstate("dev", "production");
const residents = estate.stack("production", "resident-services");
const allocation = estate.stack("production", "student-allocation");
const role = (name: string) => `arn:aws:iam::333333333333:role/${name}`;

describe("managed databases", () => {
  test("three instances in three zones, recovery to any second of the last 35 and 30 days [MUN-4.6] [MUN-4.12] [TKT-7.3]", () => {
    const figures = [residents, allocation].map((stack) => {
      const { db_cluster_instance_class, allocated_storage, backup_retention_period, database_name } =
        stack.one("aws_rds_cluster").args;
      return [database_name, db_cluster_instance_class, allocated_storage, backup_retention_period];
    });
    expect(figures).toEqual([
      ["residents", "db.m6gd.xlarge", 200, 35],
      ["allocation", "db.m6gd.xlarge", 100, 30],
    ]);
    for (const stack of [residents, allocation]) {
      expect(stack.one("aws_db_subnet_group").args.subnet_ids).toEqual(
        ["a", "b", "c"].map((zone) => `\${data.terraform_remote_state.network.outputs.subnetIds["data-${zone}"]}`),
      );
    }
  });

  test("AWS Backup finds the database that it copies each day by its tag", () => {
    expect(residents.one("aws_rds_cluster").args.tags).toEqual({
      Name: "prd-mun-database",
      backup: "resident-services/database-snapshot",
    });
  });

  test("dev is the same shape, the smallest, and deletable", () => {
    const { args } = estate.stack("dev", "resident-services").one("aws_rds_cluster");
    expect([args.db_cluster_instance_class, args.allocated_storage, args.deletion_protection]).toEqual([
      "db.m6gd.large",
      20,
      false,
    ]);
  });

  test("what only apply knows lies where pods look for it", () => {
    const parameters = residents.all("aws_ssm_parameter").filter(({ name }) => name.startsWith("database-"));
    expect(parameters.map(({ args }) => [args.name, args.value])).toEqual([
      [
        "/production/resident-services/database-administrator-secret",
        `\${aws_rds_cluster.database-cluster_cluster.master_user_secret[0].secret_arn}`,
      ],
      ["/production/resident-services/database-endpoint", `\${aws_rds_cluster.database-cluster_cluster.endpoint}`],
    ]);
  });

  test("the administrator's password has a key of its own, used by the job that makes logins and who makes the database", () => {
    const { policy } = resourceOf(residents, "aws_kms_key.database-administrator-key_key");
    expect(statementsOf(policy)["NamedRolesUse"]?.Condition).toEqual({
      ArnLike: { "aws:PrincipalArn": [role("prd-mun-logins"), role("prd-plt-apply"), role("prd-plt-break-glass")] },
      StringEquals: {
        "kms:ViaService": ["rds.eu-central-1.amazonaws.com", "secretsmanager.eu-central-1.amazonaws.com"],
      },
    });
  });

  test("fails when the pipeline, which may use that key, may use the one of all other secrets", () => {
    const { policy } = resourceOf(residents, "aws_kms_key.secrets-key_key");
    const users = statementsOf(policy)["NamedRolesUse"]?.Condition["ArnLike"]?.["aws:PrincipalArn"];
    expect(users).toContain(role("prd-mun-logins"));
    expect(users).not.toContain(role("prd-plt-apply"));
  });

  test("the key of its data lets it log, and lets AWS Backup copy and restore it", () => {
    const { policy } = resourceOf(residents, "aws_kms_key.data-key_key");
    const statements = statementsOf(policy);
    expect(statements).toHaveProperty("CloudWatchLogsUses");
    expect(statements["NamedRolesAttachToAwsResources"]?.Condition["ArnLike"]?.["aws:PrincipalArn"]).toEqual(
      expect.arrayContaining([role("prd-plt-apply"), role("prd-plt-backup"), role("prd-plt-backup-restore")]),
    );
  });
});

/** Minutes of a day at which something starts, and the latest at which it ends. */
const span = (schedule: Schedule, limit: number): readonly (readonly [number, number])[] => {
  if (!("at" in schedule)) return [];
  expect(schedule.zone).toBe("UTC");
  return [[minutes(schedule.at), minutes(schedule.at) + limit / 60]];
};
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

test("fails when a job or copy that needs a database meets its backup or maintenance", () => {
  // given
  const windows = Object.values(databaseWindows).map((window) =>
    window
      .replace(/^[a-z]{3}:/, "")
      .split("-")
      .map((end) => minutes(end.replace(/^[a-z]{3}:/, ""))),
  );
  const busy = catalogue.services.flatMap((service) =>
    service.stores
      .filter(({ kind }) => kind === "managed-postgres")
      .flatMap((store) => [
        ...service.backups.filter(({ of }) => of === store).flatMap(({ schedule, limit }) => span(schedule, limit)),
        ...service.flows
          .filter(({ to }) => to.owner === store.name)
          .flatMap(({ from }) => (from.kind === "job" ? span(from.schedule, from.limit) : [])),
      ]),
  );
  // then
  expect(windows).toEqual([
    [1320, 1350],
    [1380, 1410],
  ]);
  expect(busy.length).toBe(8);
  for (const [begins = 0, ends = 0] of windows) {
    // AWS Backup starts nothing within the hour before either.
    expect(busy.filter(([from, to]) => from < ends && to > begins - 60)).toEqual([]);
  }
});
