import { objection, rule } from "../../engine/rule.ts";
import { bareName, beginningsOf, nameds } from "../../model/governance/names.ts";
import { isUnknown } from "../../model/value.ts";

/** Policies of the account tell things apart by how their names begin: what is called otherwise is outside them. */
export const nameSaysWhoseItIs = rule({
  id: "GOV-007",
  slug: "name-says-whose-it-is",
  severity: "medium",
  title: "A name begins with its environment and the code of its service",
  why: "Boundaries, bucket policies and alarms name things by such patterns; another name slips through all of them.",
  fix: "Name it <environment>-<code>-<what>, secrets and parameters <environment>/<service>/<what>.",
  appliesTo: nameds,
  requirements: [],
  needsDeclaration: true,
  concerns: ({ name }) => isUnknown(name) || !/^(?:SSM-|\/aws\/)/.test(name),
  check({ name, attribute, stack }, estate) {
    const beginnings = beginningsOf(estate, stack);
    const bare = bareName(name);
    // A name that refers to another is judged where that one is written.
    if (isUnknown(bare)) return bare.resource === undefined ? [objection(attribute, bare, beginnings.join(", "))] : [];
    return beginnings.some((each) => bare.startsWith(each))
      ? []
      : [objection(attribute, name, `${beginnings.join(", ")}...`)];
  },
});
