import { kind } from "../estate.ts";
import { isKnownEngine } from "../maintained.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { holdersOf } from "../terraform/ways.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";

/** Something of AWS that runs a version of some engine: a database, a cache, a runtime. */
export interface RunningVersion {
  readonly at: Place;
  /** Where the version is said. */
  readonly attribute: string;
  /** A key of what is maintained: `aurora-postgresql`. */
  readonly engine: Value<string>;
  /** Absent: what was the default when it was made, and that one since. */
  readonly version: Value<string> | undefined;
}

interface Read {
  readonly attribute: string;
  readonly engine: (block: Block) => Value<string> | undefined;
  /** Absent is a version of its own. */
  readonly default?: string;
  /** What gives the version where nothing is said. */
  readonly from?: readonly string[];
}

const fixed = (engine: string) => () => engine;
const named =
  (attribute: string, absent?: string) =>
  (block: Block): Value<string> | undefined =>
    block.text(attribute) ?? absent;
/** `OpenSearch_2.19` of `opensearch`, `python3.12` of `python`. */
const leading =
  (attribute: string) =>
  (block: Block): Value<string> | undefined => {
    const text = block.text(attribute);
    return text === undefined || isUnknown(text) ? text : /^[A-Za-z]+/.exec(text)?.[0];
  };
const version = "engine_version";
const database: Read = { attribute: version, engine: named("engine") };
const restored = ["snapshot_identifier", "restore_to_point_in_time"];
const fargate = (attribute: string): Read => ({ attribute, engine: fixed("fargate"), default: "LATEST" });

/** Names and defaults are those of the provider's documentation, version 6.34. */
const READS: Readonly<Record<string, Read>> = {
  aws_db_instance: { ...database, from: [...restored, "replicate_source_db", "s3_import"] },
  aws_rds_cluster: { ...database, from: [...restored, "replication_source_identifier", "global_cluster_identifier"] },
  aws_rds_global_cluster: { ...database, from: ["source_db_cluster_identifier"] },
  aws_docdb_cluster: { attribute: version, engine: fixed("docdb"), from: [...restored, "global_cluster_identifier"] },
  aws_neptune_cluster: {
    attribute: version,
    engine: fixed("neptune"),
    from: ["snapshot_identifier", "replication_source_identifier", "global_cluster_identifier"],
  },
  aws_elasticache_replication_group: {
    attribute: version,
    engine: named("engine", "redis"),
    from: ["snapshot_arns", "snapshot_name", "global_replication_group_id"],
  },
  aws_elasticache_cluster: { attribute: version, engine: named("engine"), from: ["replication_group_id"] },
  aws_elasticache_serverless_cache: { attribute: "major_engine_version", engine: named("engine") },
  aws_memorydb_cluster: { attribute: version, engine: named("engine", "redis"), from: ["snapshot_name"] },
  aws_opensearch_domain: { attribute: version, engine: leading(version), default: "OpenSearch_3.5" },
  aws_elasticsearch_domain: { attribute: "elasticsearch_version", engine: fixed("elasticsearch"), default: "1.5" },
  aws_msk_cluster: { attribute: "kafka_version", engine: fixed("kafka") },
  aws_mq_broker: { attribute: version, engine: named("engine_type") },
  aws_glue_job: { attribute: "glue_version", engine: fixed("glue") },
  aws_glue_dev_endpoint: { attribute: "glue_version", engine: fixed("glue"), default: "0.9" },
  aws_lambda_function: { attribute: "runtime", engine: leading("runtime") },
  aws_ecs_service: fargate("platform_version"),
  aws_ecs_task_set: fargate("platform_version"),
  aws_cloudwatch_event_target: fargate("ecs_target.platform_version"),
  aws_scheduler_schedule: fargate("target.ecs_parameters.platform_version"),
  aws_eks_node_group: { attribute: "ami_type", engine: system, default: "AL2023_x86_64_STANDARD" },
};

/** What nodes run: Bottlerocket has no ends announced, Windows those of its maker. */
function system(block: Block): Value<string> | undefined {
  const type = block.text("ami_type");
  return type === undefined || isUnknown(type) || /^AL2/.test(type) ? "amazon-linux" : undefined;
}

/** Every version that a resource runs; what a source or a set has, it has from there. */
export const runningVersions = kind<RunningVersion>("running version", ({ terraform }) =>
  terraform.ofType(...Object.keys(READS)).flatMap((resource) => {
    const read = READS[resource.type];
    return read === undefined ? [] : versionsOf(resource.block, read, placeOfResource(resource));
  }),
);

function versionsOf(whole: Block, read: Read, at: Place): readonly RunningVersion[] {
  const [holders, name] = holdersOf(whole, read.attribute);
  return holders.flatMap((block) => {
    const given = block.text(name) ?? read.default;
    const engine = read.engine(block);
    const key = typeof engine === "string" ? keyOf(engine) : engine;
    if (key === undefined || given === "LATEST") return [];
    if (given === undefined && read.from?.some((each) => block.has(each))) return [];
    return [{ at, attribute: read.attribute, engine: key, version: given }];
  });
}

/** `oracle-ee` is of `oracle`; a custom engine is its owner's own. */
function keyOf(engine: string): Value<string> | undefined {
  const name = engine.toLowerCase();
  const [family = ""] = name.split("-");
  if (family === "custom") return undefined;
  return [name, family].find(isKnownEngine) ?? new Unknown(engine);
}
