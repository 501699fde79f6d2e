import type { App } from "cdktf";
import { PrivateCa } from "../constructs/pki/private-ca.ts";
import type { Environment } from "../services/schema/environment.ts";
import { exported } from "./outputs.ts";
import { deletable, newStack, type StackIdentity } from "./stack.ts";

/** The internal authority: short-lived certificates for hosts and stores, whose key never leaves AWS (BRK-SEC.4). */
export function pkiStack(app: App, environment: Environment) {
  const identity: StackIdentity = { environment, name: "pki", owner: "platform", data: "confidential" };
  const stack = newStack(app, identity);
  const internal = new PrivateCa(stack, "internal", {
    commonName: `Internal authority ${environment.name}`,
    organization: environment.domain.public,
    revocation: { kind: "short-lived" },
    ...deletable(environment),
  });
  return exported(stack, environment, "pki", {
    internalAuthorityArn: internal.arn,
  });
}
