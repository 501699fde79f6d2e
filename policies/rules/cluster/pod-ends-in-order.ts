import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Container } from "../../model/cluster/container.ts";
import type { Pod } from "../../model/cluster/pod.ts";
import { pods } from "../../model/cluster/pods.ts";
import { servedPods } from "../../model/cluster/services.ts";
import { isUnknown } from "../../model/value.ts";

/** Seconds that endpoints and load balancers take to learn that a pod is going. */
const LEARNED = 10;
/** Seconds to finish what is begun, once requests no longer come. */
const FINISHED = 10;

/** Nothing is cut off when a pod goes, and pods go each week. */
export const podEndsInOrder = rule({
  id: "K8S-008",
  slug: "pod-ends-in-order",
  severity: "medium",
  title: "A pod that is told to end has time to, and none is told while requests still come",
  why: "Endpoints are taken away while the program already ends: without a pause some requests of every release and every new node are refused.",
  fix: `Let containers that serve wait ${LEARNED} s or more in preStop, and set terminationGracePeriodSeconds at least ${FINISHED} s above.`,
  appliesTo: pods,
  requirements: [],
  check: (pod, estate) => {
    const grace = pod.spec.number("terminationGracePeriodSeconds") ?? 30;
    const mains = pod.containers.filter(({ role }) => role === "main");
    return [
      ...demand(
        `${pod.path}.terminationGracePeriodSeconds`,
        grace,
        `${needed(mains)} or more`,
        (each) => each >= needed(mains),
      ),
      ...(servedPods(estate).has(pod) ? mains.flatMap(pauseOf) : []),
      ...(pod.runs === "once" ? lastsOf(pod, grace) : []),
    ];
  },
});

const seconds = ({ waits }: Container): number => (typeof waits === "number" ? waits : 0);

const needed = (containers: readonly Container[]): number => Math.max(0, ...containers.map(seconds)) + FINISHED;

const pauseOf = (container: Container): readonly Objection[] => {
  const { path, waits } = container;
  if (waits === "unknown" || seconds(container) >= LEARNED) return [];
  return [
    objection(`${path}.lifecycle.preStop`, waits === undefined ? waits : `${waits} s`, `sleep of ${LEARNED} s or more`),
  ];
};

/** A job's pod that hangs on is not yet gone when the next one starts. */
const lastsOf = ({ path }: Pod, grace: ReturnType<Pod["spec"]["number"]>): readonly Objection[] =>
  grace !== undefined && !isUnknown(grace) && grace > 600
    ? [objection(`${path}.terminationGracePeriodSeconds`, grace, "600 or less for a job")]
    : [];
