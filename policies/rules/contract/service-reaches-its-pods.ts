import { demand, missing, type Objection, objection, rule } from "../../engine/rule.ts";
import { labelsAsSelector, selectorShown } from "../../model/cluster/selector.ts";
import { type Service, services } from "../../model/cluster/services.ts";
import { portShown, targetOf } from "../../model/contract/pod-ports.ts";
import type { Estate } from "../../model/estate.ts";

/** What is sent to a Service arrives. */
export const serviceReachesItsPods = rule({
  id: "ONE-001",
  slug: "service-reaches-its-pods",
  severity: "high",
  title:
    "Every Service selects pods that run on, sends to those that are ready, and each of its ports is one that they all list",
  why: "A label or a port that differs by a letter is no error to anybody: requests end in a time-out, and every object by itself is right.",
  fix: "Let selector and labels, targetPort and containerPort be the same; keep labels of jobs apart from those of what serves.",
  appliesTo: services,
  requirements: ["NOD-1.1"],
  concerns: ({ selector }) => selector.size > 0,
  check: (service, estate) => [
    ...podsOf(service, estate),
    ...readyOf(service),
    ...service.pods.flatMap((pod) => portsOf(service, pod)),
  ],
});

function podsOf({ pods, selector }: Service, estate: Estate): readonly Objection[] {
  if (pods.length === 0) {
    const shown = `${selectorShown(labelsAsSelector(selector))}: no pod`;
    return missing(estate, [objection("spec.selector", shown, "labels of pods")]);
  }
  return pods
    .filter(({ runs }) => runs === "once")
    .map(({ owner }) => objection("spec.selector", `${owner}, which serves nothing`, "labels of what serves alone"));
}

/** Whoever asks a headless Service for names of pods may want those that are not ready yet, such as members of a cluster. */
const readyOf = ({ spec }: Service): readonly Objection[] =>
  spec.text("clusterIP") === "None"
    ? []
    : demand(
        "spec.publishNotReadyAddresses",
        spec.flag("publishNotReadyAddresses") ?? false,
        "false: pods that are ready alone",
        (each) => !each,
      );

const portsOf = ({ ports }: Service, pod: Service["pods"][number]): readonly Objection[] =>
  ports
    .filter((port) => pod.runs === "on" && targetOf(pod, port) === undefined)
    .map(({ name, target, port }) =>
      objection(
        `spec.ports[${name ?? portShown(port)}].targetPort`,
        `${portShown(target)}, which ${pod.owner} does not list`,
        "a containerPort",
      ),
    );
