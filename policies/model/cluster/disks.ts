import { kind } from "../estate.ts";
import { Fields } from "./fields.ts";
import { type Named, named, objectsOf } from "./objects.ts";

/** Where data of pods lie beyond their life: a PersistentVolume, or a StorageClass that makes them. */
export interface Disk extends Named {
  readonly kind: "PersistentVolume" | "StorageClass";
  /** `ebs.csi.aws.com`, `hostPath`, `nfs`. */
  readonly of: string;
  /** What the driver is told: `encrypted`, `kmsKeyId`. */
  readonly settings: Fields;
}

const OWN = new Set(["capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName"]);
const MORE = new Set(["mountOptions", "volumeMode", "nodeAffinity", "volumeAttributesClassName"]);

export const disks = kind<Disk>("disk of pods", (estate) => [
  ...objectsOf(estate, "PersistentVolume", "").map((manifest): Disk => {
    const object = named(manifest);
    const { spec } = object;
    const source = Object.keys(spec.raw).find((each) => !OWN.has(each) && !MORE.has(each)) ?? "nothing";
    const csi = spec.in("csi");
    const of = source === "csi" ? String(csi.raw["driver"]) : source;
    return { ...object, kind: "PersistentVolume", of, settings: csi.in("volumeAttributes") };
  }),
  ...objectsOf(estate, "StorageClass", "storage.k8s.io").map((manifest): Disk => {
    const body = new Fields(manifest.body);
    return {
      ...named(manifest),
      kind: "StorageClass",
      of: String(body.raw["provisioner"]),
      settings: body.in("parameters"),
    };
  }),
]);
