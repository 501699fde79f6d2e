import type { Hosts, Unit } from "../../../services/schema/component.ts";
import type { GroupPlace, Variables } from "../role.ts";
import { addressOf, handedOver, portOf, SERVE } from "./address.ts";
import { refusedValues } from "./contract.ts";
import { filesOfUnit } from "./files.ts";
import type { Application } from "./place.ts";

/** Requests in flight end, and what the program does after them, before systemd kills it. */
const STOP_MARGIN_SECONDS = 15;
/** Share of the host's memory for all units together; less where a store lies beside them. */
const MEMORY_PERCENT = 70;
const MEMORY_BESIDE_STORE_PERCENT = 40;
const TASKS = 256;

/**
 * Where a unit answers on loopback that it is ready: on the port that it is started with, or on the component's, behind which
 * its first unit stands. Undefined: it is ready when it runs.
 */
export function readinessOf({ component, units }: Application, unit: Unit): string | undefined {
  const { health, listens } = component;
  const port = portOf(unit) ?? (unit === units[0] ? listens["upstream"]?.port : undefined);
  return health.kind === "http" && port !== undefined ? `http://127.0.0.1:${port}${health.path}` : undefined;
}

/** Stores of files that a component uses. */
export const sharedFiles = ({ resolved, group }: GroupPlace) =>
  resolved.service.stores
    .filter((store) => store.kind === "files")
    .filter(({ name }) => resolved.service.flows.some(({ from, to }) => from.name === group.name && to.owner === name));

const holdsStore = ({ resolved }: GroupPlace, component: Hosts): boolean =>
  resolved.service.stores.some((store) => "on" in store && store.on === component);

/** What the role is told of one unit. Throws with every refused name. */
export function unitVars(place: GroupPlace, application: Application, unit: Unit): Variables {
  const { component, units } = application;
  const { service } = place.resolved;
  const path = `${service.name}/components/${component.name}/units/${unit.name}`;
  const refused = refusedValues(service.name, component.name, path, unit.environment.values);
  if (refused.length > 0) throw new Error(refused.join("\n"));
  const share = holdsStore(place, component) ? MEMORY_BESIDE_STORE_PERCENT : MEMORY_PERCENT;
  return {
    name: unit.name,
    why: component.why,
    user: unit.user,
    directory: unit.directory,
    exec: handedOver(unit),
    address: addressOf(unit),
    environment_file: unit.environment.path,
    files: [
      ...filesOfUnit(unit).map((file) => String(file["dest"])),
      ...(addressOf(unit) === undefined ? [] : [SERVE]),
    ],
    writable: [...(unit.logs === undefined ? [] : [unit.logs]), ...sharedFiles(place).map((store) => store.path)],
    ready: readinessOf(application, unit),
    stop_seconds: component.longestRequest + STOP_MARGIN_SECONDS,
    memory_percent: Math.floor(share / units.length),
    tasks: TASKS,
  };
}
