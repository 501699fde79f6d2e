import type { App } from "cdktf";
import { StateBucket } from "../constructs/data/state-bucket.ts";
import { PermissionsBoundary } from "../constructs/identity/permissions-boundary.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import { boundaryDenials } from "./bootstrap/guardrails.ts";
import { administrativeRoles } from "./bootstrap/roles.ts";
import { boundaryName, deletable, guardians, newStack, type StackIdentity, stateLocation } from "./stack.ts";

/**
 * What every other stack begins with: the state bucket and its key, the pipeline's way in, the boundary of all roles it
 * makes, and the roles that policies of other stacks name.
 *
 * A person applies it: first with a local state as whoever may do everything in a new account, then, the state moved
 * into the bucket, with the break-glass role. The pipeline plans this stack and cannot apply it.
 */
export function bootstrapStack(app: App, environment: Environment) {
  const identity: StackIdentity = { environment, name: "bootstrap", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const state = stateLocation(environment);
  const breakGlassArns = guardians(environment);
  const key = new EncryptionKey(stack, "state-key", {
    aliasName: state.keyAlias,
    description: "Terraform states",
    accountId: environment.account,
    region: environment.region,
    userArns: (["apply", "plan", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
    usedThrough: ["s3"],
    breakGlassArns,
    ...deletable(environment),
  });
  new StateBucket(stack, "state", {
    bucketName: state.bucket,
    kmsKeyArn: key.arn,
    kmsAliasArn: state.keyAliasArn,
    breakGlassArns,
    ...deletable(environment),
  });
  const boundary = new PermissionsBoundary(stack, "boundary", {
    name: boundaryName(environment),
    description: "The most that the pipeline and roles it makes can do",
    denials: boundaryDenials(environment),
    ...deletable(environment),
  });
  administrativeRoles(stack, environment, { stateKeyArn: key.arn, boundary });
  return stack;
}
