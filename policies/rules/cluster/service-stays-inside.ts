import { demand, objection, rule } from "../../engine/rule.ts";
import { services } from "../../model/cluster/services.ts";

/** The only way in is a load balancer of Terraform, where firewall, certificate and logs are judged. */
export const serviceStaysInside = rule({
  id: "K8S-020",
  slug: "service-stays-inside",
  severity: "critical",
  title: "Services have an address inside the cluster, and send only to pods that they select",
  why: "A LoadBalancer or NodePort opens a way in that no firewall rule of this repository knows; externalIPs take over addresses of others (CVE-2020-8554).",
  fix: "Use type ClusterIP with a selector; bind public traffic by a TargetGroupBinding to a target group of Terraform.",
  appliesTo: services,
  requirements: ["NOD-1.1", "NOD-5.2", "CVE-2020-8554"],
  check: ({ type, spec, selector, ports }) => [
    ...demand("spec.type", type, "ClusterIP", (each) => each === "ClusterIP"),
    ...["externalIPs", "loadBalancerIP", "loadBalancerClass", "externalName"]
      .filter((name) => spec.has(name) && spec.texts(name).length > 0)
      .map((name) => objection(`spec.${name}`, spec.texts(name), "nothing")),
    ...ports
      .filter(({ nodePort }) => nodePort !== undefined)
      .map(({ nodePort }) => objection("spec.ports.nodePort", nodePort, "nothing")),
    // Without one, Endpoints that anybody may write say where it sends to.
    ...(selector.size === 0 ? [objection("spec.selector", undefined, "labels of its pods")] : []),
  ],
});
