import { kind } from "../estate.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import type { Value } from "../value.ts";
import { lossOf } from "./stateful-types.ts";

/** Something that loses what nobody can make again when it goes. */
export interface Stateful {
  readonly at: Place;
  /** What is lost. */
  readonly loses: string;
  /** Whether Terraform refuses to destroy it, or AWS does. */
  readonly kept: Value<boolean>;
}

/** Attributes by which AWS itself refuses. */
const REFUSING = [
  "deletion_protection",
  "deletion_protection_enabled",
  "delete_protection",
  "enable_deletion_protection",
];

/** Resources of configurations: a plan alone does not tell how they live and die. */
export const statefuls = kind<Stateful>("stateful resource", ({ terraform }) =>
  terraform.resources.flatMap((resource) => {
    const loses = lossOf(resource.type);
    const isShown = resource.document.kind === "configuration" || resource.block.has("lifecycle");
    return loses === undefined || !isShown
      ? []
      : [{ at: placeOfResource(resource), loses, kept: isKept(resource.block) }];
  }),
);

function isKept(block: Block): Value<boolean> {
  const prevented = block.block("lifecycle")?.flag("prevent_destroy");
  if (prevented === true || REFUSING.some((name) => block.flag(name) === true || block.text(name) === "ACTIVE"))
    return true;
  return prevented ?? false;
}
