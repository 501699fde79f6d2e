import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import { container, deployment, IMAGE, onContainer, onPod } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web]";
const image = (name: string) => ({ container: { image: name } });
const ECR = "111111111111.dkr.ecr.eu-central-1.amazonaws.com";

export const examples: Examples = {
  good: [
    { title: "a digest from the own registry", manifests: [deployment()], declaration: {} },
    {
      title: "a digest from a registry of ours, and a tag that nobody reads",
      manifests: [deployment(image(IMAGE.replace("@", ":v1@")))],
    },
  ],
  bad: [
    {
      title: "a tag",
      manifests: [deployment(image(`${ECR}/shop/web:1.2.3`))],
      finds: [`${WEB}.image`],
    },
    {
      title: "whatever is latest on a public registry",
      manifests: [deployment(image("nginx"))],
      finds: [`${WEB}.image`, `${WEB}.image`],
    },
    {
      title: "a registry of another account",
      manifests: [deployment(image(IMAGE.replace("111111111111", "999999999999")))],
      declaration: {},
      finds: [`${WEB}.image`],
    },
    {
      title: "a dashboard, and a sidecar that fetches programs from git",
      manifests: [
        deployment({
          ...image(IMAGE.replace("shop/web", "kubernetesui/kubernetes-dashboard")),
          beside: [container({ name: "sync", image: IMAGE.replace("shop/web", "mirror/git-sync") })],
        }),
      ],
      finds: [`${WEB}.image`, "Deployment/shop/web spec.template.spec.containers[sync].image"],
    },
    {
      title: "an image that must be on the node already",
      manifests: [deployment({ container: { imagePullPolicy: "Never" } })],
      finds: [`${WEB}.imagePullPolicy`],
    },
    { title: "no image", manifests: [deployment({ container: { image: undefined } })], finds: [`${WEB}.image`] },
  ],
  unknown: [
    {
      title: "a digest is still to be filled in",
      manifests: [deployment(image(`${ECR}/shop/web@\${DIGEST}`))],
      finds: [`${WEB}.image`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("name a tag for a digest", (each) => {
    each.image = each.image.replace(/@.*/, ":1.4.2");
  }),
  onContainer(
    "name no tag in a nightly job",
    (each) => {
      each.image = each.image.replace(/@.*/, "");
    },
    "CronJob",
  ),
  onContainer("pull from a public registry", (each) => {
    each.image = each.image.replace(/^[^/]*/, "docker.io");
  }),
  onPod("mount what a tag names", (pod) => {
    pod.volumes = [...(pod.volumes ?? []), { name: "tools", image: { reference: "docker.io/tools:latest" } }];
  }),
  onPod("pull the sidecar from another region", (pod) => {
    for (const each of pod.initContainers ?? []) each.image = each.image.replace("eu-central-1", "us-east-1");
  }),
];
