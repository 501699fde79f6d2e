import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onContainer } from "./examples/workloads.ts";

const from = (key: string): JsonObject => ({ name: key, valueFrom: { secretKeyRef: { name: "web", key } } });

export const examples: Examples = {
  good: [
    {
      title: "a region, and a key of the service itself",
      manifests: [
        deployment({ container: { env: [{ name: "AWS_REGION", value: "eu-central-1" }, from("METRICS_TOKEN")] } }),
      ],
    },
  ],
  bad: [
    {
      title: "access keys of a cloud, as a secret",
      manifests: [deployment({ container: { env: [from("AWS_ACCESS_KEY_ID"), from("AWS_SECRET_ACCESS_KEY")] } })],
      finds: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(
        (name) => `Deployment/shop/web spec.template.spec.containers[web].env[${name}]`,
      ),
    },
    {
      title: "an administrator's key out of the manager of secrets",
      manifests: [
        object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "web", {
          spec: { secretObjects: [{ secretName: "web", data: [{ key: "ADMIN_API_KEY", objectName: "key" }] }] },
        }),
        object("v1", "ConfigMap", "web", { data: { SHOP_ADMIN_API_KEY: "x" } }),
      ],
      finds: ["SecretProviderClass/shop/web spec[ADMIN_API_KEY]", "ConfigMap/shop/web data[SHOP_ADMIN_API_KEY]"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onContainer("give a pod access keys", (each) => {
    each.env = [...(each.env ?? []), from("AWS_SECRET_ACCESS_KEY")];
  }),
  onObject("ConfigMap", "give administrators a key", (body) => ({
    ...body,
    data: { ...body.data, ADMIN_API_KEY: "x" },
  })),
];
