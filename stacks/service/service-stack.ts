import type { App } from "cdktf";
import {
  administratorsOf,
  hostGroups,
  isOnPods,
  type ResolvedEntrypoint,
  type ResolvedService,
} from "../../services/resolve.ts";
import type { PassThrough, Web } from "../../services/schema/entrypoint.ts";
import { exported, imported, named, type OutputValues } from "../outputs.ts";
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

/** What others build on: the security groups, and what pods must be told that only apply knows. */
export interface MadeService {
  readonly groups: Groups;
  /** Of entrypoints whose targets are pods, by entrypoint: the cluster binds pods to them. */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** Of managed databases whose administrator somebody is told, by database. */
  readonly administratorSecretArns: Readonly<Record<string, string>>;
}

/** A product, whole: all that it owns stands in this one stack. Its outputs are for the deployment of its pods. */
export function serviceStack(app: App, resolved: ResolvedService, inputs: ServiceInputs): void {
  const base = newServiceStack(app, resolved, inputs);
  const observability = imported(base.stack, inputs.observability);
  const cluster = isOnPods(resolved.service) ? imported(base.stack, inputs.cluster) : undefined;
  const { targetGroupArns, administratorSecretArns } = makeService({
    ...base,
    alarmTopicArn: observability.alarmTopicArn,
    globalAlarmTopicArn: observability.globalAlarmTopicArn,
    earlierGroups: {
      ...observability.securityGroupIds,
      ...(cluster === undefined ? {} : { "platform/cluster": cluster.securityGroupId }),
    },
    ...(cluster === undefined ? {} : { clusterName: cluster.name }),
  });
  const outputs: OutputValues = { targetGroupArns, administratorSecretArns };
  exported(
    base.stack,
    resolved.environment,
    resolved.service.name,
    Object.fromEntries(Object.entries(outputs).filter(([, value]) => Object.keys(value).length > 0)),
  );
}

/** Security groups and rules, secrets, stores, hosts, roles of pods, ways in: everything from the catalogue alone. */
export function makeService(given: ServiceContext): MadeService {
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
  const targetGroupArns: Record<string, string> = {};
  for (const entry of resolved.entrypoints) {
    if (isPassThrough(entry)) {
      makePassThrough(context, groups, entry, named(hosts, `${service.name}/${entry.entrypoint.to.owner}`).hosts);
    } else if (isWeb(entry)) {
      const ownHosts = hosts.get(`${service.name}/${entry.entrypoint.to.owner}`)?.hosts;
      const { balancer, targets } = makeWeb(context, groups, entry, ownHosts);
      if (ownHosts === undefined) targetGroupArns[entry.entrypoint.name] = targets.arn;
      if (entry.entrypoint.via === "cloudfront") makeDistribution(context, entry, balancer, stores.buckets);
    }
  }
  const administratorSecretArns = Object.fromEntries(
    [...stores.databases]
      .filter(([name]) => administratorsOf(service, { name }).length > 0)
      .map(([name, { administratorSecretArn }]) => [name, administratorSecretArn]),
  );
  return { groups, targetGroupArns, administratorSecretArns };
}

const isPassThrough = (entry: ResolvedEntrypoint): entry is ResolvedEntrypoint & { readonly entrypoint: PassThrough } =>
  entry.entrypoint.kind === "pass-through";
const isWeb = (entry: ResolvedEntrypoint): entry is ResolvedEntrypoint & { readonly entrypoint: Web } =>
  entry.entrypoint.kind === "web";
