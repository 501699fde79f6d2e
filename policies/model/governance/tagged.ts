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
  const beside = tagsBeside(estate);
  return estate.terraform.resources
    .filter(({ type }) => taggableTypes.has(type) || type === GROUP)
    .map((resource) => {
      const own =
        resource.type === GROUP
          ? tagsOfGroup(resource)
          : tagsOf(resource, defaults.get(resource.document)?.get(resource.raw.provider ?? "aws") ?? new Map());
      const added = beside.get(resource);
      return {
        at: placeOfResource(resource),
        stack: resource.stack,
        ...own,
        ...(added === undefined ? {} : { tag: (name: string) => added.get(name) ?? own.tag(name) }),
      };
    });
});

/** Tags that resources of their own put on others, past what those say themselves; and how they name these. */
const BESIDE: Readonly<Record<string, string>> = {
  aws_dynamodb_tag: "resource_arn",
  aws_ec2_tag: "resource_id",
  aws_ecs_tag: "resource_arn",
  aws_secretsmanager_tag: "secret_id",
  aws_transfer_tag: "resource_arn",
};

function tagsBeside({ terraform }: Estate): ReadonlyMap<Resource, ReadonlyMap<string, Value<string>>> {
  const found = new Map<Resource, Map<string, Value<string>>>();
  for (const { type, block } of terraform.ofType(...Object.keys(BESIDE))) {
    const [tagged, key] = [terraform.find(block.text(BESIDE[type] ?? "")), block.text("key")];
    if (tagged === undefined || typeof key !== "string") continue;
    const own = found.get(tagged) ?? new Map<string, Value<string>>();
    found.set(tagged, own.set(key, block.text("value") ?? ""));
  }
  return found;
}

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
