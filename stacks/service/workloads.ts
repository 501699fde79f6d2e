import { PodRole } from "../../constructs/cluster/pod-role.ts";
import { clusterArn, resourceName } from "../../services/names.ts";
import { workloads } from "../../services/resolve.ts";
import type { ServiceContext } from "./context.ts";
import { ownStatements } from "./permissions.ts";

/**
 * A role for each component and job on pods that may do anything at AWS; ARN by party. Its namespace is called like the
 * service, its service account like itself. What may do nothing has no role, and gets no credentials at all.
 */
export function makeWorkloads(
  context: ServiceContext,
  secretArns: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { stack, resolved, clusterName } = context;
  const { service, environment } = resolved;
  return new Map(
    workloads(service).flatMap(({ name, why }): [string, string][] => {
      const party = `${service.name}/${name}`;
      const statements = ownStatements(context, secretArns, party);
      if (statements.length === 0) return [];
      if (clusterName === undefined) throw new Error(`${party}: runs on pods, and no cluster is known`);
      const role = new PodRole(stack, `${name}-role`, {
        name: resourceName(environment, service.code, name),
        description: why,
        cluster: { name: clusterName, arn: clusterArn(environment) },
        namespace: service.name,
        serviceAccount: name,
        statements,
      });
      return [[party, role.arn]];
    }),
  );
}
