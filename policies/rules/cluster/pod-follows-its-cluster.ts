import { objection, rule } from "../../engine/rule.ts";
import type { Fields } from "../../model/cluster/fields.ts";
import { pods } from "../../model/cluster/pods.ts";

/** What takes a pod past the cluster's own names, nodes and runtimes; each with what it should be. */
const OWN_WAYS: readonly (readonly [field: string, expected: string, isOwn: (spec: Fields) => boolean])[] = [
  ["hostAliases", "names from the cluster", (spec) => spec.list("hostAliases").length > 0],
  ["dnsConfig.nameservers", "the cluster's resolver", (spec) => spec.in("dnsConfig").list("nameservers").length > 0],
  ["dnsConfig.searches", "the cluster's zones", (spec) => spec.in("dnsConfig").list("searches").length > 0],
  [
    "dnsPolicy",
    "ClusterFirst",
    (spec) =>
      !["ClusterFirst", "ClusterFirstWithHostNet", "Default"].includes(String(spec.raw["dnsPolicy"] ?? "ClusterFirst")),
  ],
  ["nodeName", "a node that the scheduler chooses", (spec) => spec.has("nodeName")],
  [
    "schedulerName",
    "default-scheduler",
    (spec) => (spec.raw["schedulerName"] ?? "default-scheduler") !== "default-scheduler",
  ],
  ["runtimeClassName", "the runtime of its nodes", (spec) => spec.has("runtimeClassName")],
  ["imagePullSecrets", "images by the role of the node", (spec) => spec.list("imagePullSecrets").length > 0],
];

/** A pod asks the cluster for names, and lets it choose where and how it runs. */
export const podFollowsItsCluster = rule({
  id: "K8S-042",
  slug: "pod-follows-its-cluster",
  severity: "high",
  title: "Pods get names, nodes, runtimes and images from their cluster, and no others",
  why: "An alias sends a database's name and its password to another address; a resolver of its own carries data out; a node by name goes past quotas and taints.",
  fix: "Leave hostAliases, dnsConfig, nodeName, schedulerName, runtimeClassName and imagePullSecrets out.",
  appliesTo: pods,
  requirements: [],
  check: ({ spec, path }) =>
    OWN_WAYS.filter(([, , isOwn]) => isOwn(spec)).map(([field, expected]) => {
      const [first = "", second] = field.split(".");
      const got = second === undefined ? spec.raw[first] : spec.in(first).raw[second];
      return objection(`${path}.${field}`, got, expected);
    }),
});
