import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { type Identity, identities, namedIdentity } from "./identities.ts";

/** A cluster of EKS as those see it who would reach or govern it. */
export interface Cluster {
  readonly at: Place;
  readonly resource: Resource;
  readonly publicEndpoint: Value<boolean>;
  readonly privateEndpoint: Value<boolean>;
  /** `API`, `API_AND_CONFIG_MAP`, `CONFIG_MAP`. */
  readonly authentication: Value<string>;
  /** Whether who makes the cluster is its administrator for good. */
  readonly creatorGoverns: Value<boolean>;
  /** Kinds of logs of its control plane. */
  readonly logs: readonly Value<string>[];
  /** Others who say for the cluster who somebody is, and in which groups. */
  readonly issuers: readonly Issuer[];
}

export interface Issuer {
  readonly at: Place;
  readonly url: Value<string> | undefined;
}

/** Absent means as EKS has it: a public endpoint, no private one, entries beside a map, the maker an administrator, no logs. */
export const clusters = kind<Cluster>("cluster", ({ terraform }) => {
  const issuers = Map.groupBy(terraform.ofType("aws_eks_identity_provider_config"), ({ block }) =>
    terraform.find(block.text("cluster_name"), "aws_eks_cluster"),
  );
  return terraform.ofType("aws_eks_cluster").map((resource) => {
    const network = resource.block.block("vpc_config");
    const access = resource.block.block("access_config");
    return {
      at: placeOfResource(resource),
      resource,
      publicEndpoint: network?.flag("endpoint_public_access") ?? true,
      privateEndpoint: network?.flag("endpoint_private_access") ?? false,
      authentication: access?.text("authentication_mode") ?? "CONFIG_MAP",
      creatorGoverns: access?.flag("bootstrap_cluster_creator_admin_permissions") ?? true,
      logs: resource.block.texts("enabled_cluster_log_types"),
      issuers: (issuers.get(resource) ?? []).map((each) => ({
        at: placeOfResource(each),
        url: each.block.block("oidc")?.text("issuer_url"),
      })),
    };
  });
});

/** What someone may do in a cluster. */
export interface ClusterAccess {
  readonly at: Place;
  readonly who: Value<string> | undefined;
  /** The identity, where outputs show it. */
  readonly identity: Identity | undefined;
  /** Groups of the cluster. */
  readonly groups: readonly Value<string>[];
  /** A policy of EKS, by its name: `AmazonEKSViewPolicy`. */
  readonly policy: Value<string> | undefined;
  /** Namespaces; absent: the whole cluster. */
  readonly namespaces: readonly Value<string>[] | undefined;
}

export const clusterAccesses = kind<ClusterAccess>("access to a cluster", (estate) => {
  const known = new Map(estate.of(identities).map((each) => [each.resource, each]));
  return estate.terraform.ofType("aws_eks_access_entry", "aws_eks_access_policy_association").map((resource) => {
    const { block } = resource;
    const who = block.text("principal_arn");
    const found = namedIdentity(estate, principalOf(who), "aws_iam_role", "aws_iam_user");
    const scope = block.block("access_scope");
    const policy = block.text("policy_arn");
    return {
      at: placeOfResource(resource),
      who,
      identity: found === undefined ? undefined : known.get(found),
      groups: block.texts("kubernetes_groups"),
      policy: policy === undefined || isUnknown(policy) ? policy : policy.slice(policy.lastIndexOf("/") + 1),
      namespaces: scope?.text("type") === "namespace" ? named(scope.texts("namespaces")) : undefined,
    };
  });
});

/** Namespaces that a list names; nothing where a pattern in it is all of them: `*`, `**`. */
const named = (namespaces: readonly Value<string>[]): readonly Value<string>[] | undefined =>
  namespaces.some((each) => !isUnknown(each) && /^[*?]*\*[*?]*$/.test(each)) ? undefined : namespaces;

/** A policy's principal is often said to be that of the entry. */
const principalOf = (who: Value<string> | undefined): Value<string> | undefined =>
  isUnknown(who) && who.resource?.type === "aws_eks_access_entry" ? who.resource.block.text("principal_arn") : who;
