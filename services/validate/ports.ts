import { listeners } from "../schema/component.ts";
import type { Listener } from "../schema/listener.ts";
import type { Service } from "../schema/service.ts";
import { isHosted } from "../schema/store.ts";
import type { Check, Fault } from "./fault.ts";
import { show } from "./show.ts";

/** One port, one program: on a host the component's own and those of stores on its loopback; in a pod its own. */

interface Bound {
  readonly listener: Listener;
  readonly path: string;
}

const bound = (path: string, all: readonly Listener[]): readonly Bound[] =>
  all.map((listener) => ({ listener, path: `${path}/listens/${listener.name}` }));

/** Loopback and network count as one: a program bound to every address would meet the other. */
function clashes(place: readonly Bound[]): readonly Fault[] {
  const taken = new Map<string, Listener>();
  return place.flatMap(({ listener, path }) => {
    const key = `${listener.protocol}/${listener.port}`;
    const holder = taken.get(key);
    if (holder === undefined) {
      taken.set(key, listener);
      return [];
    }
    const who = `${holder.owner}/${holder.name}`;
    return [{ path, rule: `must be a port that is free on the host (${who} has it)`, got: show(listener.port) }];
  });
}

const onHosts = (service: Service): readonly (readonly Bound[])[] => [
  ...service.components.map((component) => [
    ...bound(`${service.name}/components/${component.name}`, listeners(component)),
    ...service.stores.flatMap((store) =>
      "on" in store && store.on === component ? bound(`${service.name}/stores/${store.name}`, listeners(store)) : [],
    ),
  ]),
  ...service.stores.filter(isHosted).map((store) => bound(`${service.name}/stores/${store.name}`, listeners(store))),
];

export const ports: Check = ({ services }) => services.flatMap((service) => onHosts(service).flatMap(clashes));
