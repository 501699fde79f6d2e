import { type Objection, objection, rule } from "../../engine/rule.ts";
import { type RequiredProvider, states } from "../../model/governance/states.ts";
import { boundsOf, isAtLeast } from "../../model/governance/versions.ts";

/** Locking without a table came with Terraform 1.11. */
const LEAST = [1, 11];

/** The same configuration does the same tomorrow: versions have a lower end, and providers an upper one. */
export const versionsAreBounded = rule({
  id: "GOV-002",
  slug: "versions-are-bounded",
  severity: "medium",
  title: "Terraform is 1.11 or newer, and every provider is of HashiCorp and bounded on both sides",
  why: "A provider's next major version replaces resources; another publisher's provider runs with all our rights.",
  fix: 'required_version = ">= 1.11"; each provider with source and a version such as ">= 6.34, < 7.0".',
  appliesTo: states,
  requirements: [],
  check: ({ terraform, providers }, { declaration }) => [
    ...(terraform !== undefined && isAtLeast(boundsOf(terraform).from ?? [0], LEAST)
      ? []
      : [objection("required_version", terraform, ">= 1.11")]),
    ...(providers.length === 0
      ? [objection("required_providers", undefined, "every provider with its source and versions")]
      : []),
    ...providers.flatMap((each) => against(each, declaration === undefined ? /^hashicorp\// : /^hashicorp\/aws$/)),
  ],
});

function against({ name, source, versions }: RequiredProvider, allowed: RegExp): readonly Objection[] {
  const bounds = boundsOf(versions ?? "");
  return [
    ...(allowed.test(source) ? [] : [objection(`required_providers.${name}.source`, source, "hashicorp/aws")]),
    ...(bounds.from !== undefined && bounds.ends
      ? []
      : [objection(`required_providers.${name}.version`, versions, "a lower and an upper bound")]),
  ];
}
