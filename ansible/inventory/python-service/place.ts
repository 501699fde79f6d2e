import type { Hosts, Unit } from "../../../services/schema/component.ts";
import type { GroupPlace } from "../role.ts";

/** Programs of the role on the host. */
export const LIBRARY = "/usr/local/lib/python-service";

/** A component whose units run Python, and the folder that all of them share. */
export interface Application {
  readonly component: Hosts;
  readonly units: readonly [Unit, ...Unit[]];
  /** Holds `venv`, a link to the release that runs, and `releases`: `/opt/ticketing`. */
  readonly root: string;
}

const PYTHON = /^python3\.(\d+)$/;
/** BRK-1.1; BRK-12.1 would take 3.8, whose life has ended (BRK-SEC.25). */
const OLDEST_MINOR = 12;
const PROGRAM = /^(\/\S+)\/venv\/bin\/\S+/;

const at = ({ resolved, group }: GroupPlace, unit: Unit): string =>
  `${resolved.service.name}/components/${group.name}/units/${unit.name}`;

function rootOf(place: GroupPlace, unit: Unit): string {
  const root = PROGRAM.exec(unit.exec)?.[1];
  if (root === undefined) {
    throw new Error(`${at(place, unit)}/exec: must start with <folder>/venv/bin/<program>, got "${unit.exec}"`);
  }
  return root;
}

function checkRuntime(place: GroupPlace, unit: Unit): void {
  const minor = Number(PYTHON.exec(unit.runtime)?.[1]);
  if (!(minor >= OLDEST_MINOR)) {
    throw new Error(
      `${at(place, unit)}/runtime: must be python3.${OLDEST_MINOR} or later (BRK-1.1), got "${unit.runtime}"`,
    );
  }
}

/** What of a group is Python; undefined for stores and for units that bring their own runtime. Throws with the path. */
export function applicationOf(place: GroupPlace): Application | undefined {
  const { group } = place;
  if (group.kind !== "hosts") return undefined;
  const [first, ...others] = group.units.filter(({ runtime }) => runtime.startsWith("python"));
  if (first === undefined) return undefined;
  const units: Application["units"] = [first, ...others];
  for (const unit of units) checkRuntime(place, unit);
  const roots = [...new Set(units.map((unit) => rootOf(place, unit)))];
  const runtimes = [...new Set(units.map(({ runtime }) => runtime))];
  if (roots.length > 1 || runtimes.length > 1) {
    throw new Error(
      `${place.resolved.service.name}/components/${group.name}/units: must share one venv and runtime, got ${[...roots, ...runtimes].join(", ")}`,
    );
  }
  return { component: group, units, root: rootOf(place, first) };
}
