import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { type SecurityGroup, securityGroups } from "./groups.ts";
import type { Interface } from "./interfaces/interface.ts";
import { interfaces, interfacesByGroup } from "./interfaces.ts";
import { openPorts } from "./open-ports.ts";

/**
 * Security groups that apply together, and the interfaces that they are on. Each group alone is one, whether it is used or
 * not; so is each combination that an interface has, since what it lets through is the union of all their rules, and so is
 * what a service has instead of groups.
 */
export interface Guard {
  readonly at: Place;
  readonly groups: readonly SecurityGroup[];
  readonly interfaces: readonly Interface[];
}

export const guards = kind<Guard>("guard of interfaces", (estate) => {
  const users = interfacesByGroup(estate);
  const alone = estate
    .of(securityGroups)
    .map((group): Guard => ({ at: group.at, groups: [group], interfaces: users.get(group) ?? [] }));
  const without = openPorts(estate).map((group): Guard => ({ at: group.at, groups: [group], interfaces: [] }));
  return [...alone, ...combinations(estate), ...without];
});

function combinations(estate: Estate): readonly Guard[] {
  const several = estate.of(interfaces).filter(({ groups }) => groups.length > 1);
  const bySet = Map.groupBy(several, ({ groups }) =>
    groups
      .map(({ key }) => key)
      .sort()
      .join("\n"),
  );
  return [...bySet.values()].flatMap((users): readonly Guard[] => {
    const [first] = users;
    return first === undefined ? [] : [{ at: first.at, groups: first.groups, interfaces: users }];
  });
}
