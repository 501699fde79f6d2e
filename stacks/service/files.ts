import { SharedFiles } from "../../constructs/data/shared-files.ts";
import { fileSystemLimit } from "../../constructs/observability/host-alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import { resourceName } from "../../services/names.ts";
import type { Files } from "../../services/schema/files.ts";
import { named } from "../outputs.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";

/** Share of the possible operations per second from which clients wait. */
const LIMIT_PERCENT = 80;

/**
 * Shared files with a mount target in every zone, open to the roles of the parties that have a flow to them. Their
 * policy alone says who mounts; it names existing roles, so these are made first.
 */
export function makeFiles(
  context: ServiceContext,
  groups: Groups,
  roleArns: ReadonlyMap<string, string>,
  store: Files,
): void {
  const { stack, resolved, network, alarmTopicArn } = context;
  const { service, environment, flows } = resolved;
  const name = resourceName(environment, service.code, store.name);
  const party = `${service.name}/${store.name}`;
  const clients = flows.filter(({ to }) => to === party).map(({ from }) => from);
  const files = new SharedFiles(stack, `${store.name}-files`, {
    name,
    kmsKeyArn: context.dataKeyArn,
    subnetIds: Object.fromEntries(
      environment.zones.map(({ letter }) => [letter, named(network.subnetIds, `data-${letter}`)]),
    ),
    securityGroupIds: [named(groups, party).id],
    clientRoleArns: clients.map((client) => named(roleArns, client)),
    path: `/${store.name}`,
    userId: store.uid,
    groupId: store.uid,
    infrequentAccessAfterDays: 30,
    ...deletable(environment),
  });
  new MetricAlarm(stack, `${store.name}-limit-alarm`, {
    alarm: fileSystemLimit(`${name}-limit`, files.fileSystemId, LIMIT_PERCENT),
    topic: { arn: alarmTopicArn },
  });
}
