import { kind } from "./estate.ts";
import { isObject, listOf, objectOf } from "./json.ts";
import { type Place, placeOfResource } from "./place.ts";
import { isUnknown, type Value } from "./value.ts";

/** What a registry lets go of. */
export interface Registry {
  readonly at: Place;
  /** How many images each rule leaves that takes tagged ones; 0 of one that counts days. */
  readonly tagged: readonly Value<number>[];
}

/** Where a policy of lifecycle stands, by type. */
const POLICIES: Readonly<Record<string, string>> = {
  aws_ecr_lifecycle_policy: "policy",
  aws_ecr_repository_creation_template: "lifecycle_policy",
};

/** Every policy of lifecycle of ECR. */
export const registries = kind<Registry>("registry", ({ terraform }) =>
  terraform.ofType(...Object.keys(POLICIES)).map((resource) => ({
    at: placeOfResource(resource),
    tagged: countsOf(resource.block.text(POLICIES[resource.type] ?? "")),
  })),
);

/** A policy of lifecycle is a document in a text. */
function countsOf(text: Value<string> | undefined): readonly Value<number>[] {
  if (text === undefined) return [];
  if (isUnknown(text)) return [text];
  return listOf(objectOf(parsed(text))["rules"]).flatMap((rule) => {
    const { tagStatus, countType, countNumber } = objectOf(objectOf(rule)["selection"]);
    if (tagStatus === "untagged") return [];
    return [countType === "imageCountMoreThan" && typeof countNumber === "number" ? countNumber : 0];
  });
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
