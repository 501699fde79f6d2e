import type { Examples } from "../../engine/example.ts";
import type { Mutation } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { deployment, onPod } from "./examples/workloads.ts";

const AT = "Deployment/shop/web spec.template.spec";
const web = (pod: JsonObject): readonly JsonObject[] => [deployment({ pod })];

export const examples: Examples = {
  good: [
    { title: "nothing of its own", manifests: [deployment()] },
    {
      title: "the cluster's own ways, said aloud",
      manifests: web({
        dnsPolicy: "ClusterFirst",
        schedulerName: "default-scheduler",
        hostAliases: [],
        dnsConfig: { options: [{ name: "ndots", value: "1" }] },
      }),
    },
  ],
  bad: [
    {
      title: "names of its own",
      manifests: web({
        hostAliases: [{ ip: "203.0.113.5", hostnames: ["database.example.org"] }],
        dnsPolicy: "None",
        dnsConfig: { nameservers: ["203.0.113.53"], searches: ["example.net"] },
      }),
      finds: ["hostAliases", "dnsConfig.nameservers", "dnsConfig.searches", "dnsPolicy"].map(
        (field) => `${AT}.${field}`,
      ),
    },
    {
      title: "a node, a scheduler and a runtime of its own",
      manifests: web({ nodeName: "node-1", schedulerName: "mine", runtimeClassName: "plain" }),
      finds: ["nodeName", "schedulerName", "runtimeClassName"].map((field) => `${AT}.${field}`),
    },
    {
      title: "images by a password",
      manifests: web({ imagePullSecrets: [{ name: "registry" }] }),
      finds: [`${AT}.imagePullSecrets`],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onPod("give a database another address", (pod) => {
    pod.hostAliases = [
      { ip: "203.0.113.5", hostnames: ["database-a.desktop-backend.production.internal.example.org"] },
    ];
  }),
  onPod("ask a stranger for names", (pod) => {
    pod.dnsPolicy = "None";
    pod.dnsConfig = { nameservers: ["203.0.113.53"] };
  }),
  onPod("choose a node", (pod) => {
    pod.nodeName = "node-1";
  }),
  onPod("pull images by a password", (pod) => {
    pod.imagePullSecrets = [{ name: "registry" }];
  }),
];
