import type { Manifest } from "../estate.ts";
import { isObject, type Json, type JsonObject, objectOf } from "../json.ts";
import { type Place, placeOfManifest } from "../place.ts";
import { type Container, containersOf } from "./container.ts";
import { Fields } from "./fields.ts";
import { isBuiltIn } from "./objects.ts";

/** A volume of a pod: its kind is the field that says what it is (`emptyDir`, `hostPath`, `configMap`, ...). */
export interface Volume {
  readonly name: string;
  readonly kind: string;
  readonly source: Fields;
}

/** A pod, or what pods of a workload are made from. */
export interface Pod {
  readonly at: Place;
  /** Kind and name of what makes it. */
  readonly owner: string;
  readonly kind: string;
  readonly name: string;
  /** Absent in the output: `default`, where kubectl would put it. */
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Where its specification stands: `spec.template.spec`. */
  readonly path: string;
  readonly spec: Fields;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** `on`: until it is told to end; `once`: until its work is done. */
  readonly runs: "on" | "once";
  readonly manifest: Manifest;
}

/** Where kinds of Kubernetes have their pod. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ["template"],
  Deployment: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** Pods of an object: one of each kind of workload, none of most, those found in it of kinds that are not known. */
export function podsOf(manifest: Manifest): readonly Pod[] {
  const { kind, body } = manifest;
  // Others use the same words: a Job of Volcano has many templates.
  if (!isBuiltIn(manifest)) return found(body, []).map(([path, raw]) => podOf(manifest, path, raw));
  const known = PATHS[kind];
  return known === undefined ? [] : [podOf(manifest, known, new Fields(body).in(...known).raw)];
}

function podOf(manifest: Manifest, path: readonly string[], raw: JsonObject): Pod {
  const { kind, name, namespace } = manifest;
  const template = new Fields(raw);
  const spec = template.in("spec");
  const stands = [...path, "spec"].join(".");
  const once =
    kind === "Job" || kind === "CronJob" || ["Never", "OnFailure"].includes(String(spec.raw["restartPolicy"]));
  return {
    at: placeOfManifest(manifest),
    owner: `${kind}/${name}`,
    kind,
    name,
    namespace: namespace ?? "default",
    labels: template.in("metadata").map("labels"),
    annotations: template.in("metadata").map("annotations"),
    path: stands,
    spec,
    containers: containersOf(spec, stands),
    volumes: spec.list("volumes").map(volumeOf),
    runs: once ? "once" : "on",
    manifest,
  };
}

function volumeOf(fields: Fields): Volume {
  // Nothing but a name is an emptyDir.
  const kind = Object.keys(fields.raw).find((each) => each !== "name") ?? "emptyDir";
  return { name: String(fields.raw["name"]), kind, source: fields.in(kind) };
}

/** Templates somewhere in an object: what has a `spec` with containers that have images. */
function found(json: Json | undefined, path: readonly string[]): readonly (readonly [readonly string[], JsonObject])[] {
  if (Array.isArray(json))
    return (json as readonly Json[]).flatMap((each, index) => found(each, [...path, String(index)]));
  if (!isObject(json)) return [];
  const containers = objectOf(json["spec"])["containers"];
  const isPod =
    Array.isArray(containers) && (containers as readonly Json[]).some((each) => objectOf(each)["image"] !== undefined);
  if (isPod) return [[path, json]];
  return Object.entries(json).flatMap(([name, each]) => (typeof each === "object" ? found(each, [...path, name]) : []));
}
