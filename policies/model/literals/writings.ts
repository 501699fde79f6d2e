import { type Estate, kind, type Manifest } from "../estate.ts";
import { type Json, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost, placeOfManifest, placeOfResource } from "../place.ts";
import type { Scope } from "../terraform/block.ts";
import { isTemplate } from "../terraform/expression.ts";
import type { Resource } from "../terraform/resource.ts";
import { known } from "../value.ts";
import { isReference, isReferenceInTerraform } from "./references.ts";
import { type Known, literalsIn } from "./scan.ts";
import { masked } from "./shapes.ts";
import { type Found, type Readings, walk } from "./walk.ts";

/** Something written down in an output, with the secrets that stand in it. */
export interface Writing {
  readonly at: Place;
  readonly found: readonly Found[];
}

const READ = {};

/** Everything that outputs write down: resources, outputs, values and providers of states, objects, files of hosts. */
export const writings = kind<Writing>("writing", (estate) => {
  const reader = readerOf(estate.memory.once(READ, () => new Map() as Known));
  return [
    ...estate.terraform.resources.map((resource) => ({
      at: placeOfResource(resource),
      found: [...reader.json(resource.raw.attributes, resolverOf(resource.block.scope)), ...ofParameter(resource)],
    })),
    ...restOfStates(estate, reader),
    ...estate.manifests.map((manifest) => ({ at: placeOfManifest(manifest), found: ofManifest(manifest, reader) })),
    ...estate.hosts.flatMap((host) =>
      [...host.files.values()].map(({ path, text }) => ({
        at: placeOfHost(host, path),
        found: reader.text(text, "text"),
      })),
    ),
  ];
});

interface Reader {
  readonly text: (text: string, attribute: string) => readonly Found[];
  /** Secrets in a document of a state, or of nobody: expressions are resolved where they are at home. */
  readonly json: (json: Json | undefined, resolve?: Readings["resolve"]) => readonly Found[];
}

/** Reads each text once, wherever it stands again, in other environments too. */
const readerOf = (before: Known): Reader => ({
  text: (given, attribute) => literalsIn(given, before).map((each) => ({ ...each, attribute })),
  json: (given, resolve) =>
    walk(given, { text: (text) => literalsIn(text, before), ...(resolve === undefined ? {} : { resolve }) }),
});

const NONE: readonly Found[] = [];

const OWN = /\$\{(?:local|var)\.[^{}]*\}/g;

/**
 * What local values and variables in a text come to, a variable by its default where nobody gives another. Attributes of
 * resources are left alone: they are names, of a secret too.
 */
const resolverOf =
  (scope: Scope): Readings["resolve"] =>
  (text) => {
    const rest = text.replaceAll(OWN, "");
    if (rest === text || isTemplate(rest)) return undefined;
    const { graph, document, module } = scope;
    const [, variable = ""] = /^\$\{var\.([\w-]+)\}$/.exec(text) ?? [];
    const value = known(graph.evaluate(text, scope)) ?? (module === "" ? document.defaults?.[variable] : undefined);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };

/** A parameter that is encrypted says itself that its value is secret, whatever it looks like. */
function ofParameter({ type, block, raw }: Resource): readonly Found[] {
  if (type !== "aws_ssm_parameter" || known(block.text("type")) !== "SecureString") return NONE;
  return ["value", "value_wo"].flatMap((attribute) => {
    const value = textOf(raw.attributes[attribute]);
    return value === undefined || isTemplate(value) || isReferenceInTerraform(value)
      ? []
      : [{ attribute, shape: "the value of a SecureString", ...masked(value) }];
  });
}

/** A Secret that is committed is no secret, however it is encoded. */
function ofManifest(manifest: Manifest, reader: Reader): readonly Found[] {
  if (manifest.kind !== "Secret") return reader.json(manifest.body);
  const { data, stringData, ...rest } = manifest.body;
  const values = Object.entries({ data, stringData }).flatMap(([part, given]) =>
    Object.entries(objectOf(given)).flatMap(([key, value]) =>
      typeof value !== "string" || value === "" || isReference(value)
        ? []
        : [{ attribute: `${part}.${key}`, shape: "a value of a Secret", ...masked(value) }],
    ),
  );
  return [...values, ...reader.json(rest)];
}

/** What a state holds beside resources. */
function restOfStates({ terraform }: Estate, reader: Reader): readonly Writing[] {
  return terraform.documents.flatMap((document) => {
    const { outputs, locals, variables, defaults, modules, calls, providers, data, settings, others } = document;
    const { stack, source } = document;
    const resolve = resolverOf({ graph: terraform, document, module: "" });
    const part = (resource: string, json: Json | undefined): Writing => ({
      at: { resource, stack, source },
      found: reader.json(json, resolve),
    });
    return [
      ...Object.entries(outputs).map(([name, value]) => part(`output.${name}`, { [name]: value })),
      ...[...data].map(([address, body]) => part(address, body)),
      ...[...providers].map(([name, body]) => part(`provider.${name}`, body)),
      // What is given in a call stands in the call, where that was read.
      ...[...(calls ?? [])].map(([path, { inputs, outputs: handed, locals: own }]) =>
        part(path.replace(/\.$/, ""), { ...handed, ...own, ...inputs }),
      ),
      part("local", locals),
      part("var", variables),
      part("var", defaults),
      part("module", modules),
      part("terraform", settings),
      part("others", others),
    ];
  });
}
