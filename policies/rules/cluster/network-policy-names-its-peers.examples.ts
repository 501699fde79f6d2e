import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { LABELS, object } from "./examples/workloads.ts";

const AT = "NetworkPolicy/shop/web spec";
const policy = (spec: JsonObject, name = "web"): JsonObject =>
  object("networking.k8s.io/v1", "NetworkPolicy", name, {
    spec: { podSelector: { matchLabels: LABELS }, policyTypes: ["Ingress", "Egress"], ...spec },
  });
const block = (cidr: string, ...except: readonly string[]): JsonObject => ({ ipBlock: { cidr, except } });
const https = [{ port: 443 }];

export const examples: Examples = {
  good: [
    {
      title: "pods of its own namespace, of another one, and a network",
      manifests: [
        policy({
          ingress: [{ from: [{ podSelector: {} }] }],
          egress: [
            { to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }] },
            { to: [block("10.0.0.0/8")] },
          ],
        }),
      ],
    },
    {
      title: "one port to every pod, and an application's port from everywhere",
      manifests: [
        policy({
          ingress: [{ from: [block("0.0.0.0/0")], ports: [{ port: 8443 }] }],
          egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: "UDP" }] }],
        }),
      ],
    },
    {
      title: "a way out that a declaration is compared with",
      declaration: {},
      manifests: [policy({ egress: [{ to: [block("0.0.0.0/0", "10.0.0.0/8")], ports: https }] })],
    },
    {
      title: "rules of a direction that the policy does not close",
      manifests: [policy({ policyTypes: ["Ingress"], egress: [{}] })],
    },
  ],
  bad: [
    {
      title: "everybody, both ways",
      manifests: [policy({ ingress: [{}], egress: [{}] })],
      finds: [`${AT}.ingress[0]`, `${AT}.egress[0]`],
    },
    {
      title: "everybody, though peers are declared",
      declaration: {},
      manifests: [policy({ egress: [{}] })],
      finds: [`${AT}.egress[0]`],
    },
    {
      title: "the internet in two halves, of two policies for the same pods",
      manifests: [
        policy({ egress: [{ to: [block("0.0.0.0/1")] }] }),
        policy({ egress: [{ to: [block("128.0.0.0/1")] }] }, "more"),
      ],
      finds: [`${AT}.egress[0]`, "NetworkPolicy/shop/more spec.egress[0]"],
    },
    {
      title: "the internet but for private networks",
      manifests: [
        policy({ egress: [{ to: [block("::/0")] }], ingress: [{ from: [block("0.0.0.0/0", "10.0.0.0/8")] }] }),
      ],
      finds: [`${AT}.ingress[0]`, `${AT}.egress[0]`],
    },
    {
      title: "a database for everybody",
      manifests: [policy({ ingress: [{ ports: [{ port: 5432 }] }] })],
      finds: [`${AT}.ingress[0]`],
    },
    {
      title: "every pod of the cluster on every port",
      manifests: [policy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] })],
      finds: [`${AT}.ingress[0]`],
    },
  ],
  unknown: [
    {
      title: "a port to the internet, which a firewall may hold to names",
      manifests: [policy({ egress: [{ to: [block("0.0.0.0/0")], ports: https }] })],
      finds: [`${AT}.egress[0]`],
    },
    {
      title: "a block that is still to be filled in",
      manifests: [policy({ egress: [{ to: [block("{{ .Values.database }}")], ports: https }] })],
      finds: [`${AT}.egress[0]`],
    },
  ],
};

const opened = (title: string, change: JsonObject): Mutation =>
  onObject("NetworkPolicy", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  opened("let everybody in", { ingress: [{}] }),
  opened("let it out to everybody", { egress: [{}] }),
  opened("let every pod in", { ingress: [{ from: [{ namespaceSelector: {} }] }] }),
  opened("let it out to the internet", { egress: [{ to: [block("0.0.0.0/1"), block("128.0.0.0/1")] }] }),
];
