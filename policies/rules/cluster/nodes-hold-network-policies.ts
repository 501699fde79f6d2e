import { demand, missing, rule } from "../../engine/rule.ts";
import { policyHolders } from "../../model/cluster/policy-holders.ts";

/** Nodes of Auto Mode are told by a ConfigMap, which K8S-043 judges. */
export const nodesHoldNetworkPolicies = rule({
  id: "K8S-048",
  slug: "nodes-hold-network-policies",
  severity: "high",
  title: "Whatever pods run on holds NetworkPolicies: no Fargate, and no nodes without their agent",
  why: "The API takes every NetworkPolicy; on such nodes nothing closes, and a pod that is sent there reaches each database.",
  fix: 'The add-on vpc-cni with configuration_values {"enableNetworkPolicy": "true"}, or nodes of Auto Mode; no Fargate.',
  appliesTo: policyHolders,
  requirements: ["CIS 5.3.1"],
  check: ({ attribute, holds }, estate) =>
    missing(estate, demand(attribute, holds, "nodes that hold NetworkPolicies", Boolean)),
});
