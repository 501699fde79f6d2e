import { type Estate, kind, type Manifest } from "../estate.ts";
import { objectOf } from "../json.ts";
import { type Place, placeOfManifest } from "../place.ts";
import { Fields } from "./fields.ts";
import { pods } from "./pods.ts";

/** Names under which an object gives something to programs: variables, entries of ConfigMaps and of Secrets. */
export interface GivenNames {
  readonly at: Place;
  readonly names: readonly { readonly name: string; readonly attribute: string }[];
}

export const namesGiven = kind<GivenNames>("names given to programs", (estate) => [
  ...estate.manifests.filter(({ kind: each }) => MAPS.has(each)).map(ofMap),
  ...ofPods(estate),
]);

const MAPS = new Set(["ConfigMap", "Secret", "SecretProviderClass", "ExternalSecret"]);

const ofPods = (estate: Estate): readonly GivenNames[] =>
  estate.of(pods).map(({ at, containers }) => ({
    at,
    names: containers.flatMap(({ path, variables }) =>
      variables.map(({ name }) => ({ name, attribute: `${path}.env[${name}]` })),
    ),
  }));

function ofMap(manifest: Manifest): GivenNames {
  const data = ["data", "stringData"].flatMap((map) =>
    Object.keys(objectOf(manifest.body[map])).map((name) => ({ name, attribute: `${map}[${name}]` })),
  );
  const spec = new Fields(manifest.body["spec"]);
  // Of the Secrets Store driver; of the External Secrets Operator.
  const made = [...spec.list("secretObjects").flatMap((each) => each.list("data")), ...spec.list("data")];
  const keys = made
    .map(({ raw }) => String(raw["key"] ?? raw["secretKey"]))
    .map((name) => ({ name, attribute: `spec[${name}]` }));
  return { at: placeOfManifest(manifest), names: [...data, ...keys] };
}
