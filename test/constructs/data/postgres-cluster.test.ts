import { describe, expect, test } from "vitest";
import { PostgresCluster, type PostgresClusterProps } from "../../../constructs/data/postgres-cluster.ts";
import { synth } from "../../support/synth.ts";
import { accountId } from "../keys/statements.ts";

const dataKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/data";
const administratorKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/administrator";
const topicArn = "arn:aws:sns:eu-central-1:111111111111:alarms";
const deletionProtection = { enabled: false, reason: "rebuilt at will", until: "2027-03-31" } as const;

const make = (props: Partial<PostgresClusterProps> = {}) =>
  synth((scope) => {
    new PostgresCluster(scope, "orders", {
      name: "example-orders",
      accountId,
      databaseName: "orders",
      instanceClass: "db.m6gd.large",
      storageGib: 100,
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroupIds: ["sg-orders"],
      dataKeyArn,
      administratorKeyArn,
      pointInTimeDays: 30,
      logRetentionDays: 90,
      backupWindow: "22:00-22:30",
      maintenanceWindow: "tue:23:00-tue:23:30",
      topicArn,
      ...props,
    });
  });
const cluster = (props: Partial<PostgresClusterProps> = {}) => make(props).one("aws_rds_cluster").args;
const parameters = () => {
  const { parameter } = make().one("aws_rds_cluster_parameter_group").args;
  return Object.fromEntries(
    parameter.map(({ name, value, apply_method }: Record<string, string>) => [name, [value, apply_method]]),
  );
};

describe("a PostgreSQL cluster", () => {
  test("stands in three zones, encrypted, with its own parameters, password, key and log [MUN-4.6]", () => {
    const group = (type: string, name: string) => `\${${type}.orders_${name}.name}`;
    expect(cluster()).toEqual({
      allocated_storage: 100,
      allow_major_version_upgrade: false,
      apply_immediately: false,
      backup_retention_period: 30,
      ca_certificate_identifier: "rds-ca-rsa2048-g1",
      cluster_identifier: "example-orders",
      copy_tags_to_snapshot: true,
      database_insights_mode: "standard",
      database_name: "orders",
      db_cluster_instance_class: "db.m6gd.large",
      db_cluster_parameter_group_name: group("aws_rds_cluster_parameter_group", "parameters"),
      db_subnet_group_name: group("aws_db_subnet_group", "subnets"),
      delete_automated_backups: false,
      deletion_protection: true,
      depends_on: [
        "aws_cloudwatch_log_group.orders_postgresql-log_log-group",
        "aws_cloudwatch_log_group.orders_upgrade-log_log-group",
        "aws_iam_role_policy_attachment.orders_monitor_AmazonRDSEnhancedMonitoringRole",
      ],
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      engine: "postgres",
      engine_lifecycle_support: "open-source-rds-extended-support-disabled",
      engine_version: "17",
      final_snapshot_identifier: "example-orders-final",
      iam_database_authentication_enabled: false,
      kms_key_id: dataKeyArn,
      lifecycle: { ignore_changes: ["iops"], prevent_destroy: true },
      manage_master_user_password: true,
      master_user_secret_kms_key_id: administratorKeyArn,
      master_username: "administrator",
      monitoring_interval: 60,
      monitoring_role_arn: `\${aws_iam_role.orders_monitor_role.arn}`,
      network_type: "IPV4",
      performance_insights_enabled: true,
      performance_insights_kms_key_id: dataKeyArn,
      performance_insights_retention_period: 7,
      port: 5432,
      preferred_backup_window: "22:00-22:30",
      preferred_maintenance_window: "tue:23:00-tue:23:30",
      skip_final_snapshot: false,
      storage_encrypted: true,
      storage_type: "gp3",
      tags: { Name: "example-orders" },
      vpc_security_group_ids: ["sg-orders"],
    });
    expect(make().one("aws_db_subnet_group").args.subnet_ids).toEqual(["subnet-a", "subnet-b", "subnet-c"]);
  });

  test("takes nobody in the clear, below TLS 1.2 or with an MD5 password [MUN-2.3]", () => {
    expect(parameters()).toMatchObject({
      "rds.force_ssl": ["1", "pending-reboot"],
      ssl_min_protocol_version: ["TLSv1.2", "pending-reboot"],
      password_encryption: ["scram-sha-256", "immediate"],
      "rds.accepted_password_auth_method": ["scram", "immediate"],
    });
  });

  test("logs who came and what changed, and no value of a row", () => {
    expect(parameters()).toMatchObject({
      log_connections: ["1", "immediate"],
      log_disconnections: ["1", "immediate"],
      "pgaudit.log": ["ddl,role", "immediate"],
      log_parameter_max_length: ["0", "immediate"],
      log_parameter_max_length_on_error: ["0", "immediate"],
      log_error_verbosity: ["terse", "immediate"],
    });
  });

  test("fails when a parameter is given another method than RDS reports: refused, or a change in every plan", () => {
    const later = Object.entries(parameters()).filter(([, [, method]]) => method !== "immediate");
    expect(later).toEqual([
      ["rds.force_ssl", ["1", "pending-reboot"]],
      ["ssl_min_protocol_version", ["TLSv1.2", "pending-reboot"]],
      ["max_connections", ["400", "pending-reboot"]],
      ["shared_preload_libraries", ["pg_stat_statements,pgaudit", "pending-reboot"]],
    ]);
  });

  test("makes the log groups that RDS would otherwise make without key and end", () => {
    const groups = make().all("aws_cloudwatch_log_group");
    expect(groups.map(({ args }) => [args.name, args.kms_key_id, args.retention_in_days])).toEqual([
      ["/aws/rds/cluster/example-orders/postgresql", dataKeyArn, 90],
      ["/aws/rds/cluster/example-orders/upgrade", dataKeyArn, 90],
    ]);
  });

  test("names the operations of large gp3 storage alone, which RDS wants there and refuses below", () => {
    const { iops, lifecycle } = cluster({ storageGib: 400 });
    expect([iops, lifecycle]).toEqual([12_000, { prevent_destroy: true }]);
    expect(cluster({ storageGib: 399 })).not.toHaveProperty("iops");
  });

  test("lets only RDS of its own account write what the operating system reports", () => {
    const policy = JSON.parse(make().one("aws_iam_role").args.assume_role_policy);
    expect(policy.Statement).toMatchObject([
      {
        Principal: { Service: ["monitoring.rds.amazonaws.com"] },
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ]);
  });

  test("tells of failovers, failures, maintenance and deletion", () => {
    expect(make().one("aws_db_event_subscription").args).toEqual({
      event_categories: ["deletion", "failover", "failure", "maintenance"],
      name: "example-orders-events",
      sns_topic: topicArn,
      source_ids: [`\${aws_rds_cluster.orders_cluster.id}`],
      source_type: "db-cluster",
    });
  });

  test("tells of storage that runs out on any of its instances [NOD-4.9]", () => {
    const free = make()
      .all("aws_cloudwatch_metric_alarm")
      .filter(({ args }) => args.metric_name === "FreeStorageSpace")
      .map(({ args }) => [args.dimensions.DBInstanceIdentifier, args.comparison_operator, args.threshold / 1024 ** 3]);
    expect(free).toEqual(
      [5, 15].flatMap((gib) =>
        [1, 2, 3].map((instance) => [`example-orders-instance-${instance}`, "LessThanThreshold", gib]),
      ),
    );
  });

  test("has an alarm for each instance and danger, and takes a silent instance for a lost one", () => {
    const alarms = make()
      .all("aws_cloudwatch_metric_alarm")
      .filter(({ args }) => args.dimensions.DBInstanceIdentifier === "example-orders-instance-2");
    expect(
      alarms.map(({ args }) => [args.alarm_name, args.metric_name, args.threshold, args.treat_missing_data]),
    ).toEqual([
      ["example-orders-instance-2-connections", "DatabaseConnections", 320, "notBreaching"],
      ["example-orders-instance-2-cpu", "CPUUtilization", 80, "breaching"],
      ["example-orders-instance-2-full", "FreeStorageSpace", 5 * 1024 ** 3, "notBreaching"],
      ["example-orders-instance-2-lag", "ReplicaLag", 60, "notBreaching"],
      ["example-orders-instance-2-space", "FreeStorageSpace", 15 * 1024 ** 3, "notBreaching"],
      ["example-orders-instance-2-wraparound", "MaximumUsedTransactionIDs", 1_000_000_000, "notBreaching"],
    ]);
    for (const { args } of alarms) expect(args.alarm_actions).toEqual([topicArn]);
  });

  test("goes without a last snapshot only where it may be deleted", () => {
    const { deletion_protection, skip_final_snapshot, delete_automated_backups, lifecycle } = cluster({
      deletionProtection,
    });
    expect([deletion_protection, skip_final_snapshot, delete_automated_backups, lifecycle.prevent_destroy]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test.each<[Partial<PostgresClusterProps>, string]>([
    [{ name: "Orders" }, 'test/orders: name must be 1..52 lower-case letters, digits and single hyphens, got "Orders"'],
    [{ storageGib: 19 }, "test/orders: storageGib must be a whole number >= 20, got 19"],
    [{ subnetIds: ["subnet-a", "subnet-b"] }, "test/orders: subnetIds must be of three zones, got 2"],
    [{ pointInTimeDays: 36 }, "test/orders: pointInTimeDays must be 1 to 35, got 36"],
  ])("fails when RDS would refuse it: %o", (props, message) => {
    expect(() => make(props)).toThrow(message);
  });
});
