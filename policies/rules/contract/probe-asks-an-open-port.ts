import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Container, staysOn } from "../../model/cluster/container.ts";
import { listenersOf } from "../../model/cluster/listeners.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Probe } from "../../model/cluster/probe.ts";
import { listedPort, portShown } from "../../model/contract/pod-ports.ts";
import type { Estate } from "../../model/estate.ts";
import { isUnknown } from "../../model/value.ts";

/** The kubelet asks what is there, in its own language. */
export const probeAsksAnOpenPort = rule({
  id: "ONE-002",
  slug: "probe-asks-an-open-port",
  severity: "medium",
  title: "Probes ask a port that their pod lists, of the pod itself, by HTTPS where TLS is spoken",
  why: "A probe of a port that nobody opens restarts a pod for ever; one of another host says nothing about this pod.",
  fix: "Name in each probe a containerPort of the pod, with scheme HTTPS behind TLS, and no host.",
  appliesTo: pods,
  requirements: ["MUN-4.10", "MUN-4.11"],
  concerns: ({ runs }) => runs === "on",
  check: (pod, estate) => pod.containers.filter(staysOn).flatMap((container) => asksOf(pod, container, estate)),
});

const asksOf = (pod: Pod, container: Container, estate: Estate): readonly Objection[] =>
  (["startup", "readiness", "liveness"] as const).flatMap((name) => {
    const probe = container[name];
    return probe === undefined || probe.port === undefined
      ? []
      : askedBy(pod, probe, `${container.path}.${name}Probe`, estate);
  });

function askedBy(pod: Pod, { kind, port, scheme, host }: Probe, at: string, estate: Estate): readonly Objection[] {
  const asked = listedPort(pod, port);
  const far = host === undefined ? [] : [objection(`${at}.host`, host, "nothing: the pod itself")];
  if (asked === undefined)
    return [...far, objection(`${at}.port`, `${portShown(port)}, which the pod does not list`, "a containerPort")];
  if (kind !== "http") return far;
  const listener = listenersOf(pod, estate).find((each) => each.port === asked && each.server !== undefined);
  if (listener === undefined || isUnknown(listener.encrypted)) return far;
  const expected = listener.encrypted ? "HTTPS" : "HTTP";
  return scheme === expected ? far : [...far, objection(`${at}.scheme`, scheme, expected)];
}
