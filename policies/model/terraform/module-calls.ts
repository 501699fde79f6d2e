import { type Json, type JsonObject, objectOf } from "../json.ts";
import { constantOf } from "./plan-expression.ts";

/** A module of a plan: what it is given, and what it hands out, each a value or a text with an expression. */
export interface ModuleCall {
  /** By variable; expressions are at home in the module that calls. */
  readonly inputs: JsonObject;
  /** By output; expressions are at home in the module itself. */
  readonly outputs: JsonObject;
  /** Of a configuration. A plan has none: what it says of resources says all. */
  readonly locals?: JsonObject;
}

/** Every module below one, by its path without keys: `module.net.`, `module.net.module.dns.`. */
export function moduleCallsOf(root: JsonObject): ReadonlyMap<string, ModuleCall> {
  const found = new Map<string, ModuleCall>();
  collect(root, "", found);
  return found;
}

function collect(module: JsonObject, prefix: string, found: Map<string, ModuleCall>): void {
  for (const [name, body] of Object.entries(objectOf(module["module_calls"]))) {
    const call = objectOf(body);
    const inside = objectOf(call["module"]);
    const path = `${prefix}module.${name}.`;
    const defaults = each(inside["variables"], (variable) => objectOf(variable)["default"]);
    found.set(path, {
      inputs: { ...defaults, ...each(call["expressions"], constantOf) },
      outputs: each(inside["outputs"], (output) => constantOf(objectOf(output)["expression"])),
    });
    collect(inside, path, found);
  }
}

const each = (named: Json | undefined, read: (value: Json | undefined) => Json | undefined): JsonObject =>
  Object.fromEntries(Object.entries(objectOf(named)).map(([name, value]) => [name, read(value)]));

/** `module.a["x"].aws_y.z[0]` without what stands in brackets. */
export const withoutKeys = (address: string): string =>
  address.includes("[") ? address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, "") : address;

/** The module that an address is in: `module.net["main"].`; nothing for the root. */
export const modulePrefix = (address: string): string =>
  /^(?:module\.[A-Za-z0-9_-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)*/.exec(address)?.[0] ?? "";

/** The module that calls a module: of `module.a.module.b["x"].` it is `module.a.`. */
export const callerOf = (module: string): string =>
  module.replace(/module\.[A-Za-z0-9_-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.$/, "");
