import type { App } from "cdktf";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, resourceName } from "../../services/names.ts";
import { partyRole, type ResolvedService } from "../../services/resolve.ts";
import type { auditStack } from "../audit.ts";
import type { networkStack } from "../network.ts";
import type { observabilityStack } from "../observability.ts";
import { imported } from "../outputs.ts";
import type { pkiStack } from "../pki.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians, newStack } from "../stack.ts";
import type { vaultStack } from "../vault.ts";

/** Outputs of the earlier stacks that a service builds on. */
export interface ServiceInputs {
  readonly audit: ReturnType<typeof auditStack>;
  readonly network: ReturnType<typeof networkStack>;
  readonly vault: ReturnType<typeof vaultStack>;
  readonly pki: ReturnType<typeof pkiStack>;
  readonly observability: ReturnType<typeof observabilityStack>;
}

/** What the parts of one service's stack share: the stack, what it is made from, what earlier stacks gave, its keys. */
export type ServiceContext = ReturnType<typeof newServiceStack>;

/** A service's stack with its two keys, and the earlier outputs as it reads them. */
export function newServiceStack(app: App, resolved: ResolvedService, inputs: ServiceInputs) {
  const { service, environment } = resolved;
  const stack = newStack(app, { environment, name: service.name, owner: service.owner, data: service.data });
  return {
    stack,
    resolved,
    audit: imported(stack, inputs.audit),
    network: imported(stack, inputs.network),
    vault: imported(stack, inputs.vault),
    pki: imported(stack, inputs.pki),
    observability: imported(stack, inputs.observability),
    dataKeyArn: dataKey(stack, resolved),
    secretsKeyArn: secretsKey(stack, resolved),
  };
}

/** Encrypts volumes and files. Whoever starts a host grants EC2 its use. */
const dataKey = (stack: PlatformStack, { service, environment }: ResolvedService): string =>
  new EncryptionKey(stack, "data-key", {
    aliasName: resourceName(environment, service.code, "data"),
    description: `Volumes and files of ${service.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: [],
    grantorArns: (["apply", "operator", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
    usedThrough: ["ec2", "elasticfilesystem"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;

/** Encrypts secrets; read by their consumers, written by operators, made without a value by the pipeline. */
const secretsKey = (stack: PlatformStack, { service, environment, secrets }: ResolvedService): string =>
  new EncryptionKey(stack, "secrets-key", {
    aliasName: resourceName(environment, service.code, "secrets"),
    description: `Secrets of ${service.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: [
      administrativeRole(environment, "operator"),
      ...new Set(secrets.flatMap(({ consumers }) => consumers.map((party) => partyRole(environment, service, party)))),
    ],
    validatorArns: [administrativeRole(environment, "apply")],
    usedThrough: ["secretsmanager"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;
