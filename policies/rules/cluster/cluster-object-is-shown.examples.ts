import type { Examples } from "../../engine/example.ts";
import { addResource, type Mutation } from "../../engine/mutation.ts";
import { deployment } from "./examples/workloads.ts";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n";

export const examples: Examples = {
  good: [
    {
      title: "whole manifests, which are judged as such",
      resources: {
        kubernetes_manifest: { web: { manifest: deployment() } },
        kubectl_manifest: { a: { yaml_body: POD } },
      },
    },
  ],
  bad: [
    {
      title: "a release that is rendered elsewhere",
      resources: { helm_release: { web: { name: "web", chart: "web" } } },
      finds: ["helm_release.web manifest"],
    },
    {
      title: "a workload in words of the provider",
      resources: { kubernetes_deployment_v1: { web: { metadata: [{ name: "web" }] } } },
      finds: ["kubernetes_deployment_v1.web manifest"],
    },
  ],
  unknown: [
    {
      title: "manifests that are known only then, or that are none",
      resources: {
        kubernetes_manifest: {
          web: { manifest: '${yamldecode(file("web.yaml"))}' },
          none: { manifest: { kind: "Pod" } },
        },
        kubectl_manifest: { web: { yaml_body: "${data.http.web.body}" }, odd: { yaml_body: "a: {" } },
      },
      finds: [
        ...["kubernetes_manifest.web manifest", "kubernetes_manifest.none manifest"],
        ...["kubectl_manifest.web manifest", "kubectl_manifest.odd manifest"],
      ],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  addResource("bring a release by Terraform", "helm_release", { name: "web", chart: "web" }),
  addResource("deploy by Terraform", "kubernetes_deployment_v1", { metadata: [{ name: "web" }] }),
  addResource("apply what nobody sees", "kubernetes_manifest", { manifest: "${yamldecode(var.manifest)}" }),
];
