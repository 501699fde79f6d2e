import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";

const IMDS = "instance_metadata_service_configuration.minimum_instance_metadata_service_version";

export const examples: Examples = {
  good: [
    {
      title: "a notebook without root that wants tokens, and builds",
      resources: {
        aws_sagemaker_notebook_instance: {
          main: {
            root_access: "Disabled",
            instance_metadata_service_configuration: [{ minimum_instance_metadata_service_version: "2" }],
          },
        },
        aws_codebuild_project: {
          main: { environment: [{ image: "aws/codebuild/standard:7.0" }] },
          off: { environment: [{ privileged_mode: false }] },
        },
      },
    },
  ],
  bad: [
    {
      title: "a notebook as it is by default, and one with the first version",
      resources: {
        aws_sagemaker_notebook_instance: {
          main: {},
          first: {
            root_access: "Disabled",
            instance_metadata_service_configuration: [{ minimum_instance_metadata_service_version: "1" }],
          },
        },
      },
      finds: [
        "aws_sagemaker_notebook_instance.main root_access",
        `aws_sagemaker_notebook_instance.main ${IMDS}`,
        `aws_sagemaker_notebook_instance.first ${IMDS}`,
      ],
    },
    {
      title: "a build that is root",
      resources: { aws_codebuild_project: { main: { environment: [{ privileged_mode: true }] } } },
      finds: ["aws_codebuild_project.main environment.privileged_mode"],
    },
  ],
  unknown: [
    {
      title: "a variable decides",
      resources: { aws_codebuild_project: { main: { environment: [{ privileged_mode: "${var.docker}" }] } } },
      finds: ["aws_codebuild_project.main environment.privileged_mode"],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("let a build be root", "aws_codebuild_project", { environment: [{ privileged_mode: true }] }),
];
