import { objection, rule } from "../../engine/rule.ts";
import { Fields } from "../../model/cluster/fields.ts";
import { nodeClasses } from "../../model/cluster/nodes.ts";
import { objectsOf } from "../../model/cluster/objects.ts";
import { Unknown } from "../../model/value.ts";

const SWITCH = "enable-network-policy-controller";

/** A NetworkPolicy that no node holds is a text. */
export const networkPolicyIsHeld = rule({
  id: "K8S-043",
  slug: "network-policy-is-held",
  severity: "critical",
  title: "Nodes of EKS Auto Mode are told to hold NetworkPolicies, from the first packet",
  why: "The API takes every NetworkPolicy and nothing closes: each pod reaches each database, and no rule about policies notices.",
  fix: `ConfigMap amazon-vpc-cni in kube-system with ${SWITCH}: "true"; networkPolicy DefaultAllow or DefaultDeny on each NodeClass.`,
  appliesTo: nodeClasses,
  requirements: ["CIS 5.3.1"],
  concerns: ({ kind }) => kind === "NodeClass",
  check: ({ spec }, estate) => {
    const told = objectsOf(estate, "ConfigMap", "").find(
      ({ name, namespace }) => name === "amazon-vpc-cni" && namespace === "kube-system",
    );
    const held = new Fields(told?.body["data"]).raw[SWITCH];
    const policy = spec.raw["networkPolicy"] ?? "DefaultAllow";
    return [
      ...(held === "true"
        ? []
        : [
            objection(
              `ConfigMap amazon-vpc-cni ${SWITCH}`,
              told === undefined ? new Unknown("it is not shown") : held,
              "true",
            ),
          ]),
      ...(policy === "DefaultAllow" || policy === "DefaultDeny"
        ? []
        : [objection("spec.networkPolicy", policy, "DefaultAllow or DefaultDeny")]),
    ];
  },
});
