import { demand, rule } from "../../engine/rule.ts";
import { registries } from "../../model/registries.ts";

/** Whether tags can be moved and images are scanned is for the rules of identity. */
export const imageInUseStays = rule({
  id: "DATA-020",
  slug: "image-in-use-stays",
  severity: "medium",
  title: "No rule of a registry deletes tagged images by their age, or leaves fewer than 100",
  why: "An image that has run for a year is the oldest of all: the next restart, and the way back, need just that one.",
  fix: "Expire untagged images by age, tagged ones by count only (imageCountMoreThan, at least 100).",
  appliesTo: registries,
  requirements: [],
  check: ({ tagged }) =>
    tagged.flatMap((count) =>
      demand("policy.rules.selection.countNumber", count, ">= 100 tagged images", (kept) => kept >= 100),
    ),
});
