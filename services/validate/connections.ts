import { listeners } from "../schema/component.ts";
import type { Listener } from "../schema/listener.ts";
import type { Service } from "../schema/service.ts";
import type { Store } from "../schema/store.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { namedValues, piecesOf } from "./named-values.ts";

/** Nothing is paid for that nobody uses: a flow was forgotten, or the part was. */

const reached = (service: Service): ReadonlySet<Listener> =>
  new Set([
    ...service.flows.map(({ to }) => to),
    ...service.entrypoints.flatMap(({ to, routes }) => [to, ...routes.flatMap((route) => route.to ?? [])]),
  ]);

/** All that opens connections, holds rights or runs; a job keeps its component in use. */
const active = (service: Service): ReadonlySet<unknown> =>
  new Set([
    ...[...service.flows, ...service.egress, ...service.access].map(({ from }) => from),
    ...service.jobs.map(({ on }) => on),
  ]);

/** Buckets that somebody has rights at or names. */
const used = (service: Service): ReadonlySet<string> =>
  new Set([
    ...service.access.map(({ to }) => to.name),
    ...namedValues(service)
      .flatMap(({ value }) => piecesOf(value))
      .flatMap((piece) => (typeof piece === "object" && piece.kind === "bucket" ? [piece.of.name] : [])),
  ]);

function idle(service: Service): readonly Fault[] {
  const targets = reached(service);
  const callers = active(service);
  const buckets = used(service);
  const inUse = (store: Store) =>
    store.kind === "objects" ? buckets.has(store.name) : listeners(store).some((listener) => targets.has(listener));
  return [
    ...service.components.flatMap((component) =>
      unless(
        callers.has(component) || listeners(component).some((listener) => targets.has(listener)),
        `${service.name}/components/${component.name}`,
        "must be in a flow, an egress, an entrypoint or a job",
        "none",
      ),
    ),
    ...service.stores.flatMap((store) =>
      unless(inUse(store), `${service.name}/stores/${store.name}`, "must be reached by somebody", "nobody"),
    ),
  ];
}

export const connections: Check = ({ services }) => services.flatMap(idle);
