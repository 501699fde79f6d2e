import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const AT = "NodeClass/web spec";
const tagged = (Name: string): readonly JsonObject[] => [{ tags: { Name } }];
const nodeClass = (changes: JsonObject = {}): JsonObject => ({
  apiVersion: "eks.amazonaws.com/v1",
  kind: "NodeClass",
  metadata: { name: "web" },
  spec: {
    subnetSelectorTerms: tagged("app-web-a"),
    securityGroupSelectorTerms: [{ id: "sg-0123456789abcdef0" }],
    ephemeralStorage: { kmsKeyID: "alias/web" },
    advancedNetworking: { associatePublicIPAddress: false },
    ...changes,
  },
});
const karpenter = (changes: JsonObject = {}): JsonObject => ({
  apiVersion: "karpenter.k8s.aws/v1",
  kind: "EC2NodeClass",
  metadata: { name: "web" },
  spec: {
    subnetSelectorTerms: tagged("app-web-a"),
    securityGroupSelectorTerms: tagged("web-nodes"),
    blockDeviceMappings: [{ ebs: { encrypted: true, kmsKeyID: "alias/web" } }],
    associatePublicIPAddress: false,
    ...changes,
  },
});

export const examples: Examples = {
  good: [{ title: "named subnets, a key, no public address", manifests: [nodeClass(), karpenter()] }],
  bad: [
    {
      title: "a role that Terraform does not make",
      resources: { aws_iam_role: { nodes: { name: "nodes" } } },
      manifests: [nodeClass({ role: "nodes" }), nodeClass({ role: "admin" })],
      finds: [`${AT}.role`],
    },
    {
      title: "an address as the subnet says, and a key of AWS",
      manifests: [nodeClass({ advancedNetworking: undefined, ephemeralStorage: undefined })],
      finds: [`${AT}.associatePublicIPAddress`, `${AT}.ephemeralStorage.kmsKeyID`],
    },
    {
      title: "AWS' own alias",
      manifests: [nodeClass({ ephemeralStorage: { kmsKeyID: "alias/aws/ebs" } })],
      finds: [`${AT}.ephemeralStorage.kmsKeyID`],
    },
    {
      title: "whatever subnet there is",
      manifests: [nodeClass({ subnetSelectorTerms: tagged("*"), securityGroupSelectorTerms: [] })],
      finds: [`${AT}.subnetSelectorTerms`, `${AT}.securityGroupSelectorTerms`],
    },
    {
      title: "metadata for every pod",
      manifests: [karpenter({ metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } })],
      finds: [
        "EC2NodeClass/web spec.metadataOptions.httpTokens",
        "EC2NodeClass/web spec.metadataOptions.httpPutResponseHopLimit",
      ],
    },
  ],
  unknown: [
    {
      title: "the key is still to be filled in",
      manifests: [nodeClass({ ephemeralStorage: { kmsKeyID: "${KEY}" } })],
      finds: [`${AT}.ephemeralStorage.kmsKeyID`],
    },
  ],
};

const inClass = (title: string, change: JsonObject): Mutation =>
  onObject("NodeClass", title, (body) => ({ ...body, spec: { ...body.spec, ...change } }));

export const mutations: readonly Mutation[] = [
  onObject("NodeClass", "give nodes another role", (body) => ({ ...body, spec: { ...body.spec, role: "admin" } })),
  inClass("give nodes public addresses", { advancedNetworking: { associatePublicIPAddress: true } }),
  inClass("use AWS' key for disks", { ephemeralStorage: { size: "100Gi" } }),
  inClass("take any subnet", { subnetSelectorTerms: tagged("*") }),
];
