import { AccessEntry } from "../../constructs/cluster/access-entry.ts";
import { administrativeRole } from "../../services/names.ts";
import { observability, prometheus } from "../../services/observability.ts";
import { partyRole } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { Service } from "../../services/schema/service.ts";
import type { PlatformStack } from "../platform-stack.ts";

/**
 * Who may use the cluster's API. `apply` installs charts, which hold cluster-wide objects and rights; whoever is on call
 * sees all but secrets in the services' namespaces, and does what the group `platform:operators` is bound to. What
 * `platform:prometheus` is bound to lists pods. Plans have no entry: code that nobody reviewed does not get there.
 */
export function accessEntries(
  stack: PlatformStack,
  environment: Environment,
  clusterName: string,
  onPods: readonly Service[],
): void {
  for (const role of ["apply", "break-glass"] as const) {
    new AccessEntry(stack, `access-${role}`, {
      clusterName,
      roleArn: administrativeRole(environment, role),
      policy: "AmazonEKSClusterAdminPolicy",
    });
  }
  new AccessEntry(stack, "access-operator", {
    clusterName,
    roleArn: administrativeRole(environment, "operator"),
    policy: "AmazonEKSViewPolicy",
    namespaces: onPods.map(({ name }) => name),
    groups: ["platform:operators"],
  });
  new AccessEntry(stack, "access-prometheus", {
    clusterName,
    roleArn: partyRole(environment, observability, `${observability.name}/${prometheus.name}`),
    groups: ["platform:prometheus"],
  });
}
