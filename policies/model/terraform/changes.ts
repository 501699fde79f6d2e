import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import type { Change } from "./document.ts";

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

/** Calls of modules in a plan, as a configuration has them. */
export const modulesOf = (calls: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => {
      const { source, version_constraint: version } = objectOf(call);
      return [name, { source, version }];
    }),
  );

/** Provisioners of a resource in a plan, as a configuration has them: by type. */
export const provisionersOf = (configured: JsonObject): JsonObject => {
  const given = listOf(configured["provisioners"]).map(objectOf);
  return given.length === 0
    ? {}
    : { provisioner: given.map((each): Json => ({ [String(each["type"])]: objectOf(each["expressions"]) as Json })) };
};
