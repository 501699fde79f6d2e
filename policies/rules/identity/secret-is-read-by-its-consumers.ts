import { objection, rule } from "../../engine/rule.ts";
import { readSecrets } from "../../model/identity/secrets.ts";
import { isUnknown, shown } from "../../model/value.ts";

/** A secret's own policy denies it to everyone but those who are declared to read it. */
export const secretIsReadByItsConsumers = rule({
  id: "IAM-025",
  slug: "secret-is-read-by-its-consumers",
  severity: "high",
  title: "A secret can be read by its declared consumers and by nobody else, administrators included",
  why: "Whoever reads a signing key makes tokens with it: each further reader is one more place to steal it from.",
  fix: "Deny secretsmanager:GetSecretValue to * but, ArnNotLike aws:PrincipalArn, the roles of the declared consumers.",
  appliesTo: readSecrets,
  requirements: ["ALC-SEC.1", "BRK-SEC.15"],
  needsDeclaration: true,
  check({ consumers, spared }) {
    const expected = `${shown(consumers)}, as declared`;
    if (spared === undefined) return [objection("policy", "nobody is denied to read it", expected)];
    const unknown = spared.filter(isUnknown);
    const strangers = spared.filter((each) => !isUnknown(each) && !consumers.includes(each));
    const missing = consumers.filter((each) => !spared.includes(each));
    return [
      ...unknown.map((each) => objection("policy", each, expected)),
      ...(strangers.length === 0 ? [] : [objection("policy", `${shown(strangers)} may read it too`, expected)]),
      ...(missing.length === 0 || unknown.length > 0
        ? []
        : [objection("policy", `${shown(missing)} may not read it`, expected)]),
    ];
  },
});
