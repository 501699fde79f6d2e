import { type AddressSet, everywhere } from "../addresses.ts";
import { type Estate, kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { allPorts, portsOf } from "../ports.ts";
import type { Resource } from "../terraform/resource.ts";
import type { Value } from "../value.ts";
import { clusterGroupOf, defaultGroupOf, type GroupKey, keyOfGroup, VPCS } from "./group-key.ts";
import { type Direction, type GroupRule, inlineRules, separateRules } from "./group-rules.ts";
import { nobody } from "./peers.ts";
import { type Protocol, TCP } from "./protocol.ts";

/**
 * A security group with all its rules, wherever they are said. `own`: made here; `default`: of a VPC; `cluster`: what EKS
 * makes for a cluster; `remote-access`: what EKS makes for SSH to nodes; `service`: what a service has in the place of one;
 * `foreign`: made elsewhere, only rules added here are known.
 */
export interface SecurityGroup {
  readonly at: Place;
  readonly key: GroupKey;
  readonly origin: "own" | "default" | "cluster" | "remote-access" | "service" | "foreign";
  /** The resource that manages it; nothing where AWS has made it and nobody manages it. */
  readonly resource: Resource | undefined;
  readonly vpc: Resource | undefined;
  readonly description: Value<string> | undefined;
  readonly rules: readonly GroupRule[];
}

/** Every security group that outputs make, manage or add rules to. */
export const securityGroups = kind<SecurityGroup>("security group", (estate) => {
  const groups = new Map<GroupKey, SecurityGroup & { readonly rules: GroupRule[] }>();
  for (const group of madeGroups(estate)) groups.set(group.key, { ...group, rules: [...group.rules] });
  for (const { group, rule } of separateRules(estate)) {
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { ...foreign(group, rule.at), rules: [rule] });
    else known.rules.push(rule);
  }
  return [...groups.values()];
});

const byKey = {};

/** Groups by their keys. */
export const groupsByKey = (estate: Estate): ReadonlyMap<GroupKey, SecurityGroup> =>
  estate.once(byKey, () => new Map(estate.of(securityGroups).map((each) => [each.key, each])));

const elsewhere = {};

/** The group of a key; one of elsewhere, of which nothing is known, where outputs say nothing of it. */
export function groupOf(estate: Estate, key: GroupKey, at: Place): SecurityGroup {
  const own = groupsByKey(estate).get(key);
  if (own !== undefined) return own;
  const others = estate.once(elsewhere, () => new Map<GroupKey, SecurityGroup>());
  const group = others.get(key) ?? foreign(key, at);
  others.set(key, group);
  return group;
}

const foreign = (key: GroupKey, at: Place): SecurityGroup => ({
  ...{ at, key, origin: "foreign", resource: undefined, vpc: undefined, description: undefined, rules: [] },
});

function madeGroups(estate: Estate): readonly SecurityGroup[] {
  const { terraform } = estate;
  const own = terraform.ofType("aws_security_group", "aws_default_security_group").map((resource): SecurityGroup => {
    const key = keyOfGroup(resource, terraform);
    return {
      at: placeOfResource(resource),
      key,
      origin: resource.type === "aws_security_group" ? "own" : "default",
      resource,
      vpc: terraform.find(resource.block.text("vpc_id"), ...VPCS),
      description: resource.block.text("description"),
      rules: inlineRules(estate, resource, key),
    };
  });
  const managed = new Set(own.map(({ key }) => key));
  const defaults = terraform.ofType(...VPCS).filter((vpc) => !managed.has(defaultGroupOf(vpc)));
  const clusters = terraform.ofType("aws_eks_cluster");
  const nodes = terraform.ofType("aws_eks_node_group");
  return [
    ...own,
    // Amazon VPC user guide, "Default security groups": all from itself, all to everybody.
    ...defaults.map((vpc) => madeByAws(vpc, "default", defaultGroupOf(vpc), vpc)),
    // Amazon EKS user guide, "Amazon EKS security group requirements": the same.
    ...clusters.map((cluster) => madeByAws(cluster, "cluster", clusterGroupOf(cluster), undefined)),
    ...nodes.flatMap(remoteAccess),
  ];
}

const madeByAws = (
  resource: Resource,
  origin: SecurityGroup["origin"],
  key: GroupKey,
  vpc: Resource | undefined,
): SecurityGroup => {
  const at = placeOfResource(resource);
  const rules = [
    implied(at, "ingress", "all", { groups: [key] }),
    implied(at, "egress", "all", { addresses: everywhere }),
  ];
  return { at, key, origin, resource: undefined, vpc, description: undefined, rules };
};

const implied = (
  at: Place,
  direction: Direction,
  protocol: Protocol,
  peers: { readonly groups?: readonly GroupKey[]; readonly addresses?: AddressSet },
): GroupRule => ({
  ...{ at, path: direction, direction, protocol, ports: protocol === TCP ? portsOf(22) : allPorts, icmp: undefined },
  ...{ peers: { ...nobody, ...peers }, description: undefined, implied: true },
});

/** Amazon EKS API, RemoteAccessConfig: with a key and without source groups, port 22 is open to the internet. */
function remoteAccess(resource: Resource): readonly SecurityGroup[] {
  const access = resource.block.block("remote_access");
  if (access === undefined || access.has("source_security_group_ids") || !access.has("ec2_ssh_key")) return [];
  const at = placeOfResource(resource);
  const rules = [{ ...implied(at, "ingress", TCP, { addresses: everywhere }), path: "remote_access", implied: false }];
  const key = `remote access of ${resource.address}`;
  return [{ at, key, origin: "remote-access", resource, vpc: undefined, description: undefined, rules }];
}
