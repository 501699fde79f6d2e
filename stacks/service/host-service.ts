import type { App } from "cdktf";
import type { Host } from "../../constructs/compute/host.ts";
import { hostGroups, type ResolvedService } from "../../services/resolve.ts";
import { named } from "../outputs.ts";
import { connectFlows, securityGroups } from "./connections.ts";
import { newServiceStack, type ServiceInputs } from "./context.ts";
import { makeFiles } from "./files.ts";
import { makeHosts } from "./hosts.ts";
import { permissionsOf } from "./permissions.ts";
import { makeSecrets } from "./secrets.ts";
import { makeWeb } from "./web.ts";

/** A service on hosts, whole: its security groups and rules, secrets, files, hosts and stores, load balancers, names, alarms. */
export function hostServiceStack(app: App, resolved: ResolvedService, inputs: ServiceInputs): void {
  const { service } = resolved;
  const context = newServiceStack(app, resolved, inputs);
  const groups = securityGroups(context);
  connectFlows(context, groups);
  const secretArns = makeSecrets(context);
  const mounts = new Map(
    service.stores.filter((store) => store.kind === "files").flatMap((store) => [...makeFiles(context, groups, store)]),
  );
  const hosts = new Map<string, readonly Host[]>(
    hostGroups(service).map((group) => {
      const party = `${service.name}/${group.name}`;
      const statements = [...permissionsOf(context, secretArns, party), ...(mounts.get(party) ?? [])];
      return [group.name, makeHosts(context, groups, group, statements)];
    }),
  );
  for (const entry of resolved.entrypoints) {
    const { entrypoint } = entry;
    if (entrypoint.kind !== "web") {
      throw new Error(`${service.name}/${entrypoint.name}: must be a web entrypoint, got ${entrypoint.kind}`);
    }
    const targets = named(hosts, entrypoint.to.owner);
    makeWeb(
      context,
      groups,
      { ...entry, entrypoint },
      targets.map(({ node, instanceId }) => ({ id: node.id, targetId: instanceId })),
    );
  }
}
