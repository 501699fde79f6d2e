import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import { isUnknown, Unknown, type Value } from "../value.ts";
import { Fields } from "./fields.ts";
import { named, objectsOf } from "./objects.ts";
import { pods } from "./pods.ts";

/** Where data of pods lie beyond a container's life: a volume, a class that makes such, or a claim to one. */
export interface Disk {
  readonly at: Place;
  readonly kind: "PersistentVolume" | "StorageClass" | "claim";
  /** Path of what says of what it is: `provisioner`, `spec.storageClassName`. */
  readonly path: string;
  /** `ebs.csi.aws.com`, `hostPath`, `nfs`; of a claim the class or volume that stands for it. */
  readonly of: Value<string>;
  /** What the driver is told: `encrypted`, `kmsKeyId`. Names in small letters, as drivers of AWS compare them. */
  readonly settings: Fields;
}

const OWN = new Set(["capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName"]);
const MORE = new Set(["mountOptions", "volumeMode", "nodeAffinity", "volumeAttributesClassName"]);

export const disks = kind<Disk>("disk of pods", (estate) => [
  ...objectsOf(estate, "PersistentVolume", "").map((manifest): Disk => {
    const { at, spec } = named(manifest);
    const source = Object.keys(spec.raw).find((each) => !OWN.has(each) && !MORE.has(each)) ?? "nothing";
    const csi = spec.in("csi");
    const of = source === "csi" ? String(csi.raw["driver"]) : source;
    return { at, kind: "PersistentVolume", path: "spec", of, settings: inSmall(csi.in("volumeAttributes")) };
  }),
  ...objectsOf(estate, "StorageClass", "storage.k8s.io").map((manifest): Disk => {
    const body = new Fields(manifest.body);
    return {
      ...{ at: named(manifest).at, kind: "StorageClass", path: "provisioner" },
      of: String(body.raw["provisioner"]),
      settings: inSmall(body.in("parameters")),
    };
  }),
  ...claimsIn(estate).map(({ at, path, spec, annotations }): Disk => {
    const of = standingFor(estate, spec, annotations.get("volume.beta.kubernetes.io/storage-class"));
    return { at, kind: "claim", path: `${path}.storageClassName`, of, settings: new Fields(undefined) };
  }),
]);

const inSmall = ({ raw }: Fields): Fields =>
  new Fields(Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value])));

interface Claim {
  readonly at: Place;
  readonly path: string;
  readonly spec: Fields;
  readonly annotations: ReadonlyMap<string, string>;
}

const annotationsOf = (fields: Fields): ReadonlyMap<string, string> => fields.in("metadata").map("annotations");

/** Claims by themselves, those that a StatefulSet makes for each pod, and those that live as long as their pod. */
const claimsIn = (estate: Estate): readonly Claim[] => [
  ...objectsOf(estate, "PersistentVolumeClaim", "").map((manifest) => ({
    ...named(manifest),
    path: "spec",
    annotations: annotationsOf(new Fields(manifest.body)),
  })),
  ...objectsOf(estate, "StatefulSet", "apps").flatMap((manifest) => {
    const { at, spec } = named(manifest);
    return spec.list("volumeClaimTemplates").map((each, index) => ({
      ...{ at, path: `spec.volumeClaimTemplates[${index}].spec` },
      ...{ spec: each.in("spec"), annotations: annotationsOf(each) },
    }));
  }),
  ...estate.of(pods).flatMap(({ at, path, volumes }) =>
    volumes
      .filter((each) => each.kind === "ephemeral")
      .map(({ name, source }) => {
        const claim = source.in("volumeClaimTemplate");
        return {
          ...{ at, path: `${path}.volumes[${name}].ephemeral.volumeClaimTemplate.spec` },
          ...{ spec: claim.in("spec"), annotations: annotationsOf(claim) },
        };
      }),
  ),
];

const DEFAULT = /^storageclass\.(?:beta\.)?kubernetes\.io\/is-default-class$/;
const CLASSES = {};

/** Classes by their name, and the one for claims that name none, by nothing (Kubernetes, Storage Classes). */
const classesOf = (estate: Estate): ReadonlyMap<string | undefined, string> =>
  estate.once(CLASSES, () => {
    const all = objectsOf(estate, "StorageClass", "storage.k8s.io");
    const byDefault = all.filter(({ body }) =>
      [...annotationsOf(new Fields(body))].some(([name, value]) => DEFAULT.test(name) && value === "true"),
    );
    return new Map<string | undefined, string>([
      ...all.map(({ name }) => [name, name] as const),
      ...byDefault.map(({ name }) => [undefined, name] as const),
    ]);
  });

/** The class or the volume of a claim, which is judged where it stands; unknown where it does not. */
function standingFor(estate: Estate, spec: Fields, annotated: string | undefined): Value<string> {
  const volume = spec.text("volumeName");
  if (volume !== undefined) {
    if (isUnknown(volume)) return volume;
    const isShown = objectsOf(estate, "PersistentVolume", "").some(({ name }) => name === volume);
    return isShown ? volume : new Unknown(`PersistentVolume ${volume} is not shown`);
  }
  const name = annotated ?? spec.text("storageClassName");
  if (isUnknown(name)) return name;
  if (name === "") return new Unknown("any volume without a class");
  return (
    classesOf(estate).get(name) ??
    new Unknown(name === undefined ? "the default class, which is not shown" : `StorageClass ${name} is not shown`)
  );
}
