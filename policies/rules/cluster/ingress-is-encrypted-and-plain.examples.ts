import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { object } from "./examples/workloads.ts";

const AT = "Ingress/shop/web";
const ingress = (spec: JsonObject = {}, annotations: JsonObject = {}): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "shop", annotations },
  spec: { tls: [{ hosts: ["shop.example.org"], secretName: "web" }], rules: [{ host: "shop.example.org" }], ...spec },
});

export const examples: Examples = {
  good: [{ title: "a host and its certificate", manifests: [ingress()] }],
  bad: [
    { title: "a host in clear", manifests: [ingress({ tls: undefined })], finds: [`${AT} spec.tls[shop.example.org]`] },
    {
      title: "a certificate of another host",
      manifests: [ingress({ tls: [{ hosts: ["x.example.org"], secretName: "x" }] })],
      finds: [`${AT} spec.tls[shop.example.org]`],
    },
    {
      title: "any host, and a pattern",
      manifests: [ingress({ rules: [{}, { host: "*.example.org" }] })],
      finds: [`${AT} spec.rules.host`, `${AT} spec.rules.host`],
    },
    {
      title: "everything by default, in the old version",
      manifests: [
        object("extensions/v1beta1", "Ingress", "web", { spec: { backend: { serviceName: "web", servicePort: 80 } } }),
      ],
      finds: [`${AT} spec.rules.host`],
    },
    {
      title: "code for the controller, and no redirect",
      manifests: [
        ingress(
          {},
          { "nginx.ingress.kubernetes.io/server-snippet": "lua", "nginx.ingress.kubernetes.io/ssl-redirect": "false" },
        ),
      ],
      finds: [
        `${AT} metadata.annotations[nginx.ingress.kubernetes.io/server-snippet]`,
        `${AT} metadata.annotations[nginx.ingress.kubernetes.io/ssl-redirect]`,
      ],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onObject("Service", "let an Ingress in beside the edge", (body) => ({
    ...ingress({ tls: undefined }),
    metadata: { name: body.metadata.name, namespace: body.metadata.namespace },
  })),
];
