import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import type { Change, Gap } from "./document.ts";

/** What a plan would do, one entry for each resource; what it only reads is none. */
export const changesOf = (plan: JsonObject): readonly Change[] =>
  listOf(plan["resource_changes"])
    .map(objectOf)
    .filter((each) => each["mode"] !== "data")
    .map((each) => {
      const { actions, replace_paths: paths, before, after, importing } = objectOf(each["change"]);
      const [reason, previous] = [textOf(each["action_reason"]), textOf(each["previous_address"])];
      return {
        address: textOf(each["address"]) ?? "",
        type: textOf(each["type"]) ?? "",
        actions: listOf(actions).map(String),
        because: listOf(paths).map((path) => listOf(path).map(String).join(".")),
        ...(reason === undefined ? {} : { reason }),
        ...(isObject(before) ? { before } : {}),
        ...(isObject(after) ? { after } : {}),
        ...(isObject(before) && after === null ? { ends: true as const } : {}),
        ...(previous === undefined ? {} : { previous }),
        ...(isObject(importing) ? { importing: { id: textOf(importing["id"]) } } : {}),
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
  if (plan["complete"] === false && deferred.length === 0)
    return [whole("not complete: of some resources alone (-target)", false)];
  return [...deferred, ...untoldOf(plan, deferred)];
}

/**
 * What is there, and of which a plan does not say what becomes of it: Terraform says so of everything, also that nothing
 * does. Somebody has cut it, a deletion for instance, or asked for a part of it (-target) and has an old Terraform.
 */
function untoldOf(plan: JsonObject, deferred: readonly Gap[]): readonly Gap[] {
  const changes = listOf(plan["resource_changes"]).map(objectOf);
  const told = new Set(changes.flatMap(({ address, previous_address: previous }) => [address, previous]));
  for (const { address } of deferred) told.add(address);
  return managedIn(objectOf(objectOf(objectOf(plan["prior_state"])["values"])["root_module"])).flatMap((address) =>
    told.has(address)
      ? []
      : [{ address, reason: "there, and the plan does not say what becomes of it", isFault: false }],
  );
}

/** Addresses of what a module of a state holds, and those in it. */
const managedIn = (module: JsonObject): readonly string[] => [
  ...listOf(module["resources"])
    .map(objectOf)
    .flatMap(({ mode, address }) => (mode === "data" ? [] : [textOf(address) ?? ""])),
  ...listOf(module["child_modules"]).flatMap((each) => managedIn(objectOf(each))),
];

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
