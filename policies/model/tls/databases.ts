import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, known, Unknown, type Value } from "../value.ts";
import { type EngineTransport, engineOf, engines, versionNumber } from "./database-engines.ts";
import { type ParameterGroup, parameterGroupOf } from "./parameter-groups.ts";
import type { Protocol } from "./protocols.ts";

/** How clients reach a managed database. */
export interface DatabaseTransport {
  readonly at: Place;
  /** The parameter that refuses clear text: `parameter rds.force_ssl`. */
  readonly attribute: string;
  /** Where that is set, or would be: `aws_rds_cluster_parameter_group.x`, `the default group`. */
  readonly group: string;
  readonly refusesClearText: Value<boolean>;
  /** The oldest version of TLS that it speaks. */
  readonly lowest: Value<Protocol>;
  readonly lowestAttribute: string;
}

/** A type of database: where it names its group, and which types of groups those are. */
interface Source {
  readonly type: string;
  readonly group: string;
  readonly groups: readonly string[];
  /** The engine, where the type has but one. */
  readonly engine?: string;
}

const SOURCES: readonly Source[] = [
  { type: "aws_rds_cluster", group: "db_cluster_parameter_group_name", groups: ["aws_rds_cluster_parameter_group"] },
  { type: "aws_db_instance", group: "parameter_group_name", groups: ["aws_db_parameter_group"] },
  {
    type: "aws_docdb_cluster",
    group: "db_cluster_parameter_group_name",
    groups: ["aws_docdb_cluster_parameter_group"],
    engine: "docdb",
  },
  {
    type: "aws_neptune_cluster",
    group: "neptune_cluster_parameter_group_name",
    groups: ["aws_neptune_cluster_parameter_group"],
    engine: "neptune",
  },
  {
    type: "aws_redshift_cluster",
    group: "cluster_parameter_group_name",
    groups: ["aws_redshift_parameter_group"],
    engine: "redshift",
  },
];

/** Every managed database whose parameters decide whether clients may speak clear text. */
export const databaseTransports = kind<DatabaseTransport>("database transport", ({ terraform }) => [
  ...SOURCES.flatMap((source) => terraform.ofType(source.type).map((each) => transportOf(each, source, terraform))),
  ...terraform.ofType("aws_redshiftserverless_workgroup").map(workgroup),
]);

function transportOf(resource: Resource, source: Source, terraform: Graph): DatabaseTransport {
  const group = parameterGroupOf(resource.block.text(source.group), terraform, ...source.groups);
  const family = isUnknown(group) ? undefined : known(group.family);
  const given =
    source.engine ?? engineGiven(resource, terraform) ?? (family === undefined ? undefined : engineOf(family).engine);
  const engine = typeof given === "string" ? engines.get(engineOf(given).engine) : undefined;
  if (engine === undefined || isUnknown(group)) {
    const why = isUnknown(group)
      ? group
      : new Unknown(`${String(given ?? "an engine")} of which no table knows the parameters`);
    const attribute = isUnknown(group) ? source.group : "engine";
    return {
      ...{ at: placeOfResource(resource), attribute, lowestAttribute: attribute, group: String(why) },
      ...{ refusesClearText: why, lowest: why },
    };
  }
  const version = versionOf(resource, family);
  return {
    at: placeOfResource(resource),
    attribute: `parameter ${engine.parameter}`,
    group: group.resource?.address ?? "the default group, in which it cannot be set",
    refusesClearText: refuses(group, engine, version),
    lowest: lowest(group, engine, version),
    lowestAttribute: `parameter ${engine.versions ?? engine.parameter}`,
  };
}

/** The engine of a database; of a replica, its source's. */
function engineGiven({ block }: Resource, terraform: Graph): Value<string> | undefined {
  const own = block.text("engine");
  if (own !== undefined) return own;
  const source = terraform.find(block.text("replicate_source_db"), "aws_db_instance");
  return source?.block.text("engine");
}

/** The version of the engine: of the group's family, which has to agree with it, or its own. */
function versionOf({ block }: Resource, family: string | undefined): Value<number> {
  const version = family === undefined ? undefined : engineOf(family).version;
  if (version !== undefined) return version;
  const own = block.text("engine_version");
  const text = typeof own === "string" ? /^\d+(?:\.\d+)?/.exec(own)?.[0] : undefined;
  if (text !== undefined) return versionNumber(text);
  return isUnknown(own) ? own : new Unknown("no version: whichever is AWS's default on the day");
}

function refuses(group: ParameterGroup, engine: EngineTransport, version: Value<number>): Value<boolean> {
  const set = group.parameter(engine.parameter);
  if (isUnknown(set)) return set;
  if (set !== undefined) return engine.refuses(set);
  const sure = [0, Number.POSITIVE_INFINITY].map(engine.refusesByDefault);
  if (isUnknown(version)) return sure[0] === sure[1] ? (sure[0] ?? version) : version;
  return engine.refusesByDefault(version);
}

function lowest(group: ParameterGroup, engine: EngineTransport, version: Value<number>): Value<Protocol> {
  const set = engine.versions === undefined ? undefined : group.parameter(engine.versions);
  if (isUnknown(set)) return set;
  if (set !== undefined) return engine.lowest(set) ?? new Unknown(set);
  const sure = [0, Number.POSITIVE_INFINITY].map(engine.lowestByDefault);
  if (isUnknown(version)) return sure[0] === sure[1] ? (sure[0] ?? version) : version;
  return engine.lowestByDefault(version);
}

function workgroup(resource: Resource): DatabaseTransport {
  const parameters = resource.block.blocks("config_parameter");
  const set = parameters.find((each) => known(each.text("parameter_key")) === "require_ssl")?.text("parameter_value");
  const open = parameters.map((each) => each.text("parameter_key")).find(isUnknown);
  const text = set ?? open ?? new Unknown("no require_ssl: on or off by the day it was made");
  return {
    at: placeOfResource(resource),
    attribute: "config_parameter require_ssl",
    group: resource.address,
    refusesClearText: isUnknown(text) ? text : text === "true",
    lowest: "TLSv1.2",
    lowestAttribute: "config_parameter require_ssl",
  };
}
