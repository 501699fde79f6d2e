import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type Held, heldValues } from "../../model/cluster/held-values.ts";

/** Names by which programs ask for what nobody else may know. */
const SECRET =
  /(?:^|[_\-.])(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|(?:API|PRIVATE|SIGNING|ENCRYPTION|ACCESS|HMAC|MASTER)[_.-]?KEY|CREDENTIALS?|SALT|PASSPHRASE)(?:$|_(?:[0-9]+|OLD|NEW|CURRENT|PREVIOUS)$)/i;
/** A password in an address: `scheme://user:password@host`; `$(NAME)` there is filled in from a secret at run time. */
const IN_ADDRESS = /:\/\/[^/\s:@]*:(?!\$\([A-Za-z_][A-Za-z0-9_]*\)@)[^@/\s]+@/;
const REFERENCE = /^(?:\$\([A-Za-z_][A-Za-z0-9_]*\)|\/[\w./-]+)$/;

/** Secrets come from their manager at run time; whoever reads a release reads none. */
export const manifestHoldsNoSecret = rule({
  id: "K8S-022",
  slug: "manifest-holds-no-secret",
  severity: "critical",
  title: "No manifest holds the value of a secret",
  why: "Manifests lie in repositories, in releases that Helm keeps, and in every backup of the cluster, for whoever may list them.",
  fix: "Name the secret in a SecretProviderClass and read it by secretKeyRef or from its volume; in addresses write $(NAME).",
  appliesTo: heldValues,
  requirements: ["NOD-2.1", "NOD-2.2", "NOD-2.4", "MUN-2.1", "CIS 5.4.1"],
  check: (held) => [...dataOf(held), ...nameOf(held)],
});

/** Objects of kind Secret hold nothing; one for a token asks for one that never expires. */
function dataOf({ object, attribute, name, value }: Held): readonly Objection[] {
  if (object.kind !== "Secret") return [];
  if (name === "type")
    return value.includes("service-account-token") ? [objection(attribute, value, "no token that never expires")] : [];
  return value === "" ? [] : [objection(attribute, "a value", "nothing: its manager holds it")];
}

function nameOf({ object, attribute, name, value }: Held): readonly Objection[] {
  if (object.kind === "Secret") return [];
  if (IN_ADDRESS.test(value)) return [objection(attribute, "a password in an address", "$(NAME) of a secret")];
  const isSecret = SECRET.test(name) && value !== "" && !REFERENCE.test(value);
  return isSecret ? [objection(attribute, "a value", "secretKeyRef")] : [];
}
