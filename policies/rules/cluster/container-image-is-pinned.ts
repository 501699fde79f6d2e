import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Container } from "../../model/cluster/container.ts";
import { pods } from "../../model/cluster/pods.ts";
import type { Declaration } from "../../model/declaration.ts";
import { isOfOwnRegistry, isPinned } from "../../model/images.ts";
import { isUnknown, type Value } from "../../model/value.ts";

/** Programs that give away the cluster by what they are for. */
const REFUSED = /(?:^|\/)(?:tiller|kubernetes-dashboard(?:-[a-z0-9]+)?|git-sync)(?:[:@]|$)/;

/** What was scanned and signed is what runs. */
export const containerImageIsPinned = rule({
  id: "K8S-006",
  slug: "container-image-is-pinned",
  severity: "high",
  title: "Every image is one image, by its digest, from the account's own registry",
  why: "Behind a tag stands tomorrow whatever somebody pushes; a registry of others can be down, slow, or taken over.",
  fix: "Copy the image to the account's ECR and name it repository@sha256:digest; pull policy IfNotPresent or Always.",
  appliesTo: pods,
  requirements: ["CIS 5.5.1", "NOD-4.14"],
  check: ({ path, containers, volumes }, { declaration }) => [
    ...containers.flatMap((each) => ofContainer(each, declaration)),
    ...volumes
      .filter(({ kind }) => kind === "image")
      .flatMap(({ name, source }) =>
        ofImage(`${path}.volumes.${name}.image.reference`, source.text("reference"), declaration),
      ),
  ],
});

const ofContainer = (
  { path, image, pullPolicy }: Container,
  declaration: Declaration | undefined,
): readonly Objection[] => [
  ...ofImage(`${path}.image`, image, declaration),
  ...(image === undefined || isUnknown(image)
    ? []
    : demand(
        `${path}.imagePullPolicy`,
        pullPolicy ?? "IfNotPresent",
        "IfNotPresent or Always",
        (each) => each === "IfNotPresent" || each === "Always",
      )),
];

function ofImage(
  attribute: string,
  image: Value<string> | undefined,
  declaration: Declaration | undefined,
): readonly Objection[] {
  if (image === undefined || isUnknown(image)) return [objection(attribute, image, "repository@sha256:digest")];
  return [
    ...(isPinned(image) ? [] : [objection(attribute, image, "repository@sha256:digest")]),
    ...(isOfOwnRegistry(image, declaration)
      ? []
      : [objection(attribute, image, "an image of the account's own registry in its region")]),
    ...(REFUSED.test(image) ? [objection(attribute, image, "no program that opens the cluster to others")] : []),
  ];
}
