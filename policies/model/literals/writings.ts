import { type Estate, kind, type Manifest } from "../estate.ts";
import { isObject, type Json, type JsonObject, objectOf } from "../json.ts";
import { type Place, placeOfHost, placeOfManifest, placeOfResource } from "../place.ts";
import { isTemplate } from "../terraform/expression.ts";
import type { Resource } from "../terraform/resource.ts";
import { known } from "../value.ts";
import { literalUnder, mayBeSecret } from "./assignments.ts";
import { isReference } from "./references.ts";
import { literalsIn } from "./scan.ts";
import { type Literal, masked } from "./shapes.ts";

/** Something written down in an output, with the secrets that stand in it. */
export interface Writing {
  readonly at: Place;
  readonly found: readonly Found[];
}

export interface Found extends Literal {
  /** `environment.variables.API_KEY`; of a file, `text`. */
  readonly attribute: string;
}

const READ = {};

/** Everything that outputs write down: resources, outputs, values and providers of states, objects, files of hosts. */
export const writings = kind<Writing>("writing", (estate) => {
  const reader = readerOf(estate.memory.once(READ, () => new Map<string, readonly Literal[]>()));
  return [
    ...estate.terraform.resources.map((resource) => ({
      at: placeOfResource(resource),
      found: [...reader.json(resource.raw.attributes), ...ofParameter(resource)],
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
  readonly json: (json: Json | undefined) => readonly Found[];
}

/** Reads each text once, wherever it stands again, in other environments too. */
function readerOf(read: Map<string, readonly Literal[]>): Reader {
  const text = (given: string, attribute: string): readonly Found[] => {
    let found = read.get(given);
    if (found === undefined) {
      found = literalsIn(given);
      read.set(given, found);
    }
    return found.length === 0 ? NONE : found.map((each) => ({ ...each, attribute }));
  };
  const json = (given: Json | undefined): readonly Found[] => {
    const found: Found[] = [];
    walk(given, undefined, { text, found });
    return found;
  };
  return { text, json };
}

const NONE: readonly Found[] = [];

interface Walk {
  readonly text: Reader["text"];
  readonly found: Found[];
}

/** The way to a value; written out only where something is found. */
interface Way {
  readonly name: string;
  readonly before: Way | undefined;
}

const written = (way: Way | undefined): string => {
  if (way === undefined) return "";
  return way.before === undefined ? way.name : `${written(way.before)}.${way.name}`;
};

function walk(json: Json | undefined, way: Way | undefined, into: Walk): void {
  if (typeof json === "string") walkText(json, way, into);
  else if (Array.isArray(json)) {
    const items = json as readonly Json[];
    for (const [at, item] of items.entries()) {
      // An option of a command and its value stand side by side.
      const option = typeof item === "string" ? optionOf(items[at - 1]) : undefined;
      if (option === undefined || typeof item !== "string") walk(item, way, into);
      else walkNamed(item, option, way, into);
    }
  } else if (isObject(json)) walkObject(json, way, into);
}

function walkText(text: string, way: Way | undefined, into: Walk): void {
  if (text.length >= SHORTEST) walkNamed(text, way?.name ?? "", way, into);
}

/** A value of less is told from nothing. */
const SHORTEST = 4;

function walkNamed(text: string, name: string, way: Way | undefined, into: Walk): void {
  const named = mayBeSecret(name) && !isTemplate(text) ? literalUnder(name, text) : undefined;
  if (named !== undefined) into.found.push({ ...named, attribute: written(way) });
  else if (text.length >= 8) {
    const found = into.text(text, "");
    if (found.length > 0) into.found.push(...found.map((each) => ({ ...each, attribute: written(way) })));
  }
}

function walkObject(json: JsonObject, way: Way | undefined, into: Walk): void {
  // Pairs are written as objects: variables of containers and of builds, parameters.
  const pair = typeof json["value"] === "string" && typeof json["name"] === "string" ? json["name"] : undefined;
  for (const key of Object.keys(json)) {
    if (key === "//") continue;
    walk(json[key], { name: key === "value" && pair !== undefined ? pair : key, before: way }, into);
  }
}

const optionOf = (before: Json | undefined): string | undefined =>
  typeof before === "string" && before.startsWith("-") && /^--?[\w-]+$/.test(before)
    ? before.replace(/^-+/, "")
    : undefined;

/** A parameter that is encrypted says itself that its value is secret, whatever it looks like. */
function ofParameter({ type, block, raw }: Resource): readonly Found[] {
  const value = raw.attributes["value"];
  if (type !== "aws_ssm_parameter" || typeof value !== "string" || known(block.text("type")) !== "SecureString")
    return NONE;
  return isTemplate(value) || isReference(value)
    ? NONE
    : [{ attribute: "value", shape: "the value of a SecureString", shown: masked(value) }];
}

/** A Secret that is committed is no secret, however it is encoded. */
function ofManifest(manifest: Manifest, reader: Reader): readonly Found[] {
  if (manifest.kind !== "Secret") return reader.json(manifest.body);
  return ["data", "stringData"].flatMap((part) =>
    Object.entries(objectOf(manifest.body[part])).flatMap(([key, value]) =>
      typeof value !== "string" || value === "" || isReference(value)
        ? []
        : [{ attribute: `${part}.${key}`, shape: "a value of a Secret", shown: masked(value) }],
    ),
  );
}

/** What a state holds beside resources. */
function restOfStates({ terraform }: Estate, reader: Reader): readonly Writing[] {
  return terraform.documents.flatMap((document) => {
    const { outputs, locals, variables, defaults, modules, providers, data, settings, stack, source } = document;
    const part = (resource: string, json: Json | undefined): Writing => ({
      at: { resource, stack, source },
      found: reader.json(json),
    });
    return [
      ...Object.entries(outputs).map(([name, value]) => part(`output.${name}`, { [name]: value })),
      ...[...data].map(([address, body]) => part(address, body)),
      ...[...providers].map(([name, body]) => part(`provider.${name}`, body)),
      part("local", locals),
      part("var", variables),
      part("var", defaults),
      part("module", modules),
      part("terraform", settings),
    ];
  });
}
