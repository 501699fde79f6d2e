import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import { regionOf } from "../region.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { matchesWildcard } from "../wildcard.ts";

/** Where images lie, or what makes such places. */
export interface ImageRepository {
  readonly at: Place;
  readonly name: Value<string> | undefined;
  /** `IMMUTABLE`, `MUTABLE`, or either with exclusions. */
  readonly tags: Value<string>;
  /** Names of tags that may be moved all the same. */
  readonly movable: readonly Value<string>[];
  /** Whether images are scanned: by the repository's own setting, or by the registry's. */
  readonly scanned: Value<boolean>;
}

/** Absent: tags may be moved, and nothing is scanned. A template says nothing of scanning, the registry does. */
export const imageRepositories = kind<ImageRepository>("image repository", ({ terraform }) => {
  const scanning = terraform.ofType("aws_ecr_registry_scanning_configuration");
  return terraform.ofType("aws_ecr_repository", "aws_ecr_repository_creation_template").map((resource) => {
    const { block, type } = resource;
    const name = type === "aws_ecr_repository" ? block.text("name") : prefixed(block.text("prefix"));
    const own = block.block("image_scanning_configuration")?.flag("scan_on_push") ?? false;
    return {
      at: placeOfResource(resource),
      name,
      tags: block.text("image_tag_mutability") ?? "MUTABLE",
      movable: block.blocks("image_tag_mutability_exclusion_filter").flatMap((each) => each.text("filter") ?? []),
      scanned:
        own === true || scanning.some((each) => regionOf(each) === regionOf(resource) && scans(each, name))
          ? true
          : own,
    };
  });
});

const prefixed = (prefix: Value<string> | undefined): Value<string> | undefined =>
  isUnknown(prefix) || prefix === undefined ? prefix : `${prefix}/image`;

/** Whether rules of a registry scan a repository of a name at each push, or continuously. */
const scans = ({ block }: Resource, name: Value<string> | undefined): boolean =>
  block.blocks("rule").some(
    (rule) =>
      ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].includes(String(rule.text("scan_frequency"))) &&
      rule.blocks("repository_filter").some((filter) => {
        const pattern = filter.text("filter");
        if (typeof pattern !== "string") return false;
        // A filter without stars is found anywhere in a name.
        return (
          pattern === "*" ||
          (typeof name === "string" && matchesWildcard(pattern.includes("*") ? pattern : `*${pattern}*`, name))
        );
      }),
  );
