import { objection, rule } from "../../engine/rule.ts";
import { clusterAccesses } from "../../model/identity/clusters.ts";
import { demandsFactor } from "../../model/identity/conditions.ts";
import { type Identity, isPipeline, trustOf } from "../../model/identity/identities.ts";
import { isUnknown, shown } from "../../model/value.ts";

const GOVERNING = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
];
const READING = ["AmazonEKSViewPolicy", "AmazonEKSSecretReaderPolicy"];

/** Governing a cluster is for the pipeline and for people with a second factor, and nobody is of system:masters. */
export const clusterAccessIsLimited = rule({
  id: "IAM-020",
  slug: "cluster-access-is-limited",
  severity: "critical",
  title: "Only the pipeline and people with a second factor govern a cluster; others see named namespaces",
  why: "A host or pod that governs the cluster reads every secret in it; system:masters cannot even be limited.",
  fix: "Associate AmazonEKSViewPolicy with named namespaces, or a group with a role of the cluster.",
  appliesTo: clusterAccesses,
  requirements: [],
  check({ who, identity, groups, policy, namespaces }) {
    const masters = groups.filter(
      (each) => isUnknown(each) || /^system:(?:masters|authenticated|unauthenticated|nodes)$/.test(each),
    );
    const found = masters.map((each) => objection("kubernetes_groups", each, "a group of our own"));
    if (policy === undefined) return found;
    if (isUnknown(policy)) return [...found, objection("policy_arn", policy, "a policy that outputs show")];
    if (READING.includes(policy) && namespaces !== undefined) return found;
    if (GOVERNING.includes(policy) && identity !== undefined && isGuarded(identity)) return found;
    const where = namespaces === undefined ? "the whole cluster" : shown(namespaces);
    return [
      ...found,
      objection(
        "policy_arn",
        `${policy} on ${where} for ${shown(who)}`,
        "the pipeline, people with a second factor, or AmazonEKSViewPolicy in namespaces",
      ),
    ];
  },
});

const isGuarded = (identity: Identity): boolean =>
  isPipeline(identity) || (trustOf(identity).length > 0 && trustOf(identity).every(demandsFactor));
