import type { Estate, Manifest } from "../estate.ts";
import { type Place, placeOfManifest } from "../place.ts";
import { Fields } from "./fields.ts";

const BY_KIND = {};

/** `apps` of `apps/v1`; nothing of `v1`. */
export const groupOf = ({ apiVersion }: Manifest): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

/** Groups of Kubernetes itself (Kubernetes API reference, 1.36); others too end in k8s.io. */
const BUILT_IN = new Set([
  ...["", "apps", "autoscaling", "batch", "extensions", "policy"],
  ...[
    ...["admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization", "certificates"],
    ...["coordination", "discovery", "events", "flowcontrol.apiserver", "internal.apiserver", "networking", "node"],
    ...["rbac.authorization", "resource", "scheduling", "storage", "storagemigration"],
  ].map((name) => `${name}.k8s.io`),
]);

/** Whether its kind is one of Kubernetes itself. */
export const isBuiltIn = (manifest: Manifest): boolean => BUILT_IN.has(groupOf(manifest));

/** Objects of a kind in one of these groups: other groups use the same words for other things. */
export function objectsOf(estate: Estate, kind: string, ...groups: readonly string[]): readonly Manifest[] {
  const byKind = estate.once(BY_KIND, () => Map.groupBy(estate.manifests, (each) => each.kind));
  return (byKind.get(kind) ?? []).filter((each) => groups.includes(groupOf(each)));
}

/** What every object has. */
export interface Named {
  readonly at: Place;
  readonly name: string;
  readonly namespace: string;
  readonly manifest: Manifest;
  readonly spec: Fields;
}

export const named = (manifest: Manifest): Named => ({
  at: placeOfManifest(manifest),
  name: manifest.name,
  namespace: manifest.namespace ?? "default",
  manifest,
  spec: new Fields(manifest.body["spec"]),
});
