import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, object, onContainer, onPod, sidecar } from "./examples/workloads.ts";

const WEB = "Deployment/shop/web spec.template.spec.containers[web]";
const TLS = "Deployment/shop/web spec.template.spec.initContainers[tls]";
const nginx = (listen: string): JsonObject =>
  object("v1", "ConfigMap", "nginx", {
    data: { "nginx.conf": `http { server { listen ${listen}; location / { proxy_pass http://127.0.0.1:3000; } } }` },
  });
const behind = (container: JsonObject = {}, ports: readonly number[] = [8443]): JsonObject =>
  deployment({
    pod: {
      initContainers: [
        sidecar({
          ports: ports.map((containerPort) => ({ containerPort })),
          volumeMounts: [{ name: "nginx", mountPath: "/etc/nginx/nginx.conf", subPath: "nginx.conf", readOnly: true }],
        }),
      ],
      volumes: [{ name: "nginx", configMap: { name: "nginx" } }],
    },
    container: { ports: undefined, ...container },
  });
const closed = object("networking.k8s.io/v1", "NetworkPolicy", "deny", {
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});
const probe = (scheme: string): JsonObject => ({
  readinessProbe: { httpGet: { path: "/ready", port: 8443, scheme } },
  livenessProbe: { httpGet: { path: "/live", port: 8443, scheme } },
});

export const examples: Examples = {
  good: [
    {
      title: "NGINX before a program on loopback",
      manifests: [behind({ env: [{ name: "HOST", value: "127.0.0.1" }] }), nginx("8443 ssl")],
    },
    { title: "a program that the kubelet asks by HTTPS", manifests: [deployment()] },
    {
      title: "an agent that nobody may reach, beside one that is reached",
      manifests: [
        { ...deployment({ container: probe("HTTP") }), metadata: { name: "agent", namespace: "agents" } },
        { ...closed, metadata: { name: "deny", namespace: "agents" } },
        deployment(),
      ],
    },
  ],
  bad: [
    { title: "NGINX in clear", manifests: [behind(), nginx("8443")], finds: [`${TLS}.ports[8443]`] },
    {
      title: "a second way in that is not listed",
      manifests: [behind(), nginx("8443 ssl; listen 8080")],
      finds: [`${TLS}.ports[8080]`],
    },
    {
      title: "a program that the kubelet asks in clear",
      manifests: [deployment({ container: probe("HTTP") })],
      finds: [`${WEB}.ports[8443]`],
    },
    {
      title: "a program that is reached around its sidecar",
      manifests: [behind({ env: [{ name: "HOST", value: "0.0.0.0" }], args: ["--metrics=:9090"] }), nginx("8443 ssl")],
      finds: [`${WEB}.command`, `${WEB}.command`],
    },
    {
      title: "a setting of a ConfigMap that opens it",
      manifests: [
        behind({ envFrom: [{ configMapRef: { name: "env" } }] }),
        nginx("8443 ssl"),
        object("v1", "ConfigMap", "env", { data: { BIND: "[::]:8000" } }),
      ],
      finds: [`${WEB}.command`],
    },
    {
      title: "a port of its own beside the sidecar",
      manifests: [behind({ ports: [{ containerPort: 3000 }], ...probe("HTTPS") }), nginx("8443 ssl")],
      finds: [`${WEB}.ports[3000]`],
    },
  ],
  unknown: [
    {
      title: "by itself, who is let in in another file",
      isPart: true,
      manifests: [deployment({ container: probe("HTTP") })],
      finds: [`${WEB}.ports[8443]`],
    },
    {
      title: "nothing shows what a port speaks",
      manifests: [
        deployment({ container: { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined } }),
      ],
      finds: [`${WEB}.ports[8443]`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("ConfigMap", "let NGINX listen in clear", (body) => {
    for (const name of Object.keys(body.data))
      body.data[name] = body.data[name].replace(/listen (\d+) ssl/, "listen $1");
    return body;
  }),
  onObject("ConfigMap", "open a second way in", (body) => {
    for (const name of Object.keys(body.data))
      body.data[name] = body.data[name].replace(/listen (\d+) ssl;/, "listen $1 ssl; listen 8080;");
    return body;
  }),
  onObject("ConfigMap", "let a program listen on all addresses", (body) => {
    if (body.data.HOST !== undefined) body.data.HOST = "0.0.0.0";
    return body;
  }),
  onContainer("list a port beside the sidecar", (each) => {
    each.ports = [{ containerPort: 3000 }];
  }),
  onPod("let an exporter listen on all addresses", (pod) => {
    for (const each of pod.containers) {
      each.command = each.command?.map((word: string) => word.replace("127.0.0.1:19113", "0.0.0.0:19113"));
    }
  }),
];
