import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const OWN = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/app@${DIGEST}`;
const task = (image: string) => ({
  aws_ecs_task_definition: { app: { container_definitions: JSON.stringify([{ name: "app", image }]) } },
});
const LAYER = "arn:aws:lambda:eu-central-1:123456789012:layer:tools:5";
const declaration = { account: "123456789012" };

export const examples: Examples = {
  good: [
    {
      title: "images by digest, as a text, of a repository beside them, and looked up there",
      resources: {
        ...task(OWN),
        aws_ecr_repository: { app: { name: "app" } },
        aws_batch_job_definition: {
          work: {
            container_properties: JSON.stringify({ image: `\${aws_ecr_repository.app.repository_url}@${DIGEST}` }),
          },
        },
        aws_lambda_function: { main: { package_type: "Image", image_uri: "${data.aws_ecr_image.app.image_uri}" } },
        aws_codebuild_project: { main: { environment: [{ image: "aws/codebuild/standard:7.0" }] } },
        aws_sagemaker_model: { main: { primary_container: [{ image: OWN }] } },
      },
    },
    {
      title: "archives with their hash or version, or signed, and layers of the account",
      resources: {
        aws_lambda_function: {
          hash: { filename: "a.zip", source_code_hash: '${filebase64sha256("a.zip")}', layers: [LAYER] },
          version: { s3_bucket: "code", s3_key: "a.zip", s3_object_version: "abc" },
          signed: { s3_bucket: "code", s3_key: "a.zip", code_signing_config_arn: "arn:aws:lambda:x" },
        },
        aws_synthetics_canary: { main: { zip_file: "canary.zip" } },
      },
      declaration,
    },
    {
      title: "images of machines of somebody",
      resources: { aws_lambda_layer_version: { tools: { filename: "a.zip", source_code_hash: "x" } } },
      configuration: {
        data: {
          aws_ami: {
            own: { owners: ["self"], most_recent: true },
            debian: { filter: [{ name: "owner-id", values: ["136693071363"] }] },
          },
        },
      },
    },
  ],
  bad: [
    {
      title: "tags, and registries of others",
      resources: {
        ...task("123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:latest"),
        aws_batch_job_definition: { work: { container_properties: JSON.stringify({ image: `nginx@${DIGEST}` }) } },
        aws_lambda_function: { main: { package_type: "Image", image_uri: "public.ecr.aws/a/b:1" } },
        aws_apprunner_service: {
          main: { source_configuration: { image_repository: [{ image_identifier: "public.ecr.aws/a/b:latest" }] } },
        },
        aws_codebuild_project: { main: { environment: [{ image: "hashicorp/terraform:latest" }] } },
        aws_sagemaker_model: { main: { container: [{ image: OWN }, { image: "a/b:1" }] } },
      },
      finds: [
        "aws_lambda_function.main image_uri",
        "aws_apprunner_service.main source_configuration.image_repository.image_identifier",
        "aws_sagemaker_model.main container.image",
        "aws_codebuild_project.main environment.image",
        "aws_ecs_task_definition.app container_definitions[app].image",
        "aws_batch_job_definition.work container_properties[container].image",
      ],
    },
    {
      title: "an image of another account, and a layer of strangers",
      resources: {
        ...task(OWN.replace("123456789012", "999999999999")),
        aws_lambda_function: {
          main: { filename: "a.zip", source_code_hash: "x", layers: [LAYER.replace("123456789012", "999999999999")] },
        },
      },
      declaration,
      finds: ["aws_ecs_task_definition.app container_definitions[app].image", "aws_lambda_function.main layers"],
    },
    {
      title: "whatever lies at a key",
      resources: {
        aws_lambda_function: { main: { s3_bucket: "code", s3_key: "a.zip" }, bare: {} },
        aws_synthetics_canary: { main: { s3_bucket: "code", s3_key: "canary.zip" } },
      },
      finds: [
        "aws_lambda_function.main source_code_hash",
        "aws_lambda_function.bare source_code_hash",
        "aws_synthetics_canary.main s3_version",
      ],
    },
    {
      title: "an image of machines by its name alone",
      resources: { aws_lambda_layer_version: { tools: { s3_object_version: "x" } } },
      configuration: {
        data: { aws_ami: { any: { most_recent: true, filter: [{ name: "name", values: ["debian-12-*"] }] } } },
      },
      finds: ["data.aws_ami.any owners"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: {
        ...task("${var.image}"),
        aws_batch_job_definition: { work: { container_properties: "${var.container}" } },
      },
      finds: [
        "aws_ecs_task_definition.app container_definitions[app].image",
        "aws_batch_job_definition.work container_properties",
      ],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("run whatever a tag says", "aws_ecs_task_definition", {
    container_definitions: JSON.stringify([{ name: "app", image: "nginx:latest" }]),
  }),
];
