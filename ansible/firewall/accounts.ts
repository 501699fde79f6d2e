import { clusterListeners } from "../../services/platform.ts";
import type { Estate, ResolvedService } from "../../services/resolve.ts";

/** An account of a host with a number of its own, the same on every host. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
}

/** The account that may do everything. */
export const ROOT = 0;

const NO_LOGIN = "/usr/sbin/nologin";

/**
 * Accounts besides root that call AWS with the host's role. Rulesets name them by number, for a name that is not there yet
 * would keep a ruleset from loading; so the role makes them before the packages that would. The numbers lie where neither
 * adduser (from 100 upwards) nor systemd-sysusers (from 999 downwards) comes soon, and none is used again.
 */
export const accounts: readonly Account[] = [
  { name: "postgres", uid: 610, home: "/var/lib/postgresql", shell: "/bin/bash" }, // pgBackRest archives as postgres
  { name: "loki", uid: 611, home: "/var/lib/loki", shell: NO_LOGIN },
  { name: "tempo", uid: 612, home: "/var/lib/tempo", shell: NO_LOGIN },
  { name: "prometheus", uid: 613, home: "/var/lib/prometheus", shell: NO_LOGIN },
];

/** Accounts of a component or store that call AWS while they run: to archive, for a bucket of their own, or for a token of the cluster. */
function namesOf({ flows }: Estate, { service }: ResolvedService, group: string): readonly string[] {
  const patroni = service.stores.some((store) => store.name === group && store.kind === "patroni");
  const component = service.components.find((each) => each.name === group);
  const units = component?.kind === "hosts" ? component.units : [];
  const hasBucket = service.access.some(({ from }) => from === component);
  const asksCluster = flows.some(
    ({ from, to }) => from === `${service.name}/${group}` && to === clusterListeners.api.owner,
  );
  return [
    ...(patroni ? ["postgres"] : []),
    // The program that the component is named after; what stands beside it has no business with AWS.
    ...units.flatMap(({ name, user }) => ((hasBucket || asksCluster) && name === group ? [user] : [])),
  ];
}

/**
 * Accounts besides root that may ask for credentials of the role of a component's or store's hosts. All others may not, so
 * that a broken application has the rights of its own logins and none of the host's. Throws for one without a number.
 */
export const roleAccounts = (estate: Estate, resolved: ResolvedService, group: string): readonly Account[] =>
  namesOf(estate, resolved, group).map((name) => {
    const found = accounts.find((account) => account.name === name);
    if (found !== undefined) return found;
    const allowed = accounts.map((account) => account.name).join(", ");
    throw new Error(`${resolved.service.name}/${group}: user must have a number (${allowed}), got "${name}"`);
  });
