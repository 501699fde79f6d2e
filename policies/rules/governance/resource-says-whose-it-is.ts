import { type Objection, objection, rule } from "../../engine/rule.ts";
import type { Declaration } from "../../model/declaration.ts";
import { taggeds } from "../../model/governance/tagged.ts";
import { isUnknown, shown, type Value } from "../../model/value.ts";

const REQUIRED = ["owner", "service", "environment", "data-classification"];
const CLASSIFICATIONS = ["public", "internal", "confidential", "personal"];

/** A tag and what it may say; absent: anything. */
type Expected = readonly [name: string, allowed: readonly string[] | undefined];

/** At night, at the end of a bill and in an incident, what nobody owns is nobody's. */
export const resourceSaysWhoseItIs = rule({
  id: "GOV-001",
  slug: "resource-says-whose-it-is",
  severity: "medium",
  title:
    "Every resource has tags; those of a declared environment say its owner, service, environment and how its data are classified",
  why: "Who is called at night, who pays, and what may be copied to a test follow from these four tags.",
  fix: "Set them once in the provider's default_tags; leave them alone in resources.",
  appliesTo: taggeds,
  requirements: ["MUN-6.3"],
  check({ tag, stack, isTagged }, { declaration }) {
    // Which tags there must be, others decide for themselves.
    if (declaration === undefined) {
      const tagged = isTagged();
      return tagged === true
        ? []
        : [objection("tags", tagged === false ? undefined : tagged, "tags that say whose it is")];
    }
    const tags = REQUIRED.map((name) => tag(name));
    const [unknown] = tags.filter(isUnknown);
    if (unknown !== undefined && tags.every((each) => each === unknown)) {
      return [objection("tags", unknown, REQUIRED.join(", "))];
    }
    const missing = REQUIRED.filter((_, at) => (tags[at] ?? "") === "");
    return [
      ...(missing.length === 0 ? [] : [objection("tags", `no ${missing.join(", ")}`, REQUIRED.join(", "))]),
      ...expectedOf(stack, declaration).flatMap(([name, allowed]) => valued(name, tag(name), allowed)),
    ];
  },
});

/** What tags say, by what is declared. */
function expectedOf(stack: string | undefined, declaration: Declaration): readonly Expected[] {
  const classes: Expected = ["data-classification", CLASSIFICATIONS];
  const service = declaration.services.find(({ name }) => name === stack);
  return [
    ["environment", [declaration.name]],
    ["service", stack === undefined ? undefined : [stack]],
    ["owner", service?.owner === undefined ? undefined : [service.owner]],
    service?.data === undefined ? classes : ["data-classification", [service.data]],
  ];
}

const valued = (
  name: string,
  value: Value<string> | undefined,
  allowed: readonly string[] | undefined,
): readonly Objection[] =>
  allowed === undefined || value === undefined || value === "" || (!isUnknown(value) && allowed.includes(value))
    ? []
    : [objection(`tags.${name}`, value, shown(allowed))];
