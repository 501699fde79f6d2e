import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import type { Change, Gap } from "./document.ts";

/** What a plan would do, one entry for each resource; what it only reads is none. */
export const changesOf = (plan: JsonObject): readonly Change[] =>
  listOf(plan["resource_changes"])
    .map(objectOf)
    .filter((each) => each["mode"] !== "data")
    .map((each) => {
      const change = objectOf(each["change"]);
      return {
        address: textOf(each["address"]) ?? "",
        type: textOf(each["type"]) ?? "",
        actions: listOf(change["actions"]).map(String),
        because: listOf(change["replace_paths"]).map((path) => listOf(path).map(String).join(".")),
      };
    });

/** What a plan does not show: resources that it puts off, and that it is not all, or failed. */
export function gapsOf(plan: JsonObject): readonly Gap[] {
  const whole = (reason: string, isFault: boolean): Gap => ({ address: undefined, reason, isFault });
  const deferred = listOf(plan["deferred_changes"]).map((each): Gap => {
    const { reason, resource_change: change } = objectOf(each);
    const address = textOf(objectOf(change)["address"]);
    return { address, reason: `deferred: ${textOf(reason) ?? "nobody says why"}`, isFault: false };
  });
  if (plan["errored"] === true) return [...deferred, whole("planning failed: it is a part", true)];
  // Terraform says so since 1.8; what is older, and OpenTofu, says nothing.
  return plan["complete"] === false && deferred.length === 0
    ? [whole("not complete: of some resources alone (-target)", false)]
    : deferred;
}

/** Calls of modules in a plan, as a configuration has them; those in modules by their way: `net.module.dns`. */
export function modulesOf(module: JsonObject, before = ""): JsonObject {
  const all = Object.entries(objectOf(module["module_calls"])).flatMap(([name, call]) => {
    const { source, version_constraint: version, module: inside } = objectOf(call);
    const way = `${before}${name}`;
    return [[way, { source, version }] as const, ...Object.entries(modulesOf(objectOf(inside), `${way}.module.`))];
  });
  return Object.fromEntries(all);
}

/** Provisioners of a resource in a plan, as a configuration has them: by type. */
export const provisionersOf = (configured: JsonObject): JsonObject => {
  const given = listOf(configured["provisioners"]).map(objectOf);
  return given.length === 0
    ? {}
    : { provisioner: given.map((each): Json => ({ [String(each["type"])]: objectOf(each["expressions"]) as Json })) };
};
