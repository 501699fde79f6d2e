import { SharedFiles } from "../../constructs/data/shared-files.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { fileSystemLimit } from "../../constructs/observability/host-alarms.ts";
import { MetricAlarm } from "../../constructs/observability/metric-alarm.ts";
import { Parameter, parameterArn } from "../../constructs/secrets/parameter.ts";
import { filesFacts, filesParameter, resourceName } from "../../services/names.ts";
import type { ResolvedService } from "../../services/resolve.ts";
import type { Files } from "../../services/schema/files.ts";
import { named } from "../outputs.ts";
import { deletable } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";
import { sidOf } from "./sid.ts";

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
  const { service, environment } = resolved;
  const name = resourceName(environment, service.code, store.name);
  const party = `${service.name}/${store.name}`;
  const files = new SharedFiles(stack, `${store.name}-files`, {
    name,
    kmsKeyArn: context.dataKeyArn,
    subnetIds: Object.fromEntries(
      environment.zones.map(({ letter }) => [letter, named(network.subnetIds, `data-${letter}`)]),
    ),
    securityGroupIds: [named(groups, party).id],
    clientRoleArns: clientsOf(resolved, store).map((client) => named(roleArns, client)),
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
  const facts: Readonly<Record<(typeof filesFacts)[number], readonly [value: string, description: string]>> = {
    "file-system": [files.fileSystemId, `File system of ${party}`],
    "access-point": [files.accessPointId, `The one way in to ${party}`],
  };
  for (const fact of filesFacts) {
    const [value, description] = facts[fact];
    new Parameter(stack, `${store.name}-${fact}`, {
      name: filesParameter(environment, service, store, fact),
      description,
      value,
    });
  }
}

/** Parties with a flow to the files. */
const clientsOf = ({ service, flows }: ResolvedService, store: Files): readonly string[] =>
  flows.filter(({ to }) => to === `${service.name}/${store.name}`).map(({ from }) => from);

/** What the hosts of a party need to find the files they mount; that they may mount them, the files' own policy says. */
export const filesStatements = ({ resolved }: Pick<ServiceContext, "resolved">, party: string): readonly Statement[] =>
  resolved.service.stores
    .filter((store) => store.kind === "files")
    .filter((store) => clientsOf(resolved, store).includes(party))
    .map((store) => ({
      sid: `Find${sidOf(store.name)}`,
      actions: ["ssm:GetParameter"],
      resources: filesFacts.map((fact) =>
        parameterArn(resolved.environment, filesParameter(resolved.environment, resolved.service, store, fact)),
      ),
    }));
