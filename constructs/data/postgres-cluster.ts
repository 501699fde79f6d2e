import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription/index.js";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group/index.js";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster/index.js";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import { LogGroup } from "../audit/log-group.ts";
import { ServiceRole } from "../identity/service-role.ts";
import { trustService } from "../identity/trust.ts";
import { MetricAlarm } from "../observability/metric-alarm.ts";
import { databaseAlarms } from "./database-alarms.ts";
import { databaseParameters } from "./database-parameters.ts";

export interface PostgresClusterProps {
  /** Lower-case letters, digits and single hyphens, at most 52. */
  readonly name: string;
  readonly accountId: string;
  readonly databaseName: string;
  /** A class that Multi-AZ DB clusters have, with a local disk: `db.m6gd.large`. */
  readonly instanceClass: string;
  /** Storage of each of the three instances, at least 20. It grows only when this figure does. */
  readonly storageGib: number;
  /** Subnets of three zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Encrypts storage, snapshots, logs and statistics; its policy must admit `cloudwatch-logs`. */
  readonly dataKeyArn: string;
  /** Encrypts the administrator's password, which RDS makes and renews each week. */
  readonly administratorKeyArn: string;
  /** Days to any second of which the database can be brought back, 1 to 35. */
  readonly pointInTimeDays: number;
  readonly logRetentionDays: number;
  /** UTC, apart by half an hour at least: `22:00-22:30` and `tue:23:00-tue:23:30`. */
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  /** Told of alarms, failovers and failures. Its policy and key must admit `events.rds.amazonaws.com`. */
  readonly topicArn: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default: neither Terraform nor the API deletes the cluster. Without it there is no last snapshot either. */
  readonly deletionProtection?: OptOut;
}

const PORT = 5432;
/** Enough for some forty pods with ten connections each; memory for it is in the smallest class. */
const MAX_CONNECTIONS = 400;
/** RDS names the instances of a Multi-AZ DB cluster after it, and moves the writer among them. */
const INSTANCES = [1, 2, 3] as const;
/** From here on gp3 is striped over four volumes, and its operations must be named; below they cannot be. */
const STRIPED = { fromGib: 400, iops: 12_000 };
const LOGS = ["postgresql", "upgrade"] as const;

/**
 * A PostgreSQL 17 database on RDS as a Multi-AZ DB cluster: a writer and two readers in three zones, a commit on two.
 *
 * Refuses: clear text, TLS below 1.2, MD5 passwords, a password in the state, deletion, less than three zones, storage
 * below 20 GiB. Defaults to: gp3 storage, minor versions by AWS in the maintenance window, the next major version by us
 * before its support ends, logs and statistics under our keys, alarms on each instance.
 */
export class PostgresCluster extends Construct {
  /** Host name of the writer, whichever instance that is. */
  readonly endpoint: string;
  readonly administratorSecretArn: string;

  constructor(scope: Construct, id: string, props: PostgresClusterProps) {
    super(scope, id);
    check(this.node.path, props);
    const { name, dataKeyArn } = props;
    const kept = isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection);
    const subnets = new DbSubnetGroup(this, "subnets", {
      name,
      description: `Data subnets of ${name}`,
      subnetIds: [...props.subnetIds],
    });
    const parameters = new RdsClusterParameterGroup(this, "parameters", {
      name,
      family: "postgres17",
      description: `Parameters of ${name}`,
      parameter: [...databaseParameters(MAX_CONNECTIONS)],
    });
    const logs = LOGS.map(
      (log) =>
        new LogGroup(this, `${log}-log`, {
          name: `/aws/rds/cluster/${name}/${log}`,
          kmsKeyArn: dataKeyArn,
          retentionDays: props.logRetentionDays,
          ...(props.deletionProtection === undefined ? {} : { deletionProtection: props.deletionProtection }),
        }),
    );
    const monitor = new ServiceRole(this, "monitor", {
      name: `${name}-monitor`,
      description: `Writes what the operating system of ${name} reports`,
      trust: trustService(props.accountId, "monitoring.rds.amazonaws.com"),
      managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"],
    });
    const striped = props.storageGib >= STRIPED.fromGib;
    const cluster = new RdsCluster(this, "cluster", {
      clusterIdentifier: name,
      engine: "postgres",
      // The major alone: AWS applies minor versions, and a plan shows none of them. Providers older than August 2026 sent
      // it with every other change, and RDS took it for the default minor (hashicorp/terraform-provider-aws#49396).
      engineVersion: "17",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      allowMajorVersionUpgrade: false,
      dbClusterInstanceClass: props.instanceClass,
      storageType: "gp3",
      allocatedStorage: props.storageGib,
      ...(striped ? { iops: STRIPED.iops } : {}),
      storageEncrypted: true,
      kmsKeyId: dataKeyArn,
      databaseName: props.databaseName,
      port: PORT,
      networkType: "IPV4",
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [...props.securityGroupIds],
      dbClusterParameterGroupName: parameters.name,
      caCertificateIdentifier: "rds-ca-rsa2048-g1",
      masterUsername: "administrator",
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: props.administratorKeyArn,
      // Logins have passwords of their own; a second way in would be a second set of rights to review.
      iamDatabaseAuthenticationEnabled: false,
      backupRetentionPeriod: props.pointInTimeDays,
      preferredBackupWindow: props.backupWindow,
      preferredMaintenanceWindow: props.maintenanceWindow,
      applyImmediately: false,
      copyTagsToSnapshot: true,
      enabledCloudwatchLogsExports: [...LOGS],
      monitoringInterval: 60,
      monitoringRoleArn: monitor.arn,
      databaseInsightsMode: "standard",
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: dataKeyArn,
      performanceInsightsRetentionPeriod: 7,
      deletionProtection: kept,
      deleteAutomatedBackups: !kept,
      skipFinalSnapshot: !kept,
      ...(kept ? { finalSnapshotIdentifier: `${name}-final` } : {}),
      tags: { Name: name, ...props.tags },
      lifecycle: {
        preventDestroy: kept,
        // RDS reports the operations that are part of smaller gp3 storage, and refuses to be told them.
        ...(striped ? {} : { ignoreChanges: ["iops"] }),
      },
      dependsOn: [...logs.map(({ ready }) => ready), ...monitor.permissions],
    });
    new DbEventSubscription(this, "events", {
      name: `${name}-events`,
      snsTopic: props.topicArn,
      sourceType: "db-cluster",
      sourceIds: [cluster.id],
      eventCategories: ["deletion", "failover", "failure", "maintenance"],
    });
    const limits = { allocatedGib: props.storageGib, maxConnections: MAX_CONNECTIONS };
    for (const instance of INSTANCES) {
      for (const [what, alarm] of Object.entries(databaseAlarms(`${name}-instance-${instance}`, limits))) {
        new MetricAlarm(this, `${what}-${instance}`, { alarm, topic: { arn: props.topicArn } });
      }
    }
    this.endpoint = cluster.endpoint;
    this.administratorSecretArn = cluster.masterUserSecret.get(0).secretArn;
  }
}

function check(path: string, { name, storageGib, subnetIds, pointInTimeDays }: PostgresClusterProps): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 52) {
    throw new Error(`${path}: name must be 1..52 lower-case letters, digits and single hyphens, got "${name}"`);
  }
  if (!Number.isInteger(storageGib) || storageGib < 20) {
    throw new Error(`${path}: storageGib must be a whole number >= 20, got ${storageGib}`);
  }
  if (subnetIds.length !== 3) {
    throw new Error(`${path}: subnetIds must be of three zones, got ${subnetIds.length}`);
  }
  if (!Number.isInteger(pointInTimeDays) || pointInTimeDays < 1 || pointInTimeDays > 35) {
    throw new Error(`${path}: pointInTimeDays must be 1 to 35, got ${pointInTimeDays}`);
  }
}
