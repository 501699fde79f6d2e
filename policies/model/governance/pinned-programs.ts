import { tasks } from "../cluster/tasks.ts";
import { type Estate, kind } from "../estate.ts";
import { isObject, type JsonObject, listOf } from "../json.ts";
import { type Place, placeOfResource } from "../place.ts";
import type { Block } from "../terraform/block.ts";
import { holdersOf } from "../terraform/ways.ts";
import { isUnknown, type Value } from "../value.ts";

/** Where it is said what runs outside of a cluster of Kubernetes. */
export type PinnedProgram = { readonly at: Place; readonly attribute: string } & (
  | { readonly form: "image" | "layer"; readonly value: Value<string> | undefined }
  /** An archive, or where images of machines are looked for; and whether it says which. */
  | { readonly form: "archive" | "search"; readonly says: boolean }
);

type Way = readonly [attribute: string, when?: (block: Block) => boolean];
const isImage = (block: Block): boolean => block.text("package_type") === "Image";

/** Attributes with an image, by type; those of tasks stand in documents. */
const IMAGES: Readonly<Record<string, readonly Way[]>> = {
  aws_lambda_function: [["image_uri", isImage]],
  aws_apprunner_service: [["source_configuration.image_repository.image_identifier"]],
  aws_sagemaker_model: [["primary_container.image"], ["container.image"]],
  // Images of CodeBuild are AWS' own.
  aws_codebuild_project: [
    ["environment.image", (block) => !String(block.block("environment")?.text("image")).startsWith("aws/codebuild/")],
  ],
};

/** What says which archive it is, any of some, and where it is asked for. */
const ARCHIVES: Readonly<Record<string, readonly [by: readonly string[], when?: (block: Block) => boolean]>> = {
  aws_lambda_function: [
    ["source_code_hash", "s3_object_version", "code_signing_config_arn"],
    (block) => !isImage(block),
  ],
  aws_lambda_layer_version: [["source_code_hash", "s3_object_version"]],
  aws_synthetics_canary: [["s3_version", "zip_file"]],
};

/** Images of machines and snapshots that are looked up by a name: strangers give theirs the same. */
const SEARCHES = /(?:^|\.)data\.aws_(?:ami|ami_ids|ebs_snapshot|ebs_snapshot_ids)\.[\w-]+$/;
const BY_OWNER: ReadonlySet<string> = new Set(["owner-alias", "owner-id", "image-id", "snapshot-id"]);

/** Every image, archive and layer that AWS runs outside of clusters, and every search for an image of machines. */
export const pinnedPrograms = kind<PinnedProgram>("program outside of clusters", (estate) => [
  ...imagesOf(estate),
  ...imagesOfTasks(estate),
  ...archivesOf(estate),
  ...layersOf(estate),
  ...searchesOf(estate),
]);

const imagesOfTasks = (estate: Estate): readonly PinnedProgram[] =>
  estate.of(tasks).flatMap(({ at, attribute, containers }): readonly PinnedProgram[] =>
    isUnknown(containers)
      ? [{ at, attribute, form: "image", value: containers }]
      : containers.map(({ name, image }) => {
          const path = `${attribute}[${name}].image`;
          return { at, attribute: path, form: "image", value: image };
        }),
  );

const layersOf = ({ terraform }: Estate): readonly PinnedProgram[] =>
  terraform
    .ofType("aws_lambda_function")
    .flatMap((resource) =>
      resource.block
        .texts("layers")
        .map((value): PinnedProgram => ({ at: placeOfResource(resource), attribute: "layers", form: "layer", value })),
    );

const imagesOf = ({ terraform }: Estate): readonly PinnedProgram[] =>
  terraform.ofType(...Object.keys(IMAGES)).flatMap((resource) =>
    (IMAGES[resource.type] ?? []).flatMap(([attribute, when]) => {
      if (when !== undefined && !when(resource.block)) return [];
      const [holders, name] = holdersOf(resource.block, attribute);
      return holders.map(
        (each) => ({ at: placeOfResource(resource), attribute, form: "image", value: each.text(name) }) as const,
      );
    }),
  );

const archivesOf = ({ terraform }: Estate): readonly PinnedProgram[] =>
  terraform.ofType(...Object.keys(ARCHIVES)).flatMap((resource) => {
    const [by = [], when] = ARCHIVES[resource.type] ?? [];
    if (when !== undefined && !when(resource.block)) return [];
    const says = by.some((name) => resource.block.has(name));
    return [{ at: placeOfResource(resource), attribute: by[0] ?? "", form: "archive", says } as const];
  });

const searchesOf = ({ terraform }: Estate): readonly PinnedProgram[] =>
  terraform.documents.flatMap(({ data, stack, source }) =>
    [...data].flatMap(([resource, given]) =>
      SEARCHES.test(resource)
        ? [{ at: { resource, stack, source }, attribute: "owners", form: "search", says: saysWhose(given) } as const]
        : [],
    ),
  );

const saysWhose = (given: JsonObject): boolean =>
  listOf(given["owners"]).length > 0 ||
  listOf(given["filter"]).some((each) => isObject(each) && BY_OWNER.has(String(each["name"])));
