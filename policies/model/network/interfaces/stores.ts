import type { Estate } from "../../estate.ts";
import type { Resource } from "../../terraform/resource.ts";
import { isUnknown, type Value } from "../../value.ts";
import { type Interface, type InterfaceOf, interfaceOf } from "./interface.ts";

/** How a type of managed store says where it is. */
interface Store {
  readonly what: InterfaceOf;
  /** Its name, as the attribute has it that holds it. */
  readonly name?: string;
  readonly groups: string;
  /** A subnet group that it names, or subnets that it names itself. */
  readonly subnetGroup?: readonly [attribute: string, type: string];
  readonly subnets?: string;
  /** A block that holds these. */
  readonly in?: string;
  readonly public?: string;
  /** Where nothing is said of `public`. */
  readonly publicByDefault?: true;
}

const DB_SUBNETS = ["db_subnet_group_name", "aws_db_subnet_group"] as const;
const RDS = {
  what: "database",
  groups: "vpc_security_group_ids",
  subnetGroup: DB_SUBNETS,
  public: "publicly_accessible",
} as const;
const CACHE = {
  what: "cache",
  groups: "security_group_ids",
  subnetGroup: ["subnet_group_name", "aws_elasticache_subnet_group"],
} as const;

const INFLUX = {
  what: "database",
  groups: "vpc_security_group_ids",
  subnets: "vpc_subnet_ids",
  public: RDS.public,
} as const;

/** Managed stores by type, each as the provider's documentation has it. */
const STORES: Readonly<Record<string, Store>> = {
  aws_db_instance: { ...RDS, name: "identifier" },
  aws_rds_cluster: { what: "database", groups: RDS.groups, subnetGroup: DB_SUBNETS, name: "cluster_identifier" },
  // A member has the groups and subnets of its cluster, and an address of its own.
  aws_rds_cluster_instance: { what: "database", groups: "", name: "identifier", public: RDS.public },
  aws_neptune_cluster_instance: { what: "database", groups: "", name: "identifier", public: RDS.public },
  aws_rds_shard_group: { what: "database", groups: "", name: "db_shard_group_identifier", public: RDS.public },
  aws_timestreaminfluxdb_db_cluster: INFLUX,
  aws_timestreaminfluxdb_db_instance: INFLUX,
  aws_docdb_cluster: {
    what: "database",
    groups: RDS.groups,
    name: "cluster_identifier",
    subnetGroup: ["db_subnet_group_name", "aws_docdb_subnet_group"],
  },
  aws_neptune_cluster: {
    what: "database",
    groups: RDS.groups,
    name: "cluster_identifier",
    subnetGroup: ["neptune_subnet_group_name", "aws_neptune_subnet_group"],
  },
  aws_redshift_cluster: {
    what: "database",
    groups: RDS.groups,
    name: "cluster_identifier",
    subnetGroup: ["cluster_subnet_group_name", "aws_redshift_subnet_group"],
    public: "publicly_accessible",
  },
  aws_redshiftserverless_workgroup: {
    what: "database",
    groups: "security_group_ids",
    subnets: "subnet_ids",
    name: "workgroup_name",
    public: "publicly_accessible",
  },
  aws_dms_replication_instance: {
    what: "service",
    groups: "vpc_security_group_ids",
    subnetGroup: ["replication_subnet_group_id", "aws_dms_replication_subnet_group"],
    public: "publicly_accessible",
  },
  aws_elasticache_cluster: { ...CACHE, name: "cluster_id" },
  aws_elasticache_replication_group: { ...CACHE, name: "replication_group_id" },
  aws_elasticache_serverless_cache: { what: "cache", groups: "security_group_ids", subnets: "subnet_ids" },
  aws_memorydb_cluster: { ...CACHE, subnetGroup: ["subnet_group_name", "aws_memorydb_subnet_group"] },
  aws_dax_cluster: { ...CACHE, subnetGroup: ["subnet_group_name", "aws_dax_subnet_group"], name: "cluster_name" },
  aws_opensearch_domain: { what: "database", in: "vpc_options", groups: "security_group_ids", subnets: "subnet_ids" },
  aws_elasticsearch_domain: {
    what: "database",
    in: "vpc_options",
    groups: "security_group_ids",
    subnets: "subnet_ids",
  },
  aws_msk_cluster: {
    what: "service",
    in: "broker_node_group_info",
    groups: "security_groups",
    subnets: "client_subnets",
  },
  aws_mq_broker: {
    what: "service",
    groups: "security_groups",
    subnets: "subnet_ids",
    name: "broker_name",
    public: "publicly_accessible",
  },
  aws_efs_mount_target: { what: "files", groups: "security_groups", subnets: "subnet_id" },
  aws_fsx_lustre_file_system: { what: "files", groups: "security_group_ids", subnets: "subnet_ids" },
  aws_fsx_windows_file_system: { what: "files", groups: "security_group_ids", subnets: "subnet_ids" },
  aws_fsx_ontap_file_system: { what: "files", groups: "security_group_ids", subnets: "subnet_ids" },
};

/** Databases, caches, file systems and brokers that AWS runs. */
export const interfacesOfStores = (estate: Estate): readonly Interface[] =>
  estate.terraform
    .ofType(...Object.keys(STORES))
    .map((resource) => interfaceOfStore(estate, resource, STORES[resource.type] ?? { what: "service", groups: "" }));

function interfaceOfStore(estate: Estate, resource: Resource, store: Store): Interface {
  const block = store.in === undefined ? resource.block : resource.block.block(store.in);
  const [attribute, type] = store.subnetGroup ?? [];
  const named = attribute === undefined ? undefined : block?.text(attribute);
  const group = type === undefined ? undefined : estate.terraform.find(named, type);
  const subnets: readonly Value<string>[] = [
    ...(store.subnets === undefined ? [] : (block?.texts(store.subnets) ?? [])),
    ...(group?.block.texts("subnet_ids") ?? (isUnknown(named) ? [named] : [])),
  ];
  const fixed = resource.type === "aws_efs_mount_target" ? [resource.block.text("ip_address")] : [];
  return interfaceOf(estate, resource, {
    what: store.what,
    name: resource.block.text(store.name ?? "name"),
    subnets,
    groups: store.groups === "" ? [] : (block?.texts(store.groups) ?? []),
    fixed,
    publicAddress: publicOf(resource, store),
    publicBy: store.public ?? store.in ?? "",
  });
}

/** A search domain outside a VPC is on the internet; MSK says it deep inside. */
function publicOf(resource: Resource, store: Store): Value<boolean> {
  const { block, type } = resource;
  if (store.public !== undefined) {
    // The provider's default of a Redshift cluster was true before version 6.
    return block.flag(store.public) ?? false;
  }
  if (type === "aws_opensearch_domain" || type === "aws_elasticsearch_domain") return !block.has("vpc_options");
  const access = block
    .block("broker_node_group_info")
    ?.block("connectivity_info")
    ?.block("public_access")
    ?.text("type");
  return isUnknown(access) ? access : access !== undefined && access !== "DISABLED";
}
