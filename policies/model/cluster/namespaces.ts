import { type Estate, kind } from "../estate.ts";
import type { Place } from "../place.ts";
import type { Value } from "../value.ts";
import { Fields } from "./fields.ts";
import { named, objectsOf } from "./objects.ts";
import type { Pod } from "./pod.ts";
import { pods } from "./pods.ts";

/** A namespace: made here, or only lived in. */
export interface Namespace {
  readonly at: Place;
  readonly name: string;
  /** Whether outputs hold the object itself. */
  readonly made: boolean;
  readonly labels: Fields;
  readonly pods: readonly Pod[];
}

export const namespaces = kind<Namespace>("Namespace", (estate) => {
  const lived = Map.groupBy(estate.of(pods), ({ namespace }) => namespace);
  const made = objectsOf(estate, "Namespace", "").map((manifest) => ({
    at: named(manifest).at,
    name: manifest.name,
    made: true,
    labels: new Fields(manifest.body).in("metadata", "labels"),
    pods: lived.get(manifest.name) ?? [],
  }));
  const names = new Set(made.map(({ name }) => name));
  const others = [...lived]
    .filter(([name]) => !names.has(name))
    .map(([name, living]) => ({
      at: { resource: `Namespace/${name}`, stack: living[0]?.at.stack, source: living[0]?.at.source ?? "" },
      name,
      made: false,
      labels: new Fields(undefined),
      pods: living,
    }));
  return [...made, ...others];
});

/** A level of the Pod Security Standards that a namespace enforces, audits or warns of. */
export const levelOf = ({ labels }: Namespace, mode: "enforce" | "audit" | "warn"): Value<string> | undefined =>
  labels.text(`pod-security.kubernetes.io/${mode}`);

/** Names of what is limited in a namespace: keys of `hard` of its quotas. */
export const quotaOf = (namespace: string, estate: Estate): ReadonlyMap<string, string> =>
  new Map(
    objectsOf(estate, "ResourceQuota", "")
      .map(named)
      // A quota with a scope counts only some pods.
      .filter((each) => each.namespace === namespace && !each.spec.has("scopes") && !each.spec.has("scopeSelector"))
      .flatMap(({ spec }) => [...spec.map("hard")]),
  );

/** Limits of containers in a namespace. */
export const rangesOf = (namespace: string, estate: Estate): readonly Fields[] =>
  objectsOf(estate, "LimitRange", "")
    .map(named)
    .filter((each) => each.namespace === namespace)
    .flatMap(({ spec }) => spec.list("limits"))
    .filter(({ raw }) => raw["type"] === "Container");
