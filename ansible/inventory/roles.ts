import type { HostRole } from "./role.ts";

/** Every role with the hosts it is for, in the order in which `playbooks/site.yml` runs them. */
export const hostRoles: readonly HostRole[] = [];
