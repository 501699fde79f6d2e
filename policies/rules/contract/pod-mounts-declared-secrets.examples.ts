import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { DeclaredService } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onPod } from "../cluster/examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec.volumes[secrets]";
const shop: DeclaredService = {
  ...{ name: "shop", components: [], stores: [], entrypoints: [], flows: [], egress: [], backups: [] },
  secrets: [
    {
      ...{ name: "signing-key", fullName: "example/shop/signing-key", why: "", rotation: "runbook", rotationDays: 80 },
      consumers: ["shop/web"],
    },
  ],
};
const all = { declaration: { services: [shop] } };
const web = deployment({
  pod: {
    volumes: [
      {
        name: "secrets",
        csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes: { secretProviderClass: "web" } },
      },
    ],
  },
});
const provider = (...names: readonly string[]): JsonObject =>
  object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "web", {
    spec: {
      parameters: { objects: names.map((name) => `- objectName: ${name}\n  objectType: secretsmanager\n`).join("") },
    },
  });

export const examples: Examples = {
  good: [
    {
      title: "a declared secret, a setting, and a password of the database itself",
      manifests: [
        web,
        provider(
          "example/shop/signing-key",
          "/example/shop/endpoint",
          "arn:aws:secretsmanager:eu-central-1:111111111111:secret:rds!cluster-1",
        ),
      ],
      ...all,
    },
  ],
  bad: [
    { title: "a secret of somebody else", manifests: [web, provider("example/pay/signing-key")], ...all, finds: [AT] },
    {
      title: "a component that is not declared for it",
      manifests: [web, provider('"example/shop/signing-key"')],
      declaration: {
        services: [{ ...shop, secrets: shop.secrets.map((each) => ({ ...each, consumers: ["shop/api"] })) }],
      },
      finds: [AT],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onObject("SecretProviderClass", "read a secret of another service", (body) => {
    body.spec.parameters.objects += "- objectName: production/ticketing/jwt-signing-key\n";
    return body;
  }),
  onPod("mount the secrets of another component", (pod) => {
    for (const each of pod.volumes) if (each.csi !== undefined) each.csi.volumeAttributes.secretProviderClass = "dump";
  }),
];
