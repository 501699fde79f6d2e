import { type Estate, kind } from "../estate.ts";
import type { SecurityGroup } from "./groups.ts";
import { interfacesOfBalancers } from "./interfaces/balancers.ts";
import { interfacesOfHosts } from "./interfaces/hosts.ts";
import type { Interface } from "./interfaces/interface.ts";
import { interfacesOfNodeClasses } from "./interfaces/node-classes.ts";
import { interfacesOfPlatforms } from "./interfaces/platforms.ts";
import { interfacesOfPublicServices } from "./interfaces/public-services.ts";
import { interfacesOfStores } from "./interfaces/stores.ts";

/** Everything that has an address in a network of the outputs. */
export const interfaces = kind<Interface>("network interface", (estate) => [
  ...interfacesOfHosts(estate),
  ...interfacesOfBalancers(estate),
  ...interfacesOfStores(estate),
  ...interfacesOfPlatforms(estate),
  ...interfacesOfNodeClasses(estate),
  ...interfacesOfPublicServices(estate),
]);

const byGroup = {};

/** Which interfaces have each group. */
export const interfacesByGroup = (estate: Estate): ReadonlyMap<SecurityGroup, readonly Interface[]> =>
  estate.once(byGroup, () => {
    const found = new Map<SecurityGroup, Interface[]>();
    for (const each of estate.of(interfaces)) {
      for (const group of each.groups) {
        const own = found.get(group);
        if (own === undefined) found.set(group, [each]);
        else own.push(each);
      }
    }
    return found;
  });
