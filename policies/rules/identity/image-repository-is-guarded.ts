import { demand, objection, rule } from "../../engine/rule.ts";
import { imageRepositories } from "../../model/identity/registries.ts";

/** A tag stays what it was when it was reviewed, and what lies behind it is scanned. */
export const imageRepositoryIsGuarded = rule({
  id: "IAM-021",
  slug: "image-repository-is-guarded",
  severity: "high",
  title: "Tags of images cannot be moved, and images are scanned",
  why: "Whoever can push could otherwise put other code behind a version that is already running and reviewed.",
  fix: 'Set image_tag_mutability = "IMMUTABLE" and scan_on_push, or a scanning rule of the registry.',
  appliesTo: imageRepositories,
  requirements: ["NOD-4.14"],
  check: ({ tags, movable, scanned }) => [
    ...demand("image_tag_mutability", tags, "IMMUTABLE", (each) => each.startsWith("IMMUTABLE")),
    ...movable.map((each) => objection("image_tag_mutability_exclusion_filter", each, "no tag that can be moved")),
    ...demand("image_scanning_configuration.scan_on_push", scanned, "true, or a rule of the registry", (each) => each),
  ],
});
