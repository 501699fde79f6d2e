import { policiesOf } from "../cluster/network-policies.ts";
import type { Pod } from "../cluster/pod.ts";
import type { Estate } from "../estate.ts";
import { openingsOf } from "../network-policies.ts";
import { hasPort } from "../ports.ts";

const TCP = 6;

/** Whether NetworkPolicies let anybody in to a port of a pod, or the pod out to a port of anybody. */
export function admits(
  estate: Estate,
  pod: Pod,
  direction: "ingress" | "egress",
  port: number,
  protocol = TCP,
): boolean {
  if (policiesOf(pod, estate).length === 0) return true;
  const { closed, openings } = openingsOf(estate, pod, direction);
  return (
    !closed ||
    openings.some(({ ports }) =>
      ports === undefined ? true : ports.some((each) => each.protocol === protocol && isOf(pod, each.ports, port)),
    )
  );
}

/** A name is of the port that some container gives it. */
const isOf = (pod: Pod, ports: Parameters<typeof hasPort>[0] | { readonly name: string }, port: number): boolean =>
  "name" in ports
    ? pod.containers.some((each) => each.ports.some(({ name, port: own }) => name === ports.name && own === port))
    : hasPort(ports, port);
