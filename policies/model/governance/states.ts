import { kind } from "../estate.ts";
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import type { Place } from "../place.ts";
import type { Document } from "../terraform/document.ts";

/** One state of Terraform: where it is kept, and what it is made with. */
export interface State {
  readonly at: Place;
  readonly document: Document;
  /** The kind of backend: `s3`. Absent: the state is a file beside the configuration. */
  readonly backend: string | undefined;
  readonly settings: JsonObject;
  /** Which versions of Terraform may be used. */
  readonly terraform: string | undefined;
  readonly providers: readonly RequiredProvider[];
}

export interface RequiredProvider {
  readonly name: string;
  /** `hashicorp/aws`; registry.terraform.io is meant where none is named. */
  readonly source: string;
  readonly versions: string | undefined;
}

/** States whose configuration is shown: a plan alone tells nothing of its backend. */
export const states = kind<State>("state", ({ terraform }) =>
  terraform.documents
    .filter(
      ({ settings, kind: read, resources }) =>
        Object.keys(settings).length > 0 || (read === "configuration" && resources.length > 0),
    )
    .map((document) => {
      const { settings, stack, source } = document;
      const [backend, own] = Object.entries(firstOf(settings["backend"]))[0] ?? [];
      return {
        at: { resource: "terraform", stack, source },
        document,
        backend: backend ?? ("cloud" in settings ? "cloud" : undefined),
        settings: firstOf(own),
        terraform: textOf(settings["required_version"]),
        providers: Object.entries(firstOf(settings["required_providers"])).map(([name, given]) =>
          providerOf(name, given),
        ),
      };
    }),
);

/** Before Terraform 0.13 a version alone was given. */
function providerOf(name: string, given: Json | undefined): RequiredProvider {
  const body = objectOf(given);
  const source = textOf(body["source"]) ?? `hashicorp/${name}`;
  return {
    name,
    source: source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, ""),
    versions: textOf(given) ?? textOf(body["version"]),
  };
}

const firstOf = (blocks: Json | undefined): JsonObject => {
  const first = listOf(blocks)[0];
  return isObject(first) ? first : {};
};

/** How a state is known to others: bucket and key. */
export const nameOfState = ({ settings }: State): string | undefined => {
  const key = textOf(settings["key"]);
  return key === undefined ? undefined : `${textOf(settings["bucket"]) ?? ""}/${key}`;
};
