import { type Estate, kind } from "../estate.ts";
import { isObject, objectOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import { Block } from "../terraform/block.ts";
import type { Document } from "../terraform/document.ts";
import type { Resource } from "../terraform/resource.ts";
import { isUnknown, type Value } from "../value.ts";
import { type AwsProvider, awsProviders } from "./providers.ts";
import { taggableTypes } from "./taggable-types.ts";

/** A resource that can have tags, and those that it will have. */
export interface Tagged {
  readonly at: Place;
  readonly stack: string | undefined;
  /** What a tag says: as the resource has it, else as its provider gives it. Unknown where nobody knows its tags. */
  readonly tag: (name: string) => Value<string> | undefined;
  /** Whether any tag says something, whatever its name. */
  readonly isTagged: () => Value<boolean>;
}

type Tags = Pick<Tagged, "tag" | "isTagged">;

export const taggeds = kind<Tagged>("tagged resource", (estate) => {
  const defaults = defaultsOf(estate);
  return estate.terraform.resources
    .filter(({ type }) => taggableTypes.has(type) || type === GROUP)
    .map((resource) => ({
      at: placeOfResource(resource),
      stack: resource.stack,
      ...(resource.type === GROUP
        ? tagsOfGroup(resource)
        : tagsOf(resource, defaults.get(resource.document)?.get(resource.raw.provider ?? "aws") ?? new Map())),
    }));
});

function defaultsOf(estate: Estate): ReadonlyMap<Document, ReadonlyMap<string, AwsProvider["tags"]>> {
  const byDocument = Map.groupBy(estate.of(awsProviders), ({ document }) => document);
  return new Map(
    [...byDocument].map(([document, all]) => [document, new Map(all.map(({ name, tags }) => [name, tags]))]),
  );
}

/** Groups of machines tag these with blocks of their own, past the provider's tags; some stay with the group. */
const GROUP = "aws_autoscaling_group";

function tagsOfGroup({ block }: Resource): Tags {
  const handedOn = block.blocks("tag").filter((each) => each.flag("propagate_at_launch") !== false);
  const tags = new Map(handedOn.map((each) => [each.text("key"), each.text("value")]));
  return { tag: (name) => tags.get(name), isTagged: () => [...tags.values()].some(saysSomething) };
}

/** A plan says what comes of both, where it knows; a configuration says each. */
function tagsOf({ block, raw }: Resource, defaults: AwsProvider["tags"]): Tags {
  const all = raw.attributes["tags_all"];
  const given = isObject(all) ? all : raw.attributes["tags"];
  const own = typeof given === "string" ? block.value("tags") : given;
  if (isUnknown(own)) return { tag: () => own, isTagged: () => own };
  const tags = objectOf(own);
  const fallback = (name: string): Value<string> | undefined => (isUnknown(defaults) ? defaults : defaults.get(name));
  return {
    tag: (name) =>
      tags[name] === undefined || tags[name] === null ? fallback(name) : new Block(tags, block.scope).text(name),
    isTagged: () =>
      Object.values(tags).some(saysSomething) ||
      (isUnknown(defaults) ? defaults : [...defaults.values()].some(saysSomething)),
  };
}

const saysSomething = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
