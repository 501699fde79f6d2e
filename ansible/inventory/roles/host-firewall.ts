import { createHash } from "node:crypto";
import { endpointGroups, endpoints } from "../../../services/platform.ts";
import { roleAccounts } from "../../firewall/accounts.ts";
import { rulesetOf } from "../../firewall.ts";
import type { HostRole } from "../role.ts";

/**
 * Default deny in both directions on every host (BRK-3.2, BRK-14.2). The ruleset itself is a file of `npm start`, taken only where
 * it is the one of this catalogue; a changed one is kept only where the host then reaches Session Manager anew, for without it nobody would reach the host.
 */
export const hostFirewall: HostRole = {
  name: "host_firewall",
  groupVars: ({ estate, resolved, group }) => ({
    host_firewall_accounts: roleAccounts(estate, resolved, group.name).map(({ name, uid, home, shell }) => ({
      name,
      uid,
      home,
      shell,
    })),
    host_firewall_probes: endpointGroups.management.map((name) => ({
      name,
      addresses: Object.values(estate.network.endpointAddresses[name]),
      port: endpoints.management.port,
    })),
  }),
  hostVars: ({ estate, host }) => ({
    host_firewall_sha256: createHash("sha256").update(rulesetOf(estate, host)).digest("hex"),
  }),
};
