import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import type { App } from "cdktf";
import { LogBucket } from "../constructs/audit/log-bucket.ts";
import type { BackupPrefix } from "../constructs/backup/backup-prefix.ts";
import { ObjectLockBucket } from "../constructs/backup/object-lock-bucket.ts";
import { Replication } from "../constructs/backup/replication.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole, bucketName, PLATFORM, resourceName, roleArn } from "../services/names.ts";
import { type Estate, layoutOf, partyRole, type ResolvedService, verifiersOf } from "../services/resolve.ts";
import type { Environment } from "../services/schema/environment.ts";
import { inDays } from "../services/schema/units.ts";
import type { auditStack } from "./audit.ts";
import type { networkStack } from "./network.ts";
import { exported, imported } from "./outputs.ts";
import { makePackages } from "./packages.ts";
import type { PlatformStack } from "./platform-stack.ts";
import { copyProvider, deletable, guardians, newStack, type StackIdentity } from "./stack.ts";
import { makeSnapshots } from "./vault/snapshots.ts";
import { makeTransfer } from "./vault/transfer.ts";

/** Key material and configuration lie apart from data, under a key of their own (TKT-7.6, BRK-25.4). */
const materials = ["data", "keys"] as const;
type Material = (typeof materials)[number];

/** A region that holds backups: where it is, and the key and log bucket there. */
interface Place {
  readonly region: string;
  readonly keyArns: Readonly<Record<Material, string>>;
  readonly accessLogBucket: string;
  readonly provider?: AwsProvider;
}

/**
 * Locked buckets for the backups of each service, copied to the second region; locked vaults for what AWS Backup copies;
 * the buckets that hosts install from and get files through.
 */
export function vaultStack(
  app: App,
  { environment, services }: Estate,
  inputs: { readonly audit: ReturnType<typeof auditStack>; readonly network: ReturnType<typeof networkStack> },
) {
  const identity: StackIdentity = { environment, name: "vault", owner: "platform", data: "personal" };
  const stack = newStack(app, identity);
  const audit = imported(stack, inputs.audit);
  const { storageEndpointId } = imported(stack, inputs.network);
  const provider = copyProvider(stack, identity);
  const vaults = services.flatMap((service) =>
    materials.map((material) => vaultOf(service, material)).filter(({ prefixes }) => prefixes.length > 0),
  );
  const copyLogs = new LogBucket(stack, "copy-access-logs", {
    kind: "access",
    bucketName: bucketName(environment, PLATFORM, "copy-access-logs"),
    accountId: environment.account,
    retentionDays: inDays(environment.logs.archive),
    breakGlassArns: guardians(environment),
    provider,
    ...deletable(environment),
  });
  const here: Place = {
    region: environment.region,
    keyArns: keys(stack, environment, vaults, environment.region),
    accessLogBucket: audit.accessLogBucket,
  };
  const there: Place = {
    region: environment.copyRegion,
    keyArns: keys(stack, environment, vaults, environment.copyRegion, provider),
    accessLogBucket: copyLogs.bucketName,
    provider,
  };
  const replications = vaults.map((vault) => {
    const source = lockedBucket(stack, environment, vault, here);
    const replica = lockedBucket(stack, environment, vault, there);
    const { ruleIds } = new Replication(stack, `${vault.id}-replication`, {
      source,
      replica,
      roleName: vault.replicationRole,
    });
    return { source: source.bucketName, replica: replica.bucketName, ruleIds };
  });
  makeTransfer(stack, environment, audit.accessLogBucket);
  makeSnapshots(stack, environment, services, provider);
  return exported(stack, environment, "vault", {
    dataKeyArn: here.keyArns.data,
    keysKeyArn: here.keyArns.keys,
    // For alarms, which come later: bucket of the copy by `<bucket>/<rule>`.
    replicas: Object.fromEntries(
      replications.flatMap(({ source, replica, ruleIds }) => ruleIds.map((id) => [`${source}/${id}`, replica])),
    ),
    packagesKeyArn: makePackages(stack, environment, services, {
      accessLogBucket: audit.accessLogBucket,
      endpointId: storageEndpointId,
    }),
  });
}

/** The backups of one service and material. */
interface Vault {
  readonly id: string;
  readonly code: string;
  readonly material: Material;
  readonly prefixes: readonly BackupPrefix[];
  readonly lockDays: number;
  readonly replicationRole: string;
}

function vaultOf({ service, environment, backups }: ResolvedService, material: Material): Vault {
  const kept = backups.flatMap(({ by, ...backup }) => {
    const kind = layoutOf(by);
    return backup.material === material && kind !== undefined ? [{ ...backup, kind }] : [];
  });
  const lockDays = Math.max(1, ...kept.map((backup) => backup.lockDays));
  const restore = administrativeRole(environment, "restore");
  return {
    id: `${service.name}-${material}`,
    code: service.code,
    material,
    lockDays,
    replicationRole: resourceName(environment, service.code, "vault", material, "copy"),
    prefixes: kept.map(({ name, kind, runner }): BackupPrefix => {
      const writer = partyRole(environment, service, runner);
      const verifiers = verifiersOf(service, { name }).map((party) => partyRole(environment, service, party));
      const access = {
        prefix: `${name}/`,
        writerArns: [writer],
        // pgBackRest reads its repository to know what to write; other writers need at most names and sizes.
        readerArns: [...(kind === "pgbackrest" ? [writer] : []), ...verifiers, restore],
      };
      return kind === "dumps" ? { kind, ...access, expireAfterDays: lockDays + 1 } : { kind, ...access };
    }),
  };
}

/** One key per material in a region. To the second region only replication writes. */
function keys(
  stack: PlatformStack,
  environment: Environment,
  vaults: readonly Vault[],
  region: string,
  provider?: AwsProvider,
): Readonly<Record<Material, string>> {
  const key = (material: Material) => {
    const own = vaults.filter((vault) => vault.material === material);
    const parties =
      provider === undefined
        ? own.flatMap(({ prefixes }) =>
            prefixes.flatMap(({ writerArns, readerArns }) => [...writerArns, ...readerArns]),
          )
        : [];
    const copiers = own.map(({ replicationRole }) => roleArn(environment, replicationRole));
    return new EncryptionKey(stack, `${provider === undefined ? "" : "copy-"}${material}-key`, {
      aliasName: resourceName(environment, PLATFORM, "vault", material),
      description: material === "keys" ? "Backups of key material and configuration" : "Backups of data",
      accountId: environment.account,
      region,
      userArns: [...new Set([...parties, ...copiers, administrativeRole(environment, "restore")])],
      usedThrough: ["s3"],
      breakGlassArns: guardians(environment),
      ...(provider === undefined ? {} : { provider }),
      ...deletable(environment),
    }).arn;
  };
  return { data: key("data"), keys: key("keys") };
}

function lockedBucket(stack: PlatformStack, environment: Environment, vault: Vault, place: Place): ObjectLockBucket {
  const copy = place.provider === undefined ? [] : ["copy"];
  const restoreOnly = { writerArns: [], readerArns: [administrativeRole(environment, "restore")] };
  return new ObjectLockBucket(stack, [vault.id, ...copy].join("-"), {
    bucketName: bucketName(environment, vault.code, ["vault", vault.material, ...copy].join("-")),
    region: place.region,
    kmsKeyArn: place.keyArns[vault.material],
    lock: { mode: environment.lock, days: vault.lockDays },
    // Only replication writes to the copy.
    prefixes: copy.length === 0 ? vault.prefixes : vault.prefixes.map((prefix) => ({ ...prefix, ...restoreOnly })),
    ...(copy.length === 0 ? {} : { replicatorArns: [roleArn(environment, vault.replicationRole)] }),
    breakGlassArns: guardians(environment),
    accessLogBucketName: place.accessLogBucket,
    ...(place.provider === undefined ? {} : { provider: place.provider }),
    ...deletable(environment),
  });
}
