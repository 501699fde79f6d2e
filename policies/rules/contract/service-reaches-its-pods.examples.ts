import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, job, onPod, service } from "../cluster/examples/workloads.ts";

const AT = "Service/shop/web spec";

export const examples: Examples = {
  good: [
    { title: "the same port", manifests: [deployment(), service()] },
    { title: "a port by its name", manifests: [deployment(), service({ ports: [{ port: 443, targetPort: "web" }] })] },
    {
      title: "members of a cluster that find each other before they are ready",
      manifests: [deployment(), service({ clusterIP: "None", publishNotReadyAddresses: true })],
    },
  ],
  bad: [
    {
      title: "requests to pods that are not ready",
      manifests: [deployment(), service({ publishNotReadyAddresses: true })],
      finds: [`${AT}.publishNotReadyAddresses`],
    },
    {
      title: "a label that nobody has",
      manifests: [deployment(), service({ selector: { app: "wbe" } })],
      finds: [`${AT}.selector`],
    },
    {
      title: "a port that nobody lists",
      manifests: [deployment(), service({ ports: [{ name: "web", port: 8444 }] })],
      finds: [`${AT}.ports[web].targetPort`],
    },
    {
      title: "a name that nobody gave",
      manifests: [deployment(), service({ ports: [{ name: "web", port: 443, targetPort: "https" }] })],
      finds: [`${AT}.ports[web].targetPort`],
    },
    { title: "a job among what serves", manifests: [deployment(), job(), service()], finds: [`${AT}.selector`] },
  ],
  unknown: [
    { title: "by itself, its pods in another file", isPart: true, manifests: [service()], finds: [`${AT}.selector`] },
  ],
};

const inService = (title: string, change: (spec: JsonObject) => JsonObject): Mutation =>
  onObject("Service", title, (body) => ({ ...body, spec: { ...body.spec, ...change(body.spec) } }));

export const mutations: readonly Mutation[] = [
  inService("select nobody", () => ({ selector: { app: "nobody" } })),
  inService("send to pods that are not ready", () => ({ publishNotReadyAddresses: true })),
  inService("send to a port that nobody lists", (spec) => ({
    ports: (spec["ports"] as readonly JsonObject[]).map((port) => ({ ...port, targetPort: 8444 })),
  })),
  onPod("list another port", (pod) => {
    for (const each of pod.initContainers ?? []) for (const port of each.ports ?? []) port.containerPort += 1;
  }),
];
