import { missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { listenersOf } from "../../model/cluster/listeners.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { admits } from "../../model/contract/openings.ts";
import { behind, portOf, portShown } from "../../model/contract/pod-ports.ts";
import { type GroupBinding, groupBindings, groupOfBinding } from "../../model/contract/target-groups.ts";
import type { Estate } from "../../model/estate.ts";
import type { TargetGroup } from "../../model/load-balancers.ts";
import { known, Unknown } from "../../model/value.ts";

/** From the load balancer to the pod: one port, and one language. */
export const targetGroupBindingReachesItsPods = rule({
  id: "ONE-007",
  slug: "target-group-binding-reaches-its-pods",
  severity: "high",
  title: "A binding, its Service, its pods and its target group of Terraform have one port and speak the same",
  why: "Terraform and the chart are applied by different commands: where they differ, every target is unhealthy and the service is gone.",
  fix: "Let port and protocol of the target group, serviceRef.port, targetPort and NetworkPolicy be those of the declared port; target type ip, health check on the traffic port.",
  appliesTo: groupBindings,
  requirements: ["NOD-1.1", "MUN-2.3"],
  check: (binding, estate) => {
    const { service, serviceName, port } = binding;
    if (service === undefined)
      return missing(estate, [objection("spec.serviceRef.name", serviceName, "a Service of its namespace")]);
    const own = portOf(service, port);
    if (own === undefined) return [objection("spec.serviceRef.port", portShown(port), `a port of ${serviceName}`)];
    const { pod, target } = behind(service, own);
    if (pod === undefined || target === undefined)
      return missing(estate, [
        objection("spec.serviceRef", `${serviceName} ${portShown(port)}: no pod lists it`, "pods"),
      ]);
    const closed = admits(estate, pod, "ingress", target)
      ? []
      : missing(estate, [
          objection("NetworkPolicy", `lets nobody in to ${target} of ${pod.owner}`, "the subnets of the load balancer"),
        ]);
    return [...closed, ...objectionsOfGroup(binding, pod, target, estate)];
  },
});

/** What Terraform says; manifests alone do not show it. */
function objectionsOfGroup(binding: GroupBinding, pod: Pod, target: number, estate: Estate): readonly Objection[] {
  if (estate.terraform.documents.every(({ resources }) => resources.length === 0)) return [];
  const group = groupOfBinding(binding, estate);
  if (group === undefined)
    return [
      objection(
        "spec.targetGroupARN",
        new Unknown(binding.group ?? "a group that is not named"),
        "a target group of Terraform",
      ),
    ];
  return [...portsOf(group, target), ...spokenOf(group, pod, target, estate), ...typeOf(group, binding)];
}

const portsOf = ({ at, port, resource }: TargetGroup, target: number): readonly Objection[] => {
  const health = resource.block.block("health_check")?.text("port") ?? "traffic-port";
  return [
    ...(port === target ? [] : [objection("port", port, `${target}, where its pods listen`, at)]),
    ...(health === "traffic-port" || health === String(target)
      ? []
      : [objection("health_check.port", health, "traffic-port", at)]),
  ];
};

function spokenOf(
  { at, protocol, healthProtocol }: TargetGroup,
  pod: Pod,
  target: number,
  estate: Estate,
): readonly Objection[] {
  const encrypted = known(listenersOf(pod, estate).find(({ port }) => port === target)?.encrypted);
  if (encrypted === undefined) return [];
  const speaks = (value: unknown): boolean => value === "TCP" || (value === "HTTPS" || value === "TLS") === encrypted;
  const expected = encrypted ? "HTTPS, as its pods" : "HTTP, as its pods";
  return [
    ...(speaks(known(protocol)) ? [] : [objection("protocol", protocol, expected, at)]),
    ...(speaks(known(healthProtocol)) ? [] : [objection("health_check.protocol", healthProtocol, expected, at)]),
  ];
}

const typeOf = (group: TargetGroup, { type }: GroupBinding): readonly Objection[] => [
  ...(group.type === "ip"
    ? []
    : [objection("target_type", group.type, "ip: pods have addresses of their own", group.at)]),
  ...(type === undefined || type === "ip" ? [] : [objection("spec.targetType", type, "ip")]),
];
