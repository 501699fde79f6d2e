import type { Estate, Host } from "../services/resolve.ts";
import { hostGroups } from "../services/resolve.ts";
import { environmentVars, groupVars, hostVars } from "./inventory/platform.ts";
import type { GroupPlace, HostRole, Variable, Variables } from "./inventory/role.ts";
import { hostRoles } from "./inventory/roles.ts";

/** A group of the inventory: other groups in it, or hosts. */
interface InventoryGroup {
  readonly children?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  readonly hosts?: Readonly<Record<string, Readonly<Record<string, never>>>>;
}

/** What Ansible knows of an environment: which hosts there are, in which groups, with which variables. */
export interface Inventory {
  readonly groups: Readonly<Record<string, InventoryGroup>>;
  readonly environmentVars: Variables;
  /** By group: one for each component and store. */
  readonly groupVars: Readonly<Record<string, Variables>>;
  /** By host. */
  readonly hostVars: Readonly<Record<string, Variables>>;
}

/** Groups are called in Python's way, for Ansible refuses hyphens: `message_broker_proxy`. */
const groupName = (...parts: readonly string[]): string => parts.join("_").replaceAll("-", "_");

const empty = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));

/** Every component and store on hosts of an environment. */
const places = (estate: Estate): readonly GroupPlace[] =>
  estate.services.flatMap((resolved) =>
    hostGroups(resolved.service).map((group) => ({
      estate,
      resolved,
      group,
      hosts: resolved.hosts.filter((host) => host.group === group.name),
    })),
  );

/** Undefined variables are no variables. */
const defined = (variables: Variables): Readonly<Record<string, Variable>> =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, Variable] => entry[1] !== undefined));

/** A place with the roles that are for it, and what they are told. */
function planned(place: GroupPlace, roles: readonly HostRole[]) {
  const found = roles.flatMap((role) => {
    const variables = role.groupVars(place);
    return variables === undefined ? [] : [{ role, variables }];
  });
  return {
    place,
    name: groupName(place.resolved.service.name, place.group.name),
    roles: found.map(({ role }) => role),
    variables: defined({
      ...groupVars(place),
      platform_reloads_on_renewal: found.flatMap(({ role }) => role.reloads?.(place) ?? []),
      platform_hand_over: found.flatMap(({ role }) => role.handOver?.(place) ?? []),
      platform_ready: found.flatMap(({ role }) => role.ready?.(place) ?? []),
      ...Object.assign({}, ...found.map(({ variables }) => variables)),
    }),
  };
}
type Planned = ReturnType<typeof planned>;

const hostVarsOf = ({ place, roles }: Planned, host: Host): Variables => ({
  ...hostVars({ ...place, host }),
  ...Object.assign({}, ...roles.map((role) => role.hostVars?.({ ...place, host }) ?? {})),
});

function groupsOf(estate: Estate, plans: readonly Planned[], roles: readonly HostRole[]): Inventory["groups"] {
  const services = estate.services.filter(({ hosts }) => hosts.length > 0);
  return Object.fromEntries<InventoryGroup>([
    ...services.map(({ service }): [string, InventoryGroup] => [
      groupName(service.name),
      { children: empty(plans.filter(({ place }) => place.resolved.service === service).map(({ name }) => name)) },
    ]),
    ...plans.map(({ name, place }): [string, InventoryGroup] => [
      name,
      { hosts: empty(place.hosts.map(({ tag }) => tag)) },
    ]),
    ...roles.map(({ name }): [string, InventoryGroup] => [
      name,
      {
        children: empty(plans.filter((plan) => plan.roles.some((role) => role.name === name)).map((plan) => plan.name)),
      },
    ]),
    ...estate.environment.zones.map(({ letter }): [string, InventoryGroup] => [
      groupName("zone", letter),
      {
        hosts: empty(
          services.flatMap(({ hosts }) => hosts.filter(({ zone }) => zone.letter === letter)).map(({ tag }) => tag),
        ),
      },
    ]),
    // Filled by a run with --check (`playbooks/site.yml`).
    ["unprepared", {}],
  ]);
}

/** The inventory of an environment. Pure; throws with the path in the catalogue for what no host can be. */
export function inventoryOf(estate: Estate, roles: readonly HostRole[] = hostRoles): Inventory {
  const plans = places(estate).map((place) => planned(place, roles));
  return {
    groups: groupsOf(estate, plans, roles),
    environmentVars: environmentVars(estate.environment),
    groupVars: Object.fromEntries(plans.map(({ name, variables }) => [name, variables])),
    hostVars: Object.fromEntries(
      plans.flatMap((plan) => plan.place.hosts.map((host) => [host.tag, defined(hostVarsOf(plan, host))])),
    ),
  };
}
