import type { App } from "cdktf";
import { hostGroups, type ResolvedService } from "../../services/resolve.ts";
import { named } from "../outputs.ts";
import { connectFlows, securityGroups } from "./connections.ts";
import { newServiceStack, type ServiceInputs } from "./context.ts";
import { makeFiles } from "./files.ts";
import { makeHosts } from "./hosts.ts";
import { permissionsOf } from "./permissions.ts";
import { makeSecrets } from "./secrets.ts";
import { makeWeb } from "./web.ts";

/** A service on hosts, whole: its security groups and rules, secrets, hosts and stores, files, load balancers, names, alarms. */
export function hostServiceStack(app: App, resolved: ResolvedService, inputs: ServiceInputs): void {
  const { service } = resolved;
  const context = newServiceStack(app, resolved, inputs);
  const groups = securityGroups(context);
  connectFlows(context, groups);
  const secretArns = makeSecrets(context);
  const made = new Map(
    hostGroups(service).map((group) => {
      const party = `${service.name}/${group.name}`;
      return [party, makeHosts(context, groups, group, permissionsOf(context, secretArns, party))];
    }),
  );
  const roleArns = new Map([...made].map(([party, { roleArn }]) => [party, roleArn]));
  for (const store of service.stores) {
    if (store.kind === "files") makeFiles(context, groups, roleArns, store);
  }
  for (const entry of resolved.entrypoints) {
    const { entrypoint } = entry;
    if (entrypoint.kind !== "web") {
      throw new Error(`${service.name}/${entrypoint.name}: must be a web entrypoint, got ${entrypoint.kind}`);
    }
    const { hosts } = named(made, `${service.name}/${entrypoint.to.owner}`);
    makeWeb(
      context,
      groups,
      { ...entry, entrypoint },
      hosts.map(({ node, instanceId }) => ({ id: node.id, targetId: instanceId })),
    );
  }
}
