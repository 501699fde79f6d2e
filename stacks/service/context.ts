import type { App } from "cdktf";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, backupRoles, clusterRole, resourceName } from "../../services/names.ts";
import { isOnPods, partyRole, type ResolvedService } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { Service } from "../../services/schema/service.ts";
import type { auditStack } from "../audit.ts";
import type { clusterStack } from "../cluster.ts";
import type { networkStack } from "../network.ts";
import type { observabilityStack } from "../observability.ts";
import { imported } from "../outputs.ts";
import type { pkiStack } from "../pki.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians, newStack } from "../stack.ts";
import type { vaultStack } from "../vault.ts";
import type { MadeStores } from "./stores.ts";

/** Outputs of the platform's stacks that whatever stands on hosts builds on. */
export interface PlatformInputs {
  readonly audit: ReturnType<typeof auditStack>;
  readonly network: ReturnType<typeof networkStack>;
  readonly vault: ReturnType<typeof vaultStack>;
  readonly pki: ReturnType<typeof pkiStack>;
}

/** Outputs of the earlier stacks that a product builds on. */
export interface ServiceInputs extends PlatformInputs {
  readonly observability: ReturnType<typeof observabilityStack>;
  readonly cluster: ReturnType<typeof clusterStack>;
}

/** The stack of a service, what it is made from, its keys, and the earlier outputs as it reads them. */
export type ServiceBase = ReturnType<typeof newServiceStack>;

/** What the parts of one service's stack share. */
export interface ServiceContext extends ServiceBase {
  /** Where its alarms go. */
  readonly alarmTopicArn: string;
  /** The same for alarms in us-east-1. */
  readonly globalAlarmTopicArn: string;
  /** Security groups of parties of earlier stacks, by party: `observability/loki`. */
  readonly earlierGroups: Readonly<Record<string, string>>;
  /** Services whose stacks come later: their secrets that name a reader here. Default none. */
  readonly later?: readonly ResolvedService[];
  /** The cluster that runs its pods; absent where it has none. */
  readonly clusterName?: string;
  /** Databases and buckets that AWS runs, once they are made; who needs rights at one before is refused. */
  readonly stores?: MadeStores;
}

/** A service's stack with its two keys. */
export function newServiceStack(app: App, resolved: ResolvedService, inputs: PlatformInputs) {
  const { service, environment } = resolved;
  const stack = newStack(app, { environment, name: service.name, owner: service.owner, data: service.data });
  return {
    stack,
    resolved,
    audit: imported(stack, inputs.audit),
    network: imported(stack, inputs.network),
    vault: imported(stack, inputs.vault),
    pki: imported(stack, inputs.pki),
    dataKeyArn: dataKey(stack, resolved),
    secretsKeyArn: secretsKey(stack, resolved),
  };
}

/** Encrypts volumes, databases and files. Whoever starts a host grants EC2 its use, whoever makes a database grants it RDS. */
const dataKey = (stack: PlatformStack, { service, environment }: ResolvedService): string =>
  new EncryptionKey(stack, "data-key", {
    aliasName: resourceName(environment, service.code, "data"),
    description: `Volumes and files of ${service.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: [],
    grantorArns: [
      ...(["apply", "operator", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
      // Nodes of its pods keep what pods write in volumes under this key.
      ...(isOnPods(service) ? [clusterRole(environment)] : []),
      ...(service.backups.some(({ by }) => by === "snapshot") ? Object.values(backupRoles(environment)) : []),
    ],
    usedThrough: ["ec2", "elasticfilesystem", "rds"],
    // A managed database writes its log there.
    services: service.stores.some(({ kind }) => kind === "managed-postgres") ? ["cloudwatch-logs"] : [],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;

/** Name of the key of a service's secrets, by which earlier stacks know it. */
export const secretsKeyAlias = (environment: Environment, service: Service): string =>
  resourceName(environment, service.code, "secrets");

/** Encrypts secrets; read by their consumers, written by operators, made without a value by the pipeline. */
const secretsKey = (stack: PlatformStack, { service, environment, secrets }: ResolvedService): string =>
  new EncryptionKey(stack, "secrets-key", {
    aliasName: secretsKeyAlias(environment, service),
    description: `Secrets of ${service.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: [
      administrativeRole(environment, "operator"),
      ...new Set(secrets.flatMap(({ consumers }) => consumers.map((party) => partyRole(environment, service, party)))),
    ],
    validatorArns: (["apply", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
    usedThrough: ["secretsmanager"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;
