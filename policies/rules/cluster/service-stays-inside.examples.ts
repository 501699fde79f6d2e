import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { service } from "./examples/workloads.ts";

const AT = "Service/shop/web spec";

export const examples: Examples = {
  good: [
    { title: "an address inside", manifests: [service()] },
    { title: "no address at all, only names of pods", manifests: [service({ clusterIP: "None" })] },
  ],
  bad: [
    {
      title: "a load balancer of its own",
      manifests: [service({ type: "LoadBalancer", loadBalancerIP: "10.0.0.9" })],
      finds: [`${AT}.type`, `${AT}.loadBalancerIP`],
    },
    {
      title: "a port of every node",
      manifests: [service({ type: "NodePort", ports: [{ port: 443, nodePort: 30_443 }] })],
      finds: [`${AT}.type`, `${AT}.ports.nodePort`],
    },
    {
      title: "an address of somebody else",
      manifests: [service({ externalIPs: ["8.8.8.8"] })],
      finds: [`${AT}.externalIPs`],
    },
    {
      title: "a name outside",
      manifests: [service({ type: "ExternalName", externalName: "example.com", selector: undefined })],
      finds: [`${AT}.type`, `${AT}.externalName`, `${AT}.selector`],
    },
  ],
  unknown: [
    {
      title: "the type is still to be filled in",
      manifests: [service({ type: "{{ .Values.type }}" })],
      finds: [`${AT}.type`],
    },
  ],
};

const inService = (title: string, change: JsonObject): Mutation =>
  onObject("Service", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  inService("make a load balancer", { type: "LoadBalancer" }),
  inService("open a port of every node", { type: "NodePort" }),
  inService("take an address", { externalIPs: ["203.0.113.10"] }),
  inService("send to whatever endpoints say", { selector: undefined }),
];
