import type { App } from "cdktf";
import { hostGroups, type ResolvedEntrypoint, type ResolvedService } from "../../services/resolve.ts";
import type { PassThrough, Web } from "../../services/schema/entrypoint.ts";
import { imported, named } from "../outputs.ts";
import { connectFlows, type Groups, securityGroups } from "./connections.ts";
import { newServiceStack, type ServiceContext, type ServiceInputs } from "./context.ts";
import { makeDistribution } from "./distribution.ts";
import { makeFiles } from "./files.ts";
import { type MadeHosts, makeHosts } from "./hosts.ts";
import { makeMailSender } from "./mail.ts";
import { makePassThrough } from "./pass-through.ts";
import { hostStatements } from "./permissions.ts";
import { makeSecrets } from "./secrets.ts";
import { makeStores } from "./stores.ts";
import { makeWeb } from "./web.ts";
import { makeWorkloads } from "./workloads.ts";

/** A product, whole: all that it owns stands in this one stack. */
export function serviceStack(app: App, resolved: ResolvedService, inputs: ServiceInputs): void {
  const base = newServiceStack(app, resolved, inputs);
  const observability = imported(base.stack, inputs.observability);
  const usesCluster = resolved.service.components.some(({ kind }) => kind === "pods");
  const cluster = usesCluster ? imported(base.stack, inputs.cluster) : undefined;
  makeService({
    ...base,
    alarmTopicArn: observability.alarmTopicArn,
    globalAlarmTopicArn: observability.globalAlarmTopicArn,
    earlierGroups: {
      ...observability.securityGroupIds,
      ...(cluster === undefined ? {} : { "platform/cluster": cluster.securityGroupId }),
    },
    ...(cluster === undefined ? {} : { clusterName: cluster.name }),
  });
}

/** Security groups and rules, secrets, stores, hosts, roles of pods, ways in: everything from the catalogue alone. */
export function makeService(given: ServiceContext): Groups {
  const { resolved } = given;
  const { service } = resolved;
  const groups = securityGroups(given);
  connectFlows(given, groups);
  const stores = makeStores(given, groups);
  const context = { ...given, stores };
  const secretArns = makeSecrets(context);
  const hosts = new Map(
    hostGroups(service).map((group): [string, MadeHosts] => {
      const party = `${service.name}/${group.name}`;
      return [party, makeHosts(context, groups, group, hostStatements(context, secretArns, party))];
    }),
  );
  const roleArns = new Map([
    ...[...hosts].map(([party, { roleArn }]): [string, string] => [party, roleArn]),
    ...makeWorkloads(context, secretArns),
  ]);
  for (const store of service.stores) {
    if (store.kind === "files") makeFiles(context, groups, roleArns, store);
  }
  makeMailSender(context);
  for (const entry of resolved.entrypoints) {
    if (isPassThrough(entry)) {
      makePassThrough(context, groups, entry, named(hosts, `${service.name}/${entry.entrypoint.to.owner}`).hosts);
    } else if (isWeb(entry)) {
      const balancer = makeWeb(
        context,
        groups,
        entry,
        hosts.get(`${service.name}/${entry.entrypoint.to.owner}`)?.hosts,
      );
      if (entry.entrypoint.via === "cloudfront") makeDistribution(context, entry, balancer, stores.buckets);
    }
  }
  return groups;
}

const isPassThrough = (entry: ResolvedEntrypoint): entry is ResolvedEntrypoint & { readonly entrypoint: PassThrough } =>
  entry.entrypoint.kind === "pass-through";
const isWeb = (entry: ResolvedEntrypoint): entry is ResolvedEntrypoint & { readonly entrypoint: Web } =>
  entry.entrypoint.kind === "web";
