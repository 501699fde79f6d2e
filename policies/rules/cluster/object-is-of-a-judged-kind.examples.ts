import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import { container, deployment, object } from "./examples/workloads.ts";

const template = { template: { spec: { containers: [container()] } } };

export const examples: Examples = {
  good: [
    {
      title: "workloads of Kubernetes and of others, and what cert-manager is told",
      manifests: [
        deployment(),
        object("argoproj.io/v1alpha1", "Rollout", "web", { spec: template }),
        object("apps.openshift.io/v1", "DeploymentConfig", "web", { spec: template }),
        object("cert-manager.io/v1", "Certificate", "web", { spec: { secretName: "web" } }),
      ],
    },
  ],
  bad: [
    {
      title: "a program beside the template of a kind that is judged",
      manifests: [
        object("argoproj.io/v1alpha1", "Rollout", "web", {
          spec: { ...template, analysis: { job: { image: "web" } } },
        }),
      ],
      finds: ["Rollout/shop/web spec.analysis.job.image"],
    },
    {
      title: "an image in another word",
      manifests: [object("keda.sh/v1alpha1", "ScaledObject", "web", { spec: { fallback: { imageName: "web" } } })],
      finds: ["ScaledObject/shop/web spec.fallback.imageName"],
    },
  ],
  unknown: [
    {
      title: "a Workflow, whose containers stand in words of their own",
      manifests: [
        object("argoproj.io/v1alpha1", "Workflow", "web", {
          spec: {
            templates: [
              { name: "a", container: { image: "web" } },
              { name: "b", script: { image: "web" } },
            ],
          },
        }),
      ],
      finds: ["Workflow/shop/web kind"],
    },
    {
      title: "an operator's database, and steps of a build",
      manifests: [
        object("postgresql.cnpg.io/v1", "Cluster", "web", { spec: { imageName: "postgres" } }),
        object("tekton.dev/v1", "Task", "web", { spec: { steps: [{ name: "a", image: "web" }] } }),
      ],
      finds: ["Cluster/shop/web kind", "Task/shop/web kind"],
    },
    {
      title: "a Service that is none of Kubernetes, and a Job that is none",
      manifests: [
        object("serving.knative.dev/v1", "Service", "web", { spec: template }),
        object("batch.volcano.sh/v1alpha1", "Job", "web", { spec: { tasks: [template] } }),
      ],
      finds: ["Service/shop/web kind", "Job/shop/web kind"],
    },
    {
      title: "what changes every pod, and what opens a door",
      manifests: [
        object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "web", { webhooks: [] }),
        object("networking.istio.io/v1", "VirtualService", "web", { spec: {} }),
        object("apiregistration.k8s.io/v1", "APIService", "web", { spec: {} }),
      ],
      finds: ["MutatingWebhookConfiguration/shop/web kind", "VirtualService/shop/web kind", "APIService/shop/web kind"],
    },
  ],
};

const becomes = (title: string, apiVersion: string, kind: string): Mutation =>
  onObject("Deployment", title, (body) => ({ ...body, apiVersion, kind }));

export const mutations: readonly Mutation[] = [
  becomes("deploy by Knative", "serving.knative.dev/v1", "Service"),
  becomes("deploy by a kind of nobody", "example.org/v1", "Deployment"),
  onObject("CronJob", "run a job as a Workflow", ({ metadata }) => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "CronWorkflow",
    metadata,
    spec: { workflowSpec: { templates: [{ name: "a", container: { image: "a" } }] } },
  })),
  onObject("ConfigMap", "change what is admitted", ({ metadata }) => ({
    ...{ apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", metadata },
    webhooks: [],
  })),
];
