import { objection, rule } from "../../engine/rule.ts";
import { hostSecrets } from "../../model/contract/host-secrets.ts";
import { Unknown } from "../../model/value.ts";

/** A host is given the secrets that its component is declared for, and settings of its own environment. */
export const hostHoldsDeclaredSecrets = rule({
  id: "ONE-011",
  slug: "host-holds-declared-secrets",
  severity: "high",
  title: "Files of a host name only secrets of which its component is a declared consumer",
  why: "A signing key on one more host is one more place to steal it from; and where its role does not let it read, the host is never configured.",
  fix: "Declare the component as a consumer of the secret, or take the marker out of the file.",
  appliesTo: hostSecrets,
  requirements: ["NOD-2.1", "ALC-SEC.1"],
  needsDeclaration: true,
  check: ({ party, markers }, { declaration }) => {
    const declared = new Map(
      (declaration?.services ?? []).flatMap((each) => each.secrets).map((each) => [each.fullName, each.consumers]),
    );
    const own = `/${declaration?.name ?? ""}/`;
    return markers.flatMap(({ of, name }) => {
      if (of === undefined) return [objection("marker", name, "secret:NAME, sha256:NAME or parameter:NAME")];
      if (of === "parameter") return name.startsWith(own) ? [] : [objection("parameter", name, `one below ${own}`)];
      if (party === undefined) {
        return [objection("secret", new Unknown(`${name} on a host that is not declared`), "a declared host")];
      }
      return declared.get(name)?.includes(party) === true
        ? []
        : [objection("secret", name, `secrets that ${party} is declared to read`)];
    });
  },
});
