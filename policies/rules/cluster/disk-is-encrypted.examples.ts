import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";

const storage = (parameters: JsonObject, provisioner = "ebs.csi.eks.amazonaws.com"): JsonObject => ({
  ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "disk" }, provisioner, parameters },
});
const volume = (spec: JsonObject): JsonObject => ({
  ...{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "disk" } },
  spec: { capacity: { storage: "1Gi" }, ...spec },
});
const encrypted = { encrypted: "true", kmsKeyId: "alias/shop" };

export const examples: Examples = {
  good: [
    {
      title: "disks under a key of the account",
      manifests: [storage(encrypted), storage(encrypted, "ebs.csi.aws.com")],
    },
    {
      title: "a file system, and a disk, of Terraform",
      manifests: [volume({ csi: { driver: "efs.csi.aws.com" } }), volume({ csi: { driver: "ebs.csi.aws.com" } })],
    },
  ],
  bad: [
    {
      title: "disks in clear",
      manifests: [storage({}, "kubernetes.io/aws-ebs")],
      finds: ["StorageClass/disk parameters.encrypted", "StorageClass/disk parameters.kmsKeyId"],
    },
    {
      title: "disks under AWS' key",
      manifests: [storage({ encrypted: true })],
      finds: ["StorageClass/disk parameters.kmsKeyId"],
    },
    {
      title: "a folder of a node",
      manifests: [volume({ hostPath: { path: "/" } })],
      finds: ["PersistentVolume/disk spec"],
    },
    {
      title: "a share of some server",
      manifests: [volume({ nfs: { server: "10.0.0.9", path: "/" } })],
      finds: ["PersistentVolume/disk spec"],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  onObject("PriorityClass", "bring a volume on a node", (body) => ({
    ...volume({ hostPath: { path: "/" } }),
    metadata: body.metadata,
  })),
  onObject("PriorityClass", "bring disks in clear", (body) => ({ ...storage({}), metadata: body.metadata })),
];
