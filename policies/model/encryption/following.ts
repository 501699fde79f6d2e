import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import type { Spot } from "./spot.ts";

/** What stands between a replica and what it is a replica of. */
const BETWEEN: Readonly<Record<string, string>> = {
  aws_elasticache_global_replication_group: "primary_replication_group_id",
};

/** What replicas are of, beside what is of their own type. */
const SOURCES = [
  "aws_rds_cluster",
  "aws_docdb_cluster",
  "aws_neptune_cluster",
  "aws_neptune_cluster_instance",
  ...Object.keys(BETWEEN),
];

/**
 * What decides how a replica is encrypted: a key of its own, its source, which is judged itself, or a source that is not
 * among the outputs, of which nobody knows. Absent: it is no replica.
 */
export function followingOf(
  { follows, key }: Spot,
  { block, type }: Resource,
): "a key of its own" | "its source" | Unknown | undefined {
  if (follows === undefined || !block.has(follows)) return undefined;
  if (key.some((name) => block.has(name))) return "a key of its own";
  const named = block.text(follows);
  const { graph } = block.scope;
  const found = graph.find(named, type, ...SOURCES);
  const between = found === undefined ? undefined : BETWEEN[found.type];
  const source = between === undefined ? found : graph.find(found?.block.text(between), type);
  // Whoever names itself has no source.
  return source === undefined || source.block === block ? unseen(named) : "its source";
}

const unseen = (named: Value<string> | undefined): Unknown => (isUnknown(named) ? named : new Unknown(named ?? ""));
