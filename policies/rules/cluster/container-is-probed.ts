import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Container, staysOn } from "../../model/cluster/container.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { type Probe, patienceOf, seconds } from "../../model/cluster/probe.ts";

/** A program that hangs is started again; one that is not ready gets no requests; neither happens by mistake. */
export const containerIsProbed = rule({
  id: "K8S-007",
  slug: "container-is-probed",
  severity: "high",
  title: "Containers that run on are probed: alive each by itself, ready together, and not while they start",
  why: "Without readiness, requests go to pods that cannot answer; without liveness a hung one stays; a liveness that asks what readiness asks restarts every pod when a database is away.",
  fix: "Give each container livenessProbe with startupProbe (or initialDelaySeconds), and readinessProbe to what has the port; let liveness wait twice as long as readiness if they ask the same.",
  appliesTo: pods,
  requirements: ["MUN-4.10", "MUN-4.11"],
  concerns: ({ runs }) => runs === "on",
  check: (pod) => [...readinessOf(pod), ...pod.containers.filter(staysOn).flatMap(livenessOf)],
});

/**
 * Each container with ports is asked by some readiness of its pod, or is a sidecar, without which the pod is not ready
 * and which is asked before the others start. A pod without ports has one all the same.
 */
function readinessOf({ containers, path }: Pod): readonly Objection[] {
  const staying = containers.filter(staysOn);
  const probes = staying.flatMap(({ readiness }) => (readiness === undefined ? [] : [readiness]));
  if (probes.length === 0) return [objection(`${path}.containers`, "no readinessProbe", "at least one")];
  const isAsked = ({ ports }: Container): boolean =>
    probes.some(({ port }) => ports.some((each) => port !== undefined && (each.port === port || each.name === port)));
  return staying
    .filter((each) => each.ports.length > 0 && each.readiness === undefined && !isAsked(each) && !isAwaited(each))
    .map((each) =>
      objection(`${each.path}.readinessProbe`, "nothing", "a probe, or one of its pod that asks its port"),
    );
}

const isAwaited = ({ role, startup, ports }: Container): boolean =>
  role === "sidecar" && ports.some(({ name, port }) => startup?.port === port || startup?.port === name);

function livenessOf(container: Container): readonly Objection[] {
  const { path, liveness, readiness, startup } = container;
  const at = `${path}.livenessProbe`;
  if (liveness === undefined || liveness.kind === "none") return [objection(at, "nothing", "a probe")];
  const waits = startup !== undefined || seconds(liveness.initialDelay) > 0;
  const isTrap = readiness?.asks === liveness.asks && patienceOf(liveness) < 2 * patienceOf(readiness);
  return [
    ...(waits ? [] : [objection(`${path}.startupProbe`, "nothing", "a probe, or initialDelaySeconds of the liveness")]),
    ...(isTrap
      ? [
          objection(
            at,
            `asks what readiness asks, and gives up after ${patienceOf(liveness)} s`,
            `something else, or ${2 * patienceOf(readiness)} s`,
          ),
        ]
      : []),
    ...late(at, liveness, LONGEST.liveness),
    ...late(`${path}.readinessProbe`, readiness, LONGEST.readiness),
    ...late(`${path}.startupProbe`, startup, LONGEST.startup),
    ...costOf(at, liveness),
    ...(readiness === undefined ? [] : costOf(`${path}.readinessProbe`, readiness)),
  ];
}

/** Seconds after which a probe that has not acted is none: pods that hang, that answer nobody, that never start. */
const LONGEST = { liveness: 600, readiness: 180, startup: 3_600 } as const;

function late(attribute: string, probe: Probe | undefined, longest: number): readonly Objection[] {
  const after = probe === undefined ? 0 : patienceOf(probe) + seconds(probe.initialDelay);
  return after <= longest ? [] : [objection(attribute, `gives up after ${after} s`, `${longest} s at most`)];
}

/** A command is a process each time: not too often, and with time to start. */
function costOf(attribute: string, probe: Probe): readonly Objection[] {
  if (probe.kind !== "exec") return [];
  return [
    ...(seconds(probe.period) < 10
      ? [objection(`${attribute}.periodSeconds`, probe.period, "10 or more for a command")]
      : []),
    ...(seconds(probe.timeout) < 3
      ? [objection(`${attribute}.timeoutSeconds`, probe.timeout, "3 or more for a command")]
      : []),
  ];
}
