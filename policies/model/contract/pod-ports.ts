import { staysOn } from "../cluster/container.ts";
import type { Pod } from "../cluster/pod.ts";
import { type Service, type ServicePort, services } from "../cluster/services.ts";
import type { Estate } from "../estate.ts";
import { isUnknown, type Value } from "../value.ts";

/** The number of a port of a pod that is named by number or by name; nothing where no container lists it. */
export function listedPort({ containers }: Pod, port: Value<number> | string | undefined): number | undefined {
  const all = containers.filter(staysOn).flatMap(({ ports }) => ports);
  const found = all.find((each) => (typeof port === "string" ? each.name === port : each.port === port));
  return found === undefined || isUnknown(found.port) ? undefined : found.port;
}

/** Where a port of a Service leads in one of its pods. */
export const targetOf = (pod: Pod, { target }: ServicePort): number | undefined => listedPort(pod, target);

/** A port of a Service by its number or its name. */
export const portOf = ({ ports }: Service, port: Value<number> | string | undefined): ServicePort | undefined =>
  ports.find((each) => (typeof port === "string" ? each.name === port : each.port === port));

/** A pod that a Service sends to, and where a port of the Service leads in it; nothing where none is there. */
export function behind(
  { pods }: Service,
  port: ServicePort,
): { readonly pod: Pod | undefined; readonly target: number | undefined } {
  const pod = pods.find(({ runs }) => runs === "on");
  return { pod, target: pod === undefined ? undefined : targetOf(pod, port) };
}

const NAME = "app.kubernetes.io/name";

/** Whether some Service sends to a port of a pod; of two colours of a component a Service sends to one. */
export const isSentTo = (estate: Estate, pod: Pod, port: number): boolean =>
  estate
    .of(services)
    .some(({ ports, pods }) =>
      ports.some(
        (each) =>
          each.port === port &&
          pods.some(
            (other) =>
              other.namespace === pod.namespace &&
              other.labels.get(NAME) === pod.labels.get(NAME) &&
              targetOf(other, each) === port,
          ),
      ),
    );

/** For a finding. */
export const portShown = (port: Value<number> | string | undefined): string =>
  isUnknown(port) ? port.expression : String(port);
