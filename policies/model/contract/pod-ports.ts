import { staysOn } from "../cluster/container.ts";
import type { Pod } from "../cluster/pod.ts";
import type { ServicePort } from "../cluster/services.ts";
import { isUnknown, type Value } from "../value.ts";

/** The number of a port of a pod that is named by number or by name; nothing where no container lists it. */
export function listedPort({ containers }: Pod, port: Value<number> | string | undefined): number | undefined {
  const all = containers.filter(staysOn).flatMap(({ ports }) => ports);
  const found = all.find((each) => (typeof port === "string" ? each.name === port : each.port === port));
  return found === undefined || isUnknown(found.port) ? undefined : found.port;
}

/** Where a port of a Service leads in one of its pods. */
export const targetOf = (pod: Pod, { target }: ServicePort): number | undefined => listedPort(pod, target);

/** For a finding. */
export const portShown = (port: Value<number> | string | undefined): string =>
  isUnknown(port) ? port.expression : String(port);
