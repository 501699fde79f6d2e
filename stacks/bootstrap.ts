import type { App } from "cdktf";
import { StateBucket } from "../constructs/data/state-bucket.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import { administrativeRoles } from "./bootstrap/roles.ts";
import { deletable, guardians, newStack, type StackIdentity, stateLocation } from "./stack.ts";

/**
 * What every other stack begins with: the state bucket and its key, the pipeline's way in, and the roles that policies
 * of other stacks name.
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
  administrativeRoles(stack, environment, key.arn);
  return stack;
}
