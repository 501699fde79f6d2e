import { Secret } from "../../constructs/secrets/secret.ts";
import { administrativeRole } from "../../services/names.ts";
import { partyRole } from "../../services/resolve.ts";
import { deletable } from "../stack.ts";
import type { ServiceContext } from "./context.ts";

/** Every secret of the service, without a value; ARN by the secret's own name. */
export function makeSecrets({ stack, resolved, secretsKeyArn }: ServiceContext): ReadonlyMap<string, string> {
  const { service, environment, secrets } = resolved;
  return new Map(
    secrets.map(({ name, fullName, why, consumers, rotationDays }) => [
      name,
      new Secret(stack, name, {
        name: fullName,
        description: why,
        kmsKeyArn: secretsKeyArn,
        readerArns: consumers.map((party) => partyRole(environment, service, party)),
        writerArns: [administrativeRole(environment, "operator")],
        rotationDays,
        ...deletable(environment),
      }).arn,
    ]),
  );
}
