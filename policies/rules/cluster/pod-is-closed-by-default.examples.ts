import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, job, LABELS, object, onPod } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec NetworkPolicy";
const policy = (name: string, spec: JsonObject, apiVersion = "networking.k8s.io/v1"): JsonObject =>
  object(apiVersion, "NetworkPolicy", name, { spec: { policyTypes: ["Ingress", "Egress"], ...spec } });
const denied = policy("default-deny", { podSelector: {} });
const own = policy("web", { podSelector: { matchLabels: LABELS }, egress: [{ ports: [{ port: 53 }] }] });

export const examples: Examples = {
  good: [
    { title: "denied by its namespace, opened by its own", manifests: [deployment(), denied, own] },
    {
      title: "its own chosen by an expression",
      manifests: [
        job(),
        denied,
        policy("web", {
          podSelector: { matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: ["web"] }] },
        }),
      ],
    },
  ],
  bad: [
    { title: "no policy", manifests: [deployment()], finds: [AT, AT, AT] },
    {
      title: "a namespace that denies only what comes in",
      manifests: [deployment(), policy("default-deny", { podSelector: {}, policyTypes: ["Ingress"] })],
      finds: [AT, AT],
    },
    {
      title: "types that are not said, so that only ingress is closed",
      manifests: [deployment(), policy("web", { podSelector: { matchLabels: LABELS }, policyTypes: undefined })],
      finds: [AT],
    },
    {
      title: "a default that lets something through",
      manifests: [deployment(), own, policy("default", { podSelector: {}, egress: [{}] })],
      finds: [AT],
    },
    {
      title: "nothing of its own",
      manifests: [deployment(), denied, policy("api", { podSelector: { matchLabels: { app: "api" } } })],
      finds: [AT],
    },
    {
      title: "policies of another namespace",
      manifests: [deployment(), { ...denied, metadata: { name: "x", namespace: "other" } }, own],
      finds: [AT],
    },
    {
      title: "a pod in the node's network",
      manifests: [deployment({ pod: { hostNetwork: true } }), denied, own],
      finds: [AT],
    },
  ],
  unknown: [
    { title: "by itself, its policies in another file", isPart: true, manifests: [deployment()], finds: [AT, AT, AT] },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject(
    "NetworkPolicy",
    "drop the denial of a namespace",
    () => undefined,
    ({ name }) => name === "default-deny",
  ),
  onObject(
    "NetworkPolicy",
    "drop a component's policy",
    () => undefined,
    ({ name, namespace }) => name === "edge" && namespace === "desktop-backend",
  ),
  onObject(
    "NetworkPolicy",
    "deny only what comes in",
    (body) => ({ ...body, spec: { ...body.spec, policyTypes: ["Ingress"] } }),
    ({ name }) => name === "default-deny",
  ),
  onObject(
    "NetworkPolicy",
    "let all out by default",
    (body) => ({ ...body, spec: { ...body.spec, egress: [{}] } }),
    ({ name }) => name === "default-deny",
  ),
  onObject(
    "NetworkPolicy",
    "select somebody else",
    (body) => {
      body.spec.podSelector.matchLabels["app.kubernetes.io/name"] = "nobody";
      return body;
    },
    ({ name }) => name === "dump",
  ),
  onPod("take the node's network", (pod) => {
    pod.hostNetwork = true;
  }),
];
