import { Secret } from "../../constructs/secrets/secret.ts";
import { administrativeRole } from "../../services/names.ts";
import { partyRole } from "../../services/resolve.ts";
import { deletable, guardians } from "../stack.ts";
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
        administratorArns: (["apply", "break-glass"] as const).map((role) => administrativeRole(environment, role)),
        breakGlassArns: guardians(environment),
        rotationDays,
        // A deleted secret keeps its name until it is gone: an environment rebuilt at will waits no longer than it must.
        ...(environment.unprotected === undefined ? {} : { recoveryDays: 7 }),
        ...deletable(environment),
      }).arn,
    ]),
  );
}
