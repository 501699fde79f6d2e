import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { flag, number, oneOf, type Read, type Trait, without } from "./traits.ts";

/** A managed database, cache, queue or file system: how it outlives a fault. What it has no word for is absent. */
export interface Database {
  readonly at: Place;
  readonly resource: Resource;
  /** Days that automatic backups are kept; 0: there are none. */
  readonly backupDays: Trait<number> | undefined;
  /** Whether it goes on when a zone fails. */
  readonly zones: Trait<boolean> | undefined;
  /** Whether it takes minor versions, with their mended faults, by itself. */
  readonly updates: Trait<boolean> | undefined;
  /** Whether snapshots carry its tags, by which they are billed, found and restricted. */
  readonly tagsSnapshots: Trait<boolean> | undefined;
}

interface Reads {
  readonly backup?: Read<number>;
  readonly zones?: Read<boolean>;
  readonly updates?: Read<boolean>;
  readonly tags?: Read<boolean>;
  /** Members that make a cluster outlive a zone, and how they name it. */
  readonly members?: readonly [type: string, names: string];
}

const updates = flag("auto_minor_version_upgrade", true);
const tags = flag("copy_tags_to_snapshot", false);
const snapshots = number("snapshot_retention_limit", 0);
const clustered = number("backup_retention_period", 1);
/** A shard has its replicas in other zones. */
const replicated =
  (attribute: string, absent: number): Read<boolean> =>
  (block) => {
    const { value } = number(attribute, absent)(block);
    return { attribute, value: isUnknown(value) ? value : value > 0 };
  };

/** Names and defaults are those of the provider's documentation, version 6.34. */
const READS: Readonly<Record<string, Reads>> = {
  aws_db_instance: { backup: number("backup_retention_period", 0), zones: flag("multi_az", false), updates, tags },
  aws_rds_cluster: { backup: clustered, tags, members: ["aws_rds_cluster_instance", "cluster_identifier"] },
  aws_rds_cluster_instance: { updates },
  aws_docdb_cluster: { backup: clustered, members: ["aws_docdb_cluster_instance", "cluster_identifier"] },
  aws_docdb_cluster_instance: { updates },
  aws_neptune_cluster: { backup: clustered, tags, members: ["aws_neptune_cluster_instance", "cluster_identifier"] },
  aws_neptune_cluster_instance: { updates },
  aws_redshift_cluster: {
    backup: number("automated_snapshot_retention_period", 1),
    updates: flag("allow_version_upgrade", true),
  },
  aws_elasticache_replication_group: { backup: snapshots, zones: flag("multi_az_enabled", false), updates },
  aws_elasticache_cluster: { updates },
  aws_memorydb_cluster: { backup: snapshots, zones: replicated("num_replicas_per_shard", 1), updates },
  aws_opensearch_domain: {
    zones: voting,
    updates: flag("software_update_options.auto_software_update_enabled", false),
  },
  aws_elasticsearch_domain: { zones: voting },
  aws_mq_broker: {
    zones: oneOf("deployment_mode", "SINGLE_INSTANCE", "ACTIVE_STANDBY_MULTI_AZ", "CLUSTER_MULTI_AZ"),
    updates: flag("auto_minor_version_upgrade", false),
  },
  aws_dms_replication_instance: {
    zones: flag("multi_az", false),
    updates: flag("auto_minor_version_upgrade", false),
  },
  aws_fsx_windows_file_system: {
    backup: number("automatic_backup_retention_days", 7),
    zones: oneOf("deployment_type", "SINGLE_AZ_1", "MULTI_AZ_1"),
    tags: flag("copy_tags_to_backups", false),
  },
  aws_fsx_ontap_file_system: {
    backup: number("automatic_backup_retention_days", 0),
    zones: oneOf("deployment_type", "", "MULTI_AZ_1", "MULTI_AZ_2"),
  },
  aws_fsx_openzfs_file_system: {
    backup: number("automatic_backup_retention_days", 0),
    zones: oneOf("deployment_type", "", "MULTI_AZ_1"),
    tags: flag("copy_tags_to_backups", false),
  },
  aws_efs_file_system: { zones: without("availability_zone_name") },
  aws_dynamodb_table: { backup: recovery },
};

/** Every managed database and the like. */
export const databases = kind<Database>("database", (estate) =>
  estate.terraform.ofType(...Object.keys(READS)).map((resource) => readDatabase(resource, estate)),
);

function readDatabase(resource: Resource, estate: Estate): Database {
  const { block, type } = resource;
  const { backup, zones, updates, tags, members }: Reads = READS[type] ?? {};
  // A replica is there for another zone itself.
  const follows = block.has(SOURCE);
  return {
    at: placeOfResource(resource),
    resource,
    backupDays: follows ? backupOfReplica(resource, estate, backup) : backup?.(block),
    zones: follows ? undefined : (zones?.(block) ?? spread(resource, members, estate)),
    updates: updates?.(block),
    tagsSnapshots: tags?.(block),
  };
}

/** What names the source of a replica. */
const SOURCE = "replicate_source_db";

/** A replica has its source's backups, which are judged there; of a source elsewhere nobody knows. */
function backupOfReplica(
  { block }: Resource,
  { terraform }: Estate,
  backup: Read<number> | undefined,
): Trait<number> | undefined {
  const named = block.text(SOURCE);
  if (terraform.find(named, "aws_db_instance", "aws_rds_cluster") !== undefined) return undefined;
  const own = backup?.(block);
  if (own !== undefined && block.has(own.attribute)) return own;
  return { attribute: SOURCE, value: isUnknown(named) ? named : new Unknown(named ?? "") };
}

/** Search goes on while most of what votes is there: three masters, or data nodes in three zones. */
function voting(block: Block): Trait<boolean> {
  const cluster = block.block("cluster_config");
  const spread = flag("cluster_config.zone_awareness_enabled", false)(block);
  if (spread.value !== true) return spread;
  const three = (value: Value<number> | undefined): boolean => !isUnknown(value) && (value ?? 0) >= 3;
  const masters = cluster?.flag("dedicated_master_enabled") ?? false;
  const zones = cluster?.block("zone_awareness_config")?.number("availability_zone_count") ?? 2;
  const votes =
    (masters === true && three(cluster?.number("dedicated_master_count"))) ||
    (masters === false && three(cluster?.number("instance_count")) && three(zones));
  return { attribute: "cluster_config.dedicated_master_count", value: isUnknown(masters) ? masters : votes };
}

/** A table can be taken back to any second of some days, or not at all. */
function recovery(block: Block): Trait<number> {
  const attribute = "point_in_time_recovery.enabled";
  const given = block.block("point_in_time_recovery");
  const on = given?.flag("enabled") ?? false;
  if (isUnknown(on) || !on) return { attribute, value: isUnknown(on) ? on : 0 };
  return { attribute, value: given?.number("recovery_period_in_days") ?? 35 };
}

/** A cluster of RDS that is no Aurora has its three members by itself; others need a second one. */
function spread(resource: Resource, members: Reads["members"], { terraform }: Estate): Trait<boolean> | undefined {
  if (members === undefined) return undefined;
  if (resource.block.has("db_cluster_instance_class")) return { attribute: "db_cluster_instance_class", value: true };
  const [type, names] = members;
  const own = terraform.ofType(type).filter((each) => terraform.find(each.block.text(names)) === resource);
  // With keys or a count of its own, one is many.
  const keyed = own.some(({ block }) => block.has("for_each") || (block.number("count") ?? 1) !== 1);
  const zones = own.map(({ block }) => block.text("availability_zone"));
  const together = typeof zones[0] === "string" && zones.every((each) => each === zones[0]);
  return { attribute: type, value: keyed || (own.length > 1 && !together) };
}
