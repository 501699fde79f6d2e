import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import { deployment, object, onContainer, onPod } from "../cluster/examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec.containers[web]";
const asks = (httpGet: object) => ({
  container: { startupProbe: undefined, livenessProbe: undefined, readinessProbe: { httpGet: { ...httpGet } } },
});
const nginx = object("v1", "ConfigMap", "nginx", { data: { "nginx.conf": "http { server { listen 8443 ssl; } }" } });
const mounted = (scheme: string | undefined) => ({
  pod: { volumes: [{ name: "nginx", configMap: { name: "nginx" } }] },
  container: {
    ...asks({ port: 8443, scheme }).container,
    volumeMounts: [{ name: "nginx", mountPath: "/etc/nginx", readOnly: true }],
  },
});

export const examples: Examples = {
  good: [
    {
      title: "a port of the pod, by number and by name",
      manifests: [deployment(), deployment(asks({ port: "web", scheme: "HTTPS" }))],
    },
    { title: "TLS asked by HTTPS", manifests: [deployment(mounted("HTTPS")), nginx] },
  ],
  bad: [
    {
      title: "a port that nobody lists",
      manifests: [deployment(asks({ port: 8080 }))],
      finds: [`${AT}.readinessProbe.port`],
    },
    {
      title: "another host",
      manifests: [deployment(asks({ port: 8443, host: "example.org" }))],
      finds: [`${AT}.readinessProbe.host`],
    },
    {
      title: "TLS asked in clear, as it is by default",
      manifests: [deployment(mounted(undefined)), nginx],
      finds: [`${AT}.readinessProbe.scheme`],
    },
  ],
  unknown: [
    {
      title: "another host is asked, and which is not known",
      manifests: [deployment(asks({ port: 8443, host: "${HOST}" }))],
      finds: [`${AT}.readinessProbe.host`],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onContainer("ask a port that nobody lists", (each) => {
    each.readinessProbe.httpGet.port = 8444;
  }),
  onContainer("ask in clear", (each) => {
    each.livenessProbe.httpGet.scheme = "HTTP";
  }),
  onPod("list another port", (pod) => {
    for (const each of pod.initContainers ?? []) for (const port of each.ports ?? []) port.containerPort += 1;
  }),
  onObject("ConfigMap", "let NGINX speak in clear", (body) => {
    for (const name of Object.keys(body.data))
      body.data[name] = body.data[name].replace(/listen 8443 ssl/, "listen 8443");
    return body;
  }),
];
