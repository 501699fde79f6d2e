import { type Estate, kind, type Manifest } from "../estate.ts";
import { isObject, type Json, objectOf } from "../json.ts";
import { type Place, placeOfManifest } from "../place.ts";
import { pods } from "./pods.ts";

/** A value that stands in a manifest under a name: a variable of a container, an entry of a ConfigMap or a Secret. */
export interface Held {
  readonly at: Place;
  readonly object: Manifest;
  readonly attribute: string;
  readonly name: string;
  readonly value: string;
}

export const heldValues = kind<Held>("value in a manifest", (estate) => [
  ...estate.manifests.flatMap(entriesOf),
  ...variablesOf(estate),
]);

function entriesOf(object: Manifest): readonly Held[] {
  if (object.kind !== "ConfigMap" && object.kind !== "Secret") return [];
  const at = placeOfManifest(object);
  const { type, ...maps } = object.body;
  const named = ["data", "stringData", "binaryData"].flatMap((map) =>
    Object.entries(objectOf(maps[map])).map(([name, value]) => ({
      ...{ at, object, name, attribute: `${map}[${name}]` },
      value: textOf(value),
    })),
  );
  return typeof type === "string" ? [...named, { at, object, name: "type", attribute: "type", value: type }] : named;
}

const variablesOf = (estate: Estate): readonly Held[] =>
  estate
    .of(pods)
    .flatMap((pod) =>
      pod.containers.flatMap((container) =>
        container.variables.flatMap(({ name, value }) =>
          value === undefined
            ? []
            : [{ at: pod.at, object: pod.manifest, attribute: `${container.path}.env[${name}]`, name, value }],
        ),
      ),
    );

const textOf = (value: Json | undefined): string => {
  if (value === undefined || value === null) return "";
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
};
