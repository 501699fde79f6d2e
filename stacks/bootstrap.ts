import type { App } from "cdktf";
import { StateBucket } from "../constructs/data/state-bucket.ts";
import { EncryptionKey } from "../constructs/keys/encryption-key.ts";
import { administrativeRole } from "../services/names.ts";
import type { Environment } from "../services/schema/environment.ts";
import { deletable, newStack, type StackIdentity, stateLocation } from "./stack.ts";

/** The state bucket and its key: what every other stack's backend names. */
export function bootstrapStack(app: App, environment: Environment) {
  const identity: StackIdentity = { environment, name: "bootstrap", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const state = stateLocation(environment);
  const breakGlassArns = [administrativeRole(environment, "break-glass")];
  const key = new EncryptionKey(stack, "state-key", {
    aliasName: state.keyAlias,
    description: "Terraform states",
    accountId: environment.account,
    region: environment.region,
    userArns: [administrativeRole(environment, "apply"), administrativeRole(environment, "plan")],
    usedThrough: ["s3"],
    breakGlassArns,
    ...deletable(environment),
  });
  new StateBucket(stack, "state", {
    bucketName: state.bucket,
    kmsKeyArn: key.arn,
    breakGlassArns,
    ...deletable(environment),
  });
  return stack;
}
