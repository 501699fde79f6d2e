import { PostgresCluster } from "../../constructs/data/postgres-cluster.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { through } from "../../constructs/keys/key-use.ts";
import { Parameter } from "../../constructs/secrets/parameter.ts";
import { administrativeRole, databaseParameter, resourceName } from "../../services/names.ts";
import { administratorsOf, partyRole, snapshotTags } from "../../services/resolve.ts";
import type { ManagedPostgres } from "../../services/schema/databases.ts";
import { inDays, inGib } from "../../services/schema/units.ts";
import { named } from "../outputs.ts";
import { deletable, guardians } from "../stack.ts";
import type { Groups } from "./connections.ts";
import type { ServiceContext } from "./context.ts";
import { sidOf } from "./sid.ts";

/** UTC, apart from each other and from every job and backup that needs the database. */
export const databaseWindows = { backup: "22:00-22:30", maintenance: "tue:23:00-tue:23:30" } as const;

/** gp3 at RDS begins here; a share of a large store may be less. */
const SMALLEST_GIB = 20;

/** What roles get rights at. */
export interface MadeDatabase {
  readonly endpointParameterArn: string;
  readonly administratorParameterArn: string;
  readonly administratorSecretArn: string;
  readonly administratorKeyArn: string;
}

/** A managed database, the key of its administrator's password, and the parameters that say what only apply knows. */
export function makeDatabase(context: ServiceContext, groups: Groups, store: ManagedPostgres): MadeDatabase {
  const { stack, resolved, network, alarmTopicArn, dataKeyArn } = context;
  const { service, environment } = resolved;
  const administratorKeyArn = administratorKey(context, store);
  const cluster = new PostgresCluster(stack, `${store.name}-cluster`, {
    name: resourceName(environment, service.code, store.name),
    accountId: environment.account,
    databaseName: store.database,
    instanceClass: environment.databases[store.size],
    storageGib: Math.max(SMALLEST_GIB, Math.ceil(inGib(store.storage) * environment.volumeShare)),
    subnetIds: environment.zones.map(({ letter }) => named(network.subnetIds, `data-${letter}`)),
    securityGroupIds: [named(groups, `${service.name}/${store.name}`).id],
    dataKeyArn,
    administratorKeyArn,
    pointInTimeDays: inDays(store.pointInTime),
    logRetentionDays: inDays(environment.logs.keep),
    backupWindow: databaseWindows.backup,
    maintenanceWindow: databaseWindows.maintenance,
    topicArn: alarmTopicArn,
    tags: snapshotTags(service, store),
    ...deletable(environment),
  });
  return {
    endpointParameterArn: new Parameter(stack, `${store.name}-endpoint`, {
      name: databaseParameter(environment, service, store, "endpoint"),
      description: `Host name of the writer of ${service.name}/${store.name}`,
      value: cluster.endpoint,
    }).arn,
    administratorParameterArn: new Parameter(stack, `${store.name}-administrator-secret`, {
      name: databaseParameter(environment, service, store, "administrator-secret"),
      description: `ARN of the secret that holds the administrator of ${service.name}/${store.name}`,
      value: cluster.administratorSecretArn,
    }).arn,
    administratorSecretArn: cluster.administratorSecretArn,
    administratorKeyArn,
  };
}

/**
 * A key of its own: RDS makes and renews the password with rights that the pipeline grants it, and to grant them the
 * pipeline must itself be able to use the key. It must not be able to use that of the other secrets.
 */
const administratorKey = ({ stack, resolved }: ServiceContext, store: ManagedPostgres): string => {
  const { service, environment } = resolved;
  return new EncryptionKey(stack, `${store.name}-administrator-key`, {
    aliasName: resourceName(environment, service.code, store.name, "administrator"),
    description: `Password of the administrator of ${service.name}/${store.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: administratorsOf(service, store).map((party) => partyRole(environment, service, party)),
    grantorArns: (["apply", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
    usedThrough: ["rds", "secretsmanager"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;
};

/** Programs ask for one; the driver that mounts parameters into pods asks for several at once. */
const readParameter = ["ssm:GetParameter", "ssm:GetParameters"];

/** What a party needs to find a database and, where it makes the logins, to be its administrator. */
export function databaseStatements(
  context: Pick<ServiceContext, "resolved">,
  { name }: ManagedPostgres,
  made: MadeDatabase,
  party: string,
): readonly Statement[] {
  const { service, flows } = context.resolved;
  const connects = flows.some(({ from, to }) => from === party && to === `${service.name}/${name}`);
  const administers = administratorsOf(service, { name }).includes(party);
  const sid = sidOf(name);
  return [
    ...(connects ? [{ sid: `${sid}Endpoint`, actions: readParameter, resources: [made.endpointParameterArn] }] : []),
    ...(administers
      ? [
          { sid: `${sid}Administrator`, actions: readParameter, resources: [made.administratorParameterArn] },
          {
            sid: `${sid}AdministratorSecret`,
            actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
            resources: [made.administratorSecretArn],
          },
          {
            sid: `${sid}AdministratorKey`,
            actions: ["kms:Decrypt"],
            resources: [made.administratorKeyArn],
            conditions: through([context.resolved.environment.region], "secretsmanager"),
          },
        ]
      : []),
  ];
}
