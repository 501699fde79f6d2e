import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { balancedIngress, balanceService, ofIngress } from "./examples/balancers.ts";
import { object } from "./examples/workloads.ts";

const AT = "Ingress/shop/web";
const ingress = (spec: JsonObject = {}, annotations: JsonObject = {}): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "web", namespace: "shop", annotations },
  spec: { tls: [{ hosts: ["shop.example.org"], secretName: "web" }], rules: [{ host: "shop.example.org" }], ...spec },
});

export const examples: Examples = {
  good: [
    { title: "a host and its certificate", manifests: [ingress()] },
    {
      title: "load balancers of AWS: internal, and public for a port of the web",
      manifests: [balancedIngress(), balancedIngress({ scheme: "internet-facing" })],
    },
    { title: "an internal load balancer beside a declaration", declaration: {}, manifests: [balancedIngress()] },
    {
      title: "a port of administration for one site",
      manifests: [
        balancedIngress({
          ...{ scheme: "internet-facing", "listen-ports": '[{"HTTPS": 9090}]' },
          "inbound-cidrs": "203.0.113.0/24",
        }),
      ],
    },
  ],
  bad: [
    {
      title: "a public load balancer that no entrypoint declares",
      declaration: {},
      manifests: [balancedIngress({ scheme: "internet-facing" })],
      finds: [ofIngress("scheme")],
    },
    {
      title: "a port of administration for everybody, in two halves too",
      manifests: [
        balancedIngress({ scheme: "internet-facing", "listen-ports": '[{"HTTPS": 9090}]' }),
        balancedIngress({
          ...{ scheme: "internet-facing", "listen-ports": '[{"HTTPS": 5432}]' },
          "inbound-cidrs": "0.0.0.0/1, 128.0.0.0/1",
        }),
      ],
      finds: [ofIngress("inbound-cidrs"), ofIngress("inbound-cidrs")],
    },
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
  unknown: [
    {
      title: "a load balancer whose place is still to be filled in",
      declaration: {},
      manifests: [balancedIngress({ scheme: "${SCHEME}" })],
      finds: [ofIngress("scheme")],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("Service", "let an Ingress in beside the edge", (body) => ({
    ...ingress({ tls: undefined }),
    metadata: { name: body.metadata.name, namespace: body.metadata.namespace },
  })),
  balanceService("let a cluster make a public load balancer", { scheme: "internet-facing" }),
];
