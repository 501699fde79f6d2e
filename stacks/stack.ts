import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { type App, S3Backend } from "cdktf";
import { setBoundary } from "../constructs/identity/boundary.ts";
import { administrativeRole, bucketName, PLATFORM, resourceName, stackId, stateKey } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import type { DataClass } from "../services/schema/service.ts";
import { PlatformStack } from "./platform-stack.ts";

/** Versions that a stack admits: the one place that says so. */
const TERRAFORM = ">= 1.11.0";
const AWS_PROVIDER = ">= 6.34.0, < 7.0.0";

/** What a stack says of itself in every tag. */
export interface StackIdentity {
  readonly environment: Environment;
  /** `network`, `ticketing`, ... */
  readonly name: string;
  readonly owner: string;
  readonly data: DataClass;
}

/** Where the state of an environment lies; the bootstrap stack makes it. */
export const stateLocation = (environment: Environment) => ({
  bucket: bucketName(environment, PLATFORM, "state"),
  region: environment.region,
  keyAlias: resourceName(environment, PLATFORM, "state"),
  keyAliasArn: `arn:aws:kms:${environment.region}:${environment.account}:alias/${resourceName(environment, PLATFORM, "state")}`,
});

const tags = ({ environment, name, owner, data }: StackIdentity) => ({
  service: name,
  environment: environment.name,
  owner,
  "data-classification": data,
});

/** What constructs need to know where an environment declares its resources deletable; nothing anywhere else. */
export const deletable = ({ unprotected }: Environment) =>
  unprotected === undefined ? {} : { deletionProtection: { enabled: false, ...unprotected } as const };

/**
 * Roles that may weaken or take away what guards keys and data. Where resources are declared deletable the pipeline is
 * one of them: its policies would otherwise keep it from changing and destroying what it made.
 */
export const guardians = (environment: Environment): readonly string[] => [
  administrativeRole(environment, "break-glass"),
  ...(environment.unprotected === undefined ? [] : [administrativeRole(environment, "apply")]),
];

/** The permissions boundary of every role the pipeline makes; the bootstrap stack makes it. */
export const boundaryName = (environment: Environment): string => resourceName(environment, PLATFORM, "boundary");
export const boundaryArn = (environment: Environment): string =>
  `arn:aws:iam::${environment.account}:policy/${boundaryName(environment)}`;

/** A stack with everything that all stacks share: backend with native locking, provider, versions, tags. */
export function newStack(app: App, identity: StackIdentity): PlatformStack {
  const { environment, name } = identity;
  const stack = new PlatformStack(app, stackId(environment, name));
  // Before anything is made in it: the context of a construct that has children is closed.
  setBoundary(stack, boundaryArn(environment));
  const state = stateLocation(environment);
  new S3Backend(stack, {
    bucket: state.bucket,
    key: stateKey(environment, name),
    region: state.region,
    encrypt: true,
    kmsKeyId: state.keyAliasArn,
    useLockfile: true,
  });
  provider(stack, identity, environment.region);
  stack.addOverride("terraform.required_version", TERRAFORM);
  // The source too, for engines write it differently.
  stack.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: AWS_PROVIDER });
  return stack;
}

/** The provider of the second region, for copies. */
export const copyProvider = (stack: PlatformStack, identity: StackIdentity): AwsProvider =>
  provider(stack, identity, identity.environment.copyRegion, "copy");

/** The provider of us-east-1, where AWS keeps what is global: certificates of CDNs, query logs of public zones. */
export const globalProvider = (stack: PlatformStack, identity: StackIdentity): AwsProvider =>
  provider(stack, identity, "us-east-1", "global");

function provider(stack: PlatformStack, identity: StackIdentity, region: string, alias?: string): AwsProvider {
  return new AwsProvider(stack, alias === undefined ? "aws" : `aws-${alias}`, {
    region,
    // A plan with another account's credentials stops before it reads anything.
    allowedAccountIds: [identity.environment.account],
    defaultTags: [{ tags: tags(identity) }],
    ...(alias === undefined ? {} : { alias }),
  });
}
