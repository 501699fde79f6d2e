import { isObject, type Json, type JsonObject, textOf } from "../json.ts";
import { templatedJson } from "../templated-json.ts";
import { isTemplate } from "../terraform/expression.ts";
import { kindOfName, literalUnder, type NameKind } from "./names.ts";
import { constantsIn } from "./references.ts";
import type { Literal } from "./shapes.ts";

/** A secret in a document, and the way to it: `environment.variables.API_KEY`. */
export interface Found extends Literal {
  readonly attribute: string;
}

/** How texts of a document are read. */
export interface Readings {
  /** Secrets in a text that stands under no name of a secret. */
  readonly text: (text: string) => readonly Literal[];
  /** What a text with expressions comes to, where that is known. */
  readonly resolve?: (text: string) => string | undefined;
}

/** Every secret in a document: under the name of one, or anywhere in a text. */
export function walk(json: Json | undefined, readings: Readings): readonly Found[] {
  const found: Found[] = [];
  look(json, undefined, { ...readings, found });
  return found;
}

interface Walk extends Readings {
  readonly found: Found[];
}

/** What names say: documents repeat a few hundred of them a hundred thousand times. */
const kinds = new Map<string, NameKind>();
const MOST_NAMES = 10_000;

function kindOf(name: string): NameKind {
  const known = kinds.get(name);
  if (known !== undefined) return known;
  const kind = kindOfName(name);
  if (kinds.size < MOST_NAMES) kinds.set(name, kind);
  return kind;
}

/** The way to a value; written out only where something is found. */
interface Way {
  readonly name: string;
  readonly before: Way | undefined;
}

const written = (way: Way | undefined, within: string | undefined): string => {
  const own = within === undefined ? "" : `.${within}`;
  if (way === undefined) return own.slice(1);
  return way.before === undefined ? `${way.name}${own}` : `${written(way.before, way.name)}${own}`;
};

function look(json: Json | undefined, way: Way | undefined, into: Walk): void {
  if (typeof json === "string") lookAtText(json, way, into);
  else if (Array.isArray(json)) {
    const items = json as readonly Json[];
    for (const [at, item] of items.entries()) {
      // An option of a command and its value stand side by side.
      const option = typeof item === "string" ? optionOf(items[at - 1]) : undefined;
      if (option === undefined || typeof item !== "string") look(item, way, into);
      else lookAtNamed(item, option, way, into);
    }
  } else if (isObject(json)) lookAtObject(json, way, into);
  // A number is a text to whoever takes one.
  else if (typeof json === "number" && way !== undefined && kindOf(way.name) !== "other")
    lookAtNamed(String(json), way.name, way, into);
}

const lookAtText = (text: string, way: Way | undefined, into: Walk): void =>
  lookAtNamed(text, way?.name ?? "", way, into);

/** Nothing shorter is told from a word. */
const SHORTEST = 8;

function lookAtNamed(text: string, name: string, way: Way | undefined, into: Walk): void {
  const kind = kindOf(name);
  const named = kind === "other" ? undefined : namedLiteral(text, name, kind, into);
  if (named !== undefined) into.found.push({ ...named, attribute: written(way, undefined) });
  else if (text.length >= SHORTEST) {
    // Where it stands matters: what it refers to is at home there.
    const json = into.resolve !== undefined && OWN.test(text) ? templatedJson(text) : undefined;
    if (json !== undefined) look(json, way, into);
    else for (const each of into.text(text)) into.found.push({ ...each, attribute: written(way, each.within) });
  }
}

/** Whether a value can hold no secret under a name that is none: a short text, a number, nothing. */
const isHarmless = (json: Json | undefined): boolean =>
  typeof json === "string" ? json.length < SHORTEST : typeof json !== "object" || json === null;

const OWN = /\$\{(?:local|var)\./;

/** An expression is no reference where it comes to a text that stands in the same outputs. */
function namedLiteral(text: string, name: string, kind: NameKind, { resolve }: Walk): Literal | undefined {
  if (!isTemplate(text)) return literalUnder(name, text, kind, resolve === undefined ? "text" : "terraform");
  for (const each of [...constantsIn(text), resolve?.(text)]) {
    const found = each === undefined ? undefined : literalUnder(name, each, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lookAtObject(json: JsonObject, way: Way | undefined, into: Walk): void {
  for (const key of Object.keys(json)) {
    if (key === "//" && isMetadata(json[key])) continue;
    if (key.length >= LONG_NAME) lookAtText(key, way, into);
    const value = json[key];
    const name = VALUES.has(key) ? nameOf(json, key, way, into) : key;
    if (!isHarmless(value) || kindOf(name) !== "other") look(value, { name, before: way }, into);
  }
}

/** What the maker of a resource notes of it: where it comes from. Other remarks are texts as any other. */
const isMetadata = (remark: Json | undefined): boolean => isObject(remark) && remark["metadata"] !== undefined;

/** Names that people give are shorter; of a map, names are texts as any other. */
const LONG_NAME = 40;

/** Pairs are written as objects: variables of containers and of builds, parameters, settings. */
const VALUES = new Set(["value", "values", "default", "parameter_value"].flatMap(spellings));
const NAMES = ["name", "key", "variable", "parameter_name", "parameter_key"].flatMap(spellings);

/** What a value is a value of: the name beside it, or the secret that the object is called after. */
function nameOf(json: JsonObject, key: string, way: Way | undefined, into: Walk): string {
  const name = textOf(json[NAMES.find((each) => typeof json[each] === "string") ?? ""]);
  if (name === undefined) return way !== undefined && kindOf(way.name) !== "other" ? way.name : key;
  return (isTemplate(name) ? into.resolve?.(name) : undefined) ?? name;
}

/** `parameter_name`, `parameterName`, `ParameterName`. */
function spellings(name: string): readonly string[] {
  const joined = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([name, joined, `${joined.charAt(0).toUpperCase()}${joined.slice(1)}`])];
}

const optionOf = (before: Json | undefined): string | undefined =>
  typeof before === "string" && before.startsWith("-") && /^--?[\w-]+$/.test(before)
    ? before.replace(/^-+/, "")
    : undefined;
