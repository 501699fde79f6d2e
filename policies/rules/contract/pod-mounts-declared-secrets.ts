import { objection, rule } from "../../engine/rule.ts";
import { mountsSecrets } from "../../model/contract/mounted-secrets.ts";

/** Parameters of the manager of settings, and passwords that RDS itself makes and renews. */
const OTHERS = /^\/|^arn:aws[a-z-]*:(?:ssm:|secretsmanager:[^:]*:\d*:secret:rds!)/;

/** A pod is given the secrets that its component is declared for. */
export const podMountsDeclaredSecrets = rule({
  id: "ONE-010",
  slug: "pod-mounts-declared-secrets",
  severity: "high",
  title: "Pods mount only secrets of which their component is a declared consumer",
  why: "A signing key in one more pod is one more place to steal it from; and where its role does not let it read, the pod never starts.",
  fix: "Declare the component as a consumer of the secret, or take the secret out of its SecretProviderClass.",
  appliesTo: mountsSecrets,
  requirements: ["NOD-2.1", "NOD-2.2", "ALC-SEC.1"],
  needsDeclaration: true,
  check: ({ party, secrets }, { declaration }) => {
    const declared = new Map(
      (declaration?.services ?? []).flatMap((each) => each.secrets).map((each) => [each.fullName, each.consumers]),
    );
    return secrets
      .filter(({ name }) => !OTHERS.test(name) && declared.get(name)?.includes(party) !== true)
      .map(({ attribute, name }) => objection(attribute, name, `secrets that ${party} is declared to read`));
  },
});
