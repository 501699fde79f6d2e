import { type Json, type JsonObject, objectOf, textOf } from "../json.ts";
import type { Document, RawResource } from "./document.ts";
import { repetitionsOf } from "./repetition.ts";

/** A module that a configuration calls, and what stands in it. */
export interface CalledModule {
  readonly name: string;
  readonly call: JsonObject;
  readonly content: Document;
}

/** A configuration with what one of its modules makes, under the addresses that Terraform prints. */
export function withModule(document: Document, { name, call, content }: CalledModule): Document {
  const path = `module.${name}.`;
  const prefixed = <Value>(all: ReadonlyMap<string, Value> | undefined): readonly (readonly [string, Value])[] =>
    [...(all ?? [])].map(([key, value]) => [`${path}${key}`, value] as const);
  const own = {
    inputs: { ...content.defaults, ...argumentsOf(call) },
    outputs: content.outputs,
    locals: content.locals,
  };
  const defaults = Object.entries(content.defaults ?? {}).map(([key, value]) => [`${path}${key}`, value] as const);
  const modules = Object.entries(content.modules ?? {}).map(([key, body]) => [`${name}.module.${key}`, body] as const);
  return {
    ...document,
    resources: [...document.resources, ...content.resources.map((each) => placed(each, path, call, content))],
    data: new Map([...document.data, ...prefixed(content.data)]),
    providers: new Map([...document.providers, ...prefixed(content.providers)]),
    // Whoever calls may give another value, and this one stands there all the same.
    defaults: { ...document.defaults, ...Object.fromEntries(defaults) },
    modules: { ...document.modules, ...Object.fromEntries(modules) },
    calls: new Map([...(document.calls ?? []), [path, own], ...prefixed(content.calls)]),
  };
}

/** What Terraform itself reads of a call; the rest is the module's. */
const META = ["source", "version", "providers", "count", "for_each", "depends_on", "//"];

const argumentsOf = (call: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(call).filter(([name]) => !META.includes(name)));

function placed(resource: RawResource, path: string, call: JsonObject, content: Document): RawResource {
  return {
    ...resource,
    address: `${path}${resource.address}`,
    module: `${path}${resource.module}`,
    provider: providerOf(resource, path, call, content),
    source: resource.source ?? content.source,
    repetitions: [
      ...(resource.repetitions ?? []).map((each) => ({ ...each, module: `${path}${each.module}` })),
      ...repetitionsOf(call, ""),
    ],
  };
}

/** A module's provider is its own, or what it is handed under that name, or the caller's of the same name. */
function providerOf({ provider, type }: RawResource, path: string, call: JsonObject, content: Document) {
  const name = provider ?? type.replace(/_.*$/, "");
  if (content.providers.has(name)) return `${path}${name}`;
  return referenceOf(objectOf(call["providers"])[name]) ?? provider;
}

/** `aws.copy` of `${aws.copy}`. */
const referenceOf = (given: Json | undefined): string | undefined => textOf(given)?.replace(/^\$\{(.*)\}$/, "$1");
