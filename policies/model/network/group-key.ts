import type { Scope } from "../terraform/block.ts";
import type { Graph } from "../terraform/graph.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";

/**
 * What one security group is known by: `network:aws_security_group.web`, `default group of network:aws_vpc.main`,
 * `cluster group of ...`, or the text that names a group of elsewhere. The same group has the same key however it is named.
 */
export type GroupKey = string;

/** A resource within its environment: addresses are of one state only. */
export const keyOf = ({ stack, source, address }: Resource): string => `${stack ?? source}:${address}`;

export const defaultGroupOf = (vpc: Resource): GroupKey => `default group of ${keyOf(vpc)}`;
export const clusterGroupOf = (cluster: Resource): GroupKey => `cluster group of ${keyOf(cluster)}`;

const OWN = ["aws_security_group", "aws_default_security_group"];
export const VPCS = ["aws_vpc", "aws_default_vpc"];

/** The key of the group that a value names. */
export function groupKeyOf(value: Value<string>, graph: Graph, scope: Scope): GroupKey {
  if (!isUnknown(value)) {
    const own = graph.find(value, ...OWN);
    return own === undefined ? value : keyOfGroup(own, graph);
  }
  const { resource, attribute = "" } = value;
  if (resource === undefined) return `${scope.document.stack ?? scope.document.source}:${value.expression}`;
  if (OWN.includes(resource.type)) return keyOfGroup(resource, graph);
  if (VPCS.includes(resource.type)) return defaultGroupOf(resource);
  if (resource.type === "aws_eks_cluster" && attribute.endsWith("cluster_security_group_id"))
    return clusterGroupOf(resource);
  return `${keyOf(resource)}.${attribute}`;
}

/** The key of a group's own resource; the default group of a VPC is one whichever resource speaks of it. */
export function keyOfGroup(resource: Resource, graph: Graph): GroupKey {
  if (resource.type !== "aws_default_security_group") return keyOf(resource);
  const vpc = graph.find(resource.block.text("vpc_id"), ...VPCS);
  return vpc === undefined ? keyOf(resource) : defaultGroupOf(vpc);
}
