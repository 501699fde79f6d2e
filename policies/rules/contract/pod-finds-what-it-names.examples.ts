import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onContainer, onPod } from "../cluster/examples/workloads.ts";

const POD = "Deployment/shop/web spec.template.spec";
const account = object("v1", "ServiceAccount", "web", {});
const provider = object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "web", {
  spec: { secretObjects: [{ secretName: "web-secrets", data: [{ key: "TOKEN" }] }] },
});
const certificate = object("cert-manager.io/v1", "Certificate", "web", { spec: { secretName: "web-tls" } });
const settings = object("v1", "ConfigMap", "settings", { data: { HOST: "127.0.0.1" } });
const token = (key = "TOKEN"): JsonObject => ({
  name: "TOKEN",
  valueFrom: { secretKeyRef: { name: "web-secrets", key } },
});
const mounts = [
  { name: "secrets", csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes: { secretProviderClass: "web" } } },
  { name: "tls", secret: { secretName: "web-tls" } },
];
const naming = (container: JsonObject, volumes: readonly JsonObject[] = mounts): JsonObject =>
  deployment({ pod: { volumes }, container });

export const examples: Examples = {
  good: [
    {
      title: "settings, secrets and certificates of the release",
      manifests: [
        naming({ envFrom: [{ configMapRef: { name: "settings" } }], env: [token()] }),
        account,
        provider,
        certificate,
        settings,
      ],
    },
    {
      title: "what it may do without",
      manifests: [deployment({ pod: { volumes: [{ name: "x", configMap: { name: "y", optional: true } }] } }), account],
    },
  ],
  bad: [
    {
      title: "an entry that its secret does not have",
      manifests: [naming({ env: [token("TOKNE")] }), account, provider, certificate],
      finds: [`${POD}.containers[web].env[TOKEN]`],
    },
    {
      title: "a secret that somebody else must mount first",
      manifests: [naming({ env: [token()] }, []), account, provider],
      finds: [`${POD}.containers[web].env[TOKEN]`],
    },
  ],
  unknown: [
    {
      title: "nothing of what it names is shown",
      manifests: [
        deployment({
          pod: {
            nodeSelector: { "karpenter.sh/nodepool": "shop" },
            volumes: [
              ...mounts,
              { name: "disk", persistentVolumeClaim: { claimName: "disk" } },
              { name: "all", projected: { sources: [{ configMap: { name: "more" } }, { secret: { name: "more" } }] } },
            ],
          },
        }),
      ],
      finds: [
        "serviceAccountName",
        "nodeSelector",
        "volumes[secrets]",
        "volumes[tls]",
        "volumes[disk]",
        "volumes[all]",
        "volumes[all]",
      ].map((each) => `${POD}.${each}`),
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject(
    "ConfigMap",
    "drop a ConfigMap",
    () => undefined,
    ({ namespace }) => namespace !== "kube-system",
  ),
  onObject("SecretProviderClass", "drop secrets", () => undefined),
  onObject("Certificate", "drop a certificate", () => undefined),
  onObject("ServiceAccount", "rename an account", (body) => ({
    ...body,
    metadata: { ...body.metadata, name: "other" },
  })),
  onObject("SecretProviderClass", "rename an entry of a secret", (body) => {
    for (const made of body.spec.secretObjects) for (const each of made.data) each.key = `${each.key}_OLD`;
    return body;
  }),
  onContainer("read another ConfigMap", (each) => {
    for (const from of each.envFrom ?? []) if (from.configMapRef !== undefined) from.configMapRef.name = "other";
  }),
  onPod("run in another pool", (pod) => {
    pod.nodeSelector = { "karpenter.sh/nodepool": "other" };
  }),
];
