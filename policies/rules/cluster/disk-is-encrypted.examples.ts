import type { Examples } from "../../engine/example.ts";
import { type Mutation, onObject } from "../../engine/mutation.ts";
import type { JsonObject } from "../../model/json.ts";
import { barePod, object, onPod } from "./examples/workloads.ts";

const storage = (parameters: JsonObject, provisioner = "ebs.csi.eks.amazonaws.com"): JsonObject => ({
  ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "disk" }, provisioner, parameters },
});
const volume = (spec: JsonObject): JsonObject => ({
  ...{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "disk" } },
  spec: { capacity: { storage: "1Gi" }, ...spec },
});
const claim = (spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "shop" } },
  spec: { accessModes: ["ReadWriteOnce"], ...spec },
});
const DEFAULT = "storageclass.kubernetes.io/is-default-class";
const CLAIM = "PersistentVolumeClaim/shop/data spec.storageClassName";
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
    {
      title: "claims to a class, to the default one and to a volume",
      manifests: [
        { ...storage(encrypted), metadata: { name: "disk", annotations: { [DEFAULT]: "true" } } },
        volume({ csi: { driver: "efs.csi.aws.com" } }),
        ...[{ storageClassName: "disk" }, {}, { storageClassName: "", volumeName: "disk" }].map(claim),
      ],
    },
    {
      title: "parameters in the driver's other spelling",
      manifests: [storage({ Encrypted: "true", KmsKeyID: "alias/shop" })],
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
      title: "disks under the key that AWS keeps for disks",
      manifests: [storage({ ...encrypted, kmsKeyId: "arn:aws:kms:eu-central-1:111111111111:alias/aws/ebs" })],
      finds: ["StorageClass/disk parameters.kmsKeyId"],
    },
    {
      title: "a claim to disks in clear",
      manifests: [storage({ encrypted: "false", kmsKeyId: "alias/shop" }), claim({ storageClassName: "disk" })],
      finds: ["StorageClass/disk parameters.encrypted"],
    },
    {
      title: "a file system that is reached without TLS",
      manifests: [volume({ csi: { driver: "efs.csi.aws.com", volumeAttributes: { encryptInTransit: "false" } } })],
      finds: ["PersistentVolume/disk spec.csi.volumeAttributes.encryptInTransit"],
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
  unknown: [
    {
      title: "claims to a class, a default one and a volume that are not shown",
      manifests: [{ storageClassName: "gp2" }, {}, { volumeName: "disk" }, { storageClassName: "" }].map(claim),
      finds: [CLAIM, CLAIM, CLAIM, CLAIM],
    },
    {
      title: "a class that the old annotation names",
      manifests: [
        storage(encrypted),
        {
          ...claim({ storageClassName: "disk" }),
          metadata: {
            ...{ name: "data", namespace: "shop" },
            annotations: { "volume.beta.kubernetes.io/storage-class": "gp2" },
          },
        },
      ],
      finds: [CLAIM],
    },
    {
      title: "claims in the templates of a StatefulSet and of a pod",
      manifests: [
        object("apps/v1", "StatefulSet", "web", {
          spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gp2" } }] },
        }),
        barePod({ pod: { volumes: [{ name: "tmp", ephemeral: { volumeClaimTemplate: { spec: {} } } }] } }),
      ],
      finds: [
        "StatefulSet/shop/web spec.volumeClaimTemplates[0].spec.storageClassName",
        "Pod/shop/web spec.volumes[tmp].ephemeral.volumeClaimTemplate.spec.storageClassName",
      ],
    },
  ],
};

export const mutations: readonly Mutation[] = [
  onObject("PriorityClass", "bring a volume on a node", (body) => ({
    ...volume({ hostPath: { path: "/" } }),
    metadata: body.metadata,
  })),
  onObject("PriorityClass", "bring disks in clear", (body) => ({ ...storage({}), metadata: body.metadata })),
  onObject("PriorityClass", "claim a disk of a class that nobody shows", () => claim({ storageClassName: "gp2" })),
  onPod("claim a disk for as long as the pod lives", (pod) => {
    pod.volumes = [...(pod.volumes ?? []), { name: "more", ephemeral: { volumeClaimTemplate: { spec: {} } } }];
  }),
];
