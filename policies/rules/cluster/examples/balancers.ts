import { type Mutation, onObject } from "../../../engine/mutation.ts";
import type { JsonObject } from "../../../model/json.ts";
import { object, service } from "./workloads.ts";

const ALB = "alb.ingress.kubernetes.io/";
const NLB = "service.beta.kubernetes.io/aws-load-balancer-";
const withPrefix = (prefix: string, annotations: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${prefix}${name}`, value]));

/** How an annotation of an Ingress, and of a Service, is named in findings. */
export const ofIngress = (name: string): string => `Ingress/shop/web metadata.annotations[${ALB}${name}]`;
export const ofService = (name: string): string => `Service/shop/web metadata.annotations[${NLB}${name}]`;

/** Annotations of an Ingress with nothing wrong. */
const GOOD: JsonObject = {
  "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
  "ssl-redirect": "443",
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "backend-protocol": "HTTPS",
};

/** An Ingress that becomes an application load balancer, with these annotations in place of good ones. */
export const balancedIngress = (annotations: JsonObject = {}, spec: JsonObject = {}): JsonObject =>
  object("networking.k8s.io/v1", "Ingress", "web", {
    metadata: { annotations: withPrefix(ALB, { ...GOOD, ...annotations }) },
    spec: {
      ingressClassName: "alb",
      rules: [
        {
          host: "shop.example.org",
          http: { paths: [{ path: "/", backend: { service: { name: "web", port: { number: 8443 } } } }] },
        },
      ],
      ...spec,
    },
  });

/** A Service that becomes a network load balancer which ends TLS. */
export const balancedService = (annotations: JsonObject = {}, spec: JsonObject = {}): JsonObject => {
  const made = service({ type: "LoadBalancer", ...spec });
  const own = {
    type: "external",
    "ssl-cert": "arn:aws:acm:eu-central-1:111111111111:certificate/web",
    "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "backend-protocol": "ssl",
    ...annotations,
  };
  return { ...made, metadata: { name: "web", namespace: "shop", annotations: withPrefix(NLB, own) } };
};

/** Puts a load balancer of its own before the first Service of the real estate. */
export const balanceService = (title: string, annotations: JsonObject): Mutation =>
  onObject("Service", title, (body) => ({
    ...balancedIngress(annotations),
    metadata: {
      ...{ name: body.metadata.name, namespace: body.metadata.namespace },
      annotations: withPrefix(ALB, { ...GOOD, ...annotations }),
    },
  }));
