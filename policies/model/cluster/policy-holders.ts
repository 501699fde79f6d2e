import { type Estate, kind } from "../estate.ts";
import { objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { templatedJson } from "../templated-json.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { nodeClasses } from "./nodes.ts";
import { objectsOf } from "./objects.ts";

/** What pods run on beside EKS Auto Mode, and whether it holds NetworkPolicies. */
export interface PolicyHolder {
  readonly at: Place;
  readonly attribute: string;
  readonly holds: Value<boolean>;
}

/** Groups of nodes, nodes of Karpenter, and Fargate, which holds none (Amazon EKS user guide, "Limit Pod traffic", November 2025). */
export const policyHolders = kind<PolicyHolder>("nodes beside Auto Mode", (estate) => {
  const { terraform } = estate;
  const byAgent = agentOfCluster(estate);
  return [
    ...terraform.ofType("aws_eks_fargate_profile").map((resource) => ({
      ...{ at: placeOfResource(resource), attribute: "selector", holds: false },
    })),
    ...terraform.ofType("aws_eks_node_group").map((resource) => ({
      at: placeOfResource(resource),
      attribute: "aws_eks_addon vpc-cni enableNetworkPolicy",
      holds: byAgent || heldByAddOn(estate, resource),
    })),
    ...estate
      .of(nodeClasses)
      .filter(({ kind: each }) => each === "EC2NodeClass")
      .map(({ at }) => ({
        ...{ at, attribute: "aws_eks_addon vpc-cni enableNetworkPolicy" },
        holds: byAgent || heldByAddOn(estate, undefined),
      })),
  ];
});

const AGENTS = /^(?:calico-node|cilium|antrea-agent)$/;

/** Agents of others that hold policies on every node. */
const agentOfCluster = (estate: Estate): boolean =>
  objectsOf(estate, "DaemonSet", "apps").some(({ name }) => AGENTS.test(name));

/** The add-on of the nodes' cluster, or of any where it is not said. */
function heldByAddOn({ terraform }: Estate, nodes: Resource | undefined): Value<boolean> {
  const cluster = nodes?.block.text("cluster_name");
  const addOn = terraform.ofType("aws_eks_addon").find(({ block }) => {
    const named = block.text("cluster_name");
    const isHere =
      cluster === undefined ||
      String(named) === String(cluster) ||
      (terraform.find(named) !== undefined && terraform.find(named) === terraform.find(cluster));
    return block.text("addon_name") === "vpc-cni" && isHere;
  });
  const said = addOn?.block.text("configuration_values");
  if (said === undefined || isUnknown(said)) return said ?? false;
  const json = templatedJson(said);
  return json === undefined ? new Unknown(said) : String(objectOf(json)["enableNetworkPolicy"]) === "true";
}
