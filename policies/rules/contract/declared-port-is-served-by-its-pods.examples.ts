import type { Example, Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { DeclaredFlow, DeclaredPart, DeclaredPort, DeclaredService } from "../../model/declaration.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, LABELS, object, onPod, service, sidecar } from "../cluster/examples/workloads.ts";

const POD = "Deployment/shop/web spec.template.spec";
const port = (name: string, number: number, transport: DeclaredPort["transport"]): DeclaredPort => ({
  ...{ name, port: number, protocol: "tcp", transport, purpose: "service" },
});
const flow: DeclaredFlow = {
  ...{ id: "shop/edge->web:8443", from: "shop/edge", to: "shop/web", protocol: "tcp", transport: "mtls" },
  ...{ why: "", origin: "service", ports: [8443] },
};
const component: DeclaredPart = {
  ...{ name: "web", kind: "pods", why: "", hosts: [] },
  ports: [port("web", 8443, "mtls"), port("app", 3000, "loopback")],
};
const shop: DeclaredService = {
  name: "shop",
  components: [component],
  ...{ stores: [], entrypoints: [], flows: [flow], egress: [], secrets: [], backups: [] },
};
const nginx = (server = "listen 8443 ssl; ssl_verify_client on;", upstream = "http://127.0.0.1:3000"): JsonObject =>
  object("v1", "ConfigMap", "nginx", {
    data: { "nginx.conf": `http { server { ${server} location / { proxy_pass ${upstream}; } } }` },
  });
const web = (ports: readonly number[] = [8443]): JsonObject =>
  deployment({
    pod: {
      initContainers: [
        sidecar({
          ports: ports.map((containerPort) => ({ containerPort })),
          volumeMounts: [{ name: "nginx", mountPath: "/etc/nginx", readOnly: true }],
        }),
      ],
      volumes: [{ name: "nginx", configMap: { name: "nginx" } }],
    },
    container: { ports: undefined },
  });
const policy = (number = 8443): JsonObject =>
  object("networking.k8s.io/v1", "NetworkPolicy", "web", {
    spec: { podSelector: { matchLabels: LABELS }, ingress: [{ ports: [{ port: number }] }] },
  });
const all = { declaration: { services: [shop] } };
const only = (title: string, manifests: readonly JsonObject[], finds: readonly string[]): Example => ({
  title,
  manifests,
  finds,
  ...all,
});

export const examples: Examples = {
  good: [
    { title: "one port everywhere", manifests: [web(), nginx(), policy(), service()], ...all },
    {
      title: "a program that a map leads to",
      manifests: [
        web(),
        object("v1", "ConfigMap", "nginx", {
          data: {
            "nginx.conf":
              "stream { map $ssl_client_s_dn $to { default no; CN=edge 127.0.0.1:3000; } upstream no { server 127.0.0.1:1 down; } server { listen 8443 ssl; ssl_verify_client on; proxy_pass $to; } }",
          },
        }),
        policy(),
        service(),
      ],
      ...all,
    },
  ],
  bad: [
    only("a component without pods", [], ["shop/web component web"]),
    only(
      "another port in the pod",
      [web([8444]), nginx("listen 8444 ssl;"), policy(), service({ ports: [{ port: 8444 }] })],
      [`${POD} port web 8443`, `${POD} port web 8443 Service`, `${POD}.initContainers[tls].ports[8444]`],
    ),
    only(
      "clear text where mutual TLS is declared",
      [web(), nginx("listen 8443;"), policy(), service()],
      [`${POD} port web 8443`, `${POD} port web 8443 ssl_verify_client`],
    ),
    only(
      "TLS that asks for no certificate",
      [web(), nginx("listen 8443 ssl;"), policy(), service()],
      [`${POD} port web 8443 ssl_verify_client`],
    ),
    only("a policy of another port", [web(), nginx(), policy(8444), service()], [`${POD} port web 8443 NetworkPolicy`]),
    only(
      "a Service of another port",
      [web(), nginx(), policy(), service({ ports: [{ port: 443, targetPort: 8443 }] })],
      [`${POD} port web 8443 Service`],
    ),
    only(
      "another program behind",
      [web(), nginx(undefined, "http://127.0.0.1:8000"), policy(), service()],
      [`${POD} proxy_pass`],
    ),
  ],
  unknown: [
    {
      title: "nothing shows what the port speaks",
      manifests: [
        deployment({ container: { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined } }),
        policy(),
        service(),
      ],
      declaration: { services: [{ ...shop, components: [{ ...component, ports: [port("web", 8443, "tls")] }] }] },
      finds: [`${POD} port web 8443`],
    },
  ],
};

const inNginx = (title: string, from: RegExp, to: string): Mutation =>
  onObject("ConfigMap", title, (body) => {
    for (const name of Object.keys(body.data ?? {})) {
      if (name.endsWith("nginx.conf")) body.data[name] = body.data[name].replaceAll(from, to);
    }
    return body;
  });

export const mutations: readonly Mutation[] = [
  inNginx("listen on another port", /listen 8443 ssl/g, "listen 8444 ssl"),
  inNginx("ask for no certificate", /ssl_verify_client on/g, "ssl_verify_client optional"),
  inNginx("hand to another program", /proxy_pass http:\/\/127\.0\.0\.1:\d+/g, "proxy_pass http://127.0.0.1:7000"),
  onPod("list another port", (pod) => {
    for (const each of pod.initContainers ?? []) for (const listed of each.ports ?? []) listed.containerPort += 1;
  }),
  onObject("Service", "send to another port", (body) => {
    for (const each of body.spec.ports) each.port += 1;
    return body;
  }),
  onObject("NetworkPolicy", "let another port in", (body) => {
    for (const rule of body.spec.ingress ?? []) for (const each of rule.ports ?? []) each.port += 1;
    return body;
  }),
  onObject(
    "Deployment",
    "drop pods of a component",
    (body) => {
      body.spec.template.metadata.labels["app.kubernetes.io/name"] = "other";
      return body;
    },
    ({ name }) => name === "edge",
  ),
];
