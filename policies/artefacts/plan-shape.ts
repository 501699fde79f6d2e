import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../model/json.ts";
import { modulePrefix } from "../model/terraform/module-calls.ts";
import { ArtefactError } from "./fault.ts";
import { nameOf } from "./parse.ts";

/** Parts of a plan by what each must be. Those that are null or not there have nothing to say. */
const OBJECTS = ["planned_values", "configuration", "prior_state", "variables"] as const;
const LISTS = ["resource_changes", "deferred_changes", "action_invocations"] as const;

/** Throws ArtefactError for a plan that is not laid out as Terraform does it: what is missed in it would pass. */
export function refuseOddPlan(plan: JsonObject, path: string): void {
  const version = textOf(plan["format_version"]) ?? "";
  if (!/^[01]\./.test(version))
    throw new ArtefactError(`${path}: has format_version ${version}, allowed are 0.x and 1.x`);
  for (const name of OBJECTS) objectAt(plan, name, path);
  for (const name of LISTS) listAt(plan, name, name, path);
  if (objectOf(plan["planned_values"])["root_module"] === undefined && plan["resource_changes"] === undefined)
    throw new ArtefactError(`${path}: must have planned_values.root_module or resource_changes, got neither`);
  refuseOddModule(objectOf(plan["planned_values"])["root_module"], "planned_values.root_module", path);
  refuseOddCalls(objectOf(plan["configuration"])["root_module"], "configuration.root_module", path);
  for (const each of listOf(plan["resource_changes"])) {
    const address = addressOf(each, "resource_changes", path);
    const change = objectOf(each)["change"];
    if (!isObject(change) || !Array.isArray(change["actions"]))
      throw new ArtefactError(`${path}: resource_changes: ${address} must have a change with actions`);
  }
}

/** Values of a module, and of those in it. */
function refuseOddModule(module: Json | undefined, way: string, path: string, given = new Set<string>()): void {
  if (module === undefined || module === null) return;
  for (const each of listAt(module, "resources", way, path)) {
    const address = addressOf(each, way, path);
    if (given.has(address)) throw new ArtefactError(`${path}: ${way}: gives ${address} twice, must be given once`);
    given.add(address);
    objectAt(each, "values", path, `${way}: ${address}: `);
  }
  for (const each of listAt(module, "child_modules", way, path)) refuseOddModule(each, way, path, given);
}

/** What is configured in a module, and in those that it calls. */
function refuseOddCalls(module: Json | undefined, way: string, path: string): void {
  if (module === undefined || module === null) return;
  for (const each of listAt(module, "resources", way, path)) textAt(each, "address", way, path);
  objectAt(module, "module_calls", path, `${way}: `);
  for (const [name, call] of Object.entries(objectOf(objectOf(module)["module_calls"]))) {
    refuseOddCalls(objectOf(call)["module"], `${way}.module_calls.${name}.module`, path);
  }
}

/** An address says what a resource is, and that it is only read; nothing else may say otherwise. */
function addressOf(resource: Json, way: string, path: string): string {
  const address = textAt(resource, "address", way, path);
  const type = textAt(resource, "type", `${way}: ${address}`, path);
  const { mode = "managed" } = objectOf(resource);
  const own = address.slice(modulePrefix(address).length);
  const allowed = own.startsWith("data.") ? "data" : "managed";
  if (mode !== allowed)
    throw new ArtefactError(`${path}: ${way}: ${address} has the mode ${JSON.stringify(mode)}, must be ${allowed}`);
  if (!own.startsWith(`${allowed === "data" ? "data." : ""}${type}.`))
    throw new ArtefactError(`${path}: ${way}: ${address} has the type ${type}, must be that of its address`);
  return address;
}

function objectAt(whole: Json, name: string, path: string, way = ""): void {
  const given = objectOf(whole)[name];
  if (given !== undefined && given !== null && !isObject(given))
    throw new ArtefactError(`${path}: ${way}${name} must be an object, got ${nameOf(given)}`);
}

function listAt(whole: Json, name: string, way: string, path: string): readonly Json[] {
  if (!isObject(whole)) throw new ArtefactError(`${path}: ${way} must be an object, got ${nameOf(whole)}`);
  const given = whole[name];
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given))
    throw new ArtefactError(`${path}: ${way === name ? "" : `${way}: `}${name} must be a list, got ${nameOf(given)}`);
  return given as readonly Json[];
}

function textAt(whole: Json, name: string, way: string, path: string): string {
  const given = objectOf(whole)[name];
  if (typeof given !== "string" || given === "")
    throw new ArtefactError(`${path}: ${way}: each must have ${name}, got ${nameOf(given)}`);
  return given;
}
