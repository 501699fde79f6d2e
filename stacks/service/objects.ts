import type { ObjectPrefix } from "../../constructs/data/object-statements.ts";
import { ObjectStore } from "../../constructs/data/object-store.ts";
import type { Statement } from "../../constructs/identity/policy-document.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { through } from "../../constructs/keys/key-use.ts";
import { administrativeRole, backupRoles, bucketName, resourceName } from "../../services/names.ts";
import { callerParty, partyRole, snapshotTags } from "../../services/resolve.ts";
import type { Objects } from "../../services/schema/files.ts";
import type { Access } from "../../services/schema/flow.ts";
import type { Service } from "../../services/schema/service.ts";
import { inDays } from "../../services/schema/units.ts";
import { deletable, guardians } from "../stack.ts";
import type { ServiceContext } from "./context.ts";
import { sidOf } from "./sid.ts";

/** What a distribution reads from, and roles get rights at. */
export interface MadeObjects {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** Host name of the bucket in its region. */
  readonly domainName: string;
  readonly keyArn: string;
}

type Right = Access["may"][number];

/** The bucket of an application, under a key of its own: whoever may use it is among the users of its objects. */
export function makeObjects(context: ServiceContext, store: Objects): MadeObjects {
  const { stack, resolved, audit } = context;
  const { service, environment } = resolved;
  const tags = snapshotTags(service, store);
  const { copy, restore } = backupRoles(environment);
  const copied = Object.keys(tags).length > 0;
  const served = servedPrefixes(service, store);
  const rolesWith = (prefix: string, right: Right) =>
    accessTo(service, store)
      .filter((access) => access.prefix === prefix && access.may.includes(right))
      .map(({ from }) => partyRole(environment, service, callerParty(service, from)));
  const prefixes = Object.entries(store.prefixes).map(
    ([name, { expires }]): ObjectPrefix => ({
      name,
      readerArns: rolesWith(name, "read"),
      writerArns: rolesWith(name, "write"),
      deleterArns: rolesWith(name, "delete"),
      served: served.includes(name),
      ...(expires === undefined ? {} : { expireAfterDays: inDays(expires) }),
    }),
  );
  const keyArn = new EncryptionKey(stack, `${store.name}-key`, {
    aliasName: resourceName(environment, service.code, store.name),
    description: `Objects of ${service.name}/${store.name}`,
    accountId: environment.account,
    region: environment.region,
    userArns: [
      ...new Set(prefixes.flatMap(({ readerArns, writerArns }) => [...readerArns, ...writerArns])),
      ...(copied ? [copy, restore] : []),
      administrativeRole(environment, "break-glass"),
    ],
    usedThrough: ["s3"],
    services: served.length === 0 ? [] : ["cloudfront"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  }).arn;
  const bucket = new ObjectStore(stack, `${store.name}-bucket`, {
    bucketName: bucketName(environment, service.code, store.name),
    accountId: environment.account,
    region: environment.region,
    kmsKeyArn: keyArn,
    prefixes,
    noncurrentDays: inDays(store.noncurrent),
    ...(store.expires === undefined ? {} : { expireAfterDays: inDays(store.expires) }),
    ...(store.signedFor === undefined ? {} : { signedForSeconds: store.signedFor }),
    ...(copied ? { backup: { copyArn: copy, restoreArn: restore } } : {}),
    breakGlassArns: guardians(environment),
    accessLogBucketName: audit.accessLogBucket,
    tags,
    ...deletable(environment),
  });
  return { bucketName: bucket.bucketName, bucketArn: bucket.arn, domainName: bucket.domainName, keyArn };
}

const accessTo = (service: Service, store: Objects): readonly Access[] =>
  service.access.filter(({ to }) => to.name === store.name);

/** Prefixes that an entrypoint serves: a path is a key, and its first part a prefix. */
const servedPrefixes = (service: Service, store: Objects): readonly string[] =>
  service.entrypoints
    .flatMap((entrypoint) => (entrypoint.kind === "web" ? entrypoint.cached : []))
    .filter(({ from }) => from?.name === store.name)
    .flatMap(({ paths }) =>
      paths.map((path) => {
        const prefix = path.split("/")[1] ?? "";
        if (!(prefix in store.prefixes)) throw new Error(`${path}: must begin with a prefix of ${store.name}`);
        return prefix;
      }),
    );

const objectActions: Readonly<Record<Right, readonly string[]>> = {
  read: ["s3:GetObject"],
  write: ["s3:AbortMultipartUpload", "s3:PutObject"],
  // Older versions too: a purge that leaves them has deleted nothing (MUN-2.10).
  delete: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
};

/** A multipart upload decrypts its own parts; a deletion needs no key. */
const keyActionsOf: Readonly<Record<Right, readonly string[]>> = {
  read: ["kms:Decrypt"],
  write: ["kms:Decrypt", "kms:GenerateDataKey"],
  delete: [],
};

/** What a party may do with the objects of one store, prefix by prefix. */
export function objectsStatements(
  context: Pick<ServiceContext, "resolved">,
  store: Objects,
  { bucketArn, keyArn }: MadeObjects,
  party: string,
): readonly Statement[] {
  const { service } = context.resolved;
  const rights = accessTo(service, store).filter(({ from }) => callerParty(service, from) === party);
  // A party may say in two places what it does with one prefix.
  const byPrefix = Map.groupBy(rights, ({ prefix }) => prefix);
  const keyActions = new Set(rights.flatMap(({ may }) => may.flatMap((right) => keyActionsOf[right])));
  const sid = sidOf(store.name);
  return [
    ...[...byPrefix].flatMap(([prefix, access]) =>
      prefixStatements(
        `${sid}${sidOf(prefix)}`,
        bucketArn,
        prefix,
        access.flatMap(({ may }) => may),
      ),
    ),
    ...(keyActions.size === 0
      ? []
      : [
          {
            sid: `${sid}Key`,
            actions: [...keyActions],
            resources: [keyArn],
            conditions: through([context.resolved.environment.region], "s3"),
          },
        ]),
  ];
}

function prefixStatements(sid: string, bucketArn: string, prefix: string, may: readonly Right[]): readonly Statement[] {
  const objects = {
    sid,
    actions: may.flatMap((right) => objectActions[right]),
    resources: [`${bucketArn}/${prefix}/*`],
  };
  const lists = [
    ...(may.some((right) => right !== "write") ? ["s3:ListBucket"] : []),
    ...(may.includes("delete") ? ["s3:ListBucketVersions"] : []),
  ];
  if (lists.length === 0) return [objects];
  const conditions = { StringLike: { "s3:prefix": [prefix, `${prefix}/*`] } };
  return [objects, { sid: `${sid}List`, actions: lists, resources: [bucketArn], conditions }];
}
