import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { changesOf, gapsOf, modulesOf, provisionersOf } from "./changes.ts";
import type { Document, Gap, Origin, RawResource } from "./document.ts";
import { isTemplate } from "./expression.ts";
import { filledIn } from "./filled-in.ts";
import { moduleCallsOf, modulePrefix, withoutKeys } from "./module-calls.ts";
import { constantOf, elementOf, expressionOf, isExpression, ofInstance } from "./plan-expression.ts";

/** Whether a parsed file is a plan: `terraform show -json` leaves out what it has nothing to say of. */
export const isPlan = (json: JsonObject): boolean =>
  typeof json["format_version"] === "string" &&
  (isObject(json["planned_values"]) || Array.isArray(json["resource_changes"]));

/** Whether a parsed file is a state: as Terraform shows it, or as it keeps it. */
export const isState = (json: JsonObject): boolean =>
  !isPlan(json) &&
  ((typeof json["format_version"] === "string" && json["values"] !== undefined) ||
    (typeof json["lineage"] === "string" && typeof json["serial"] === "number"));

/**
 * Reads a plan: what will be there after it. Where a value is known only after apply, the expression of the configuration
 * stands in its place, as in a configuration.
 */
export function readPlan(json: JsonObject, origin: Origin): Document {
  const planned = objectOf(json["planned_values"]);
  const configuration = objectOf(json["configuration"]);
  const root = objectOf(configuration["root_module"]);
  const unknown = unknownByAddress(json);
  const configured = new Map<string, JsonObject>();
  collectConfigured(root, "", configured);
  const all: JsonObject[] = [];
  collectPlanned(objectOf(planned["root_module"]), (each) => all.push(each));
  const addresses = new Set(all.map((each) => each["address"]));
  for (const each of onlyChanged(json, addresses)) all.push(each);
  const resources = all.flatMap((each): readonly RawResource[] => {
    const address = textOf(each["address"]) ?? "";
    const type = textOf(each["type"]) ?? "";
    if (each["mode"] === "data") return [];
    const found = configured.get(withoutKeys(address));
    const own = found ?? {};
    // Terraform leaves them out of a configuration that gives nothing.
    const given = own["expressions"] ?? (found === undefined ? undefined : {});
    const module = modulePrefix(address);
    const { index: key } = each;
    const expressions =
      typeof key === "string" || typeof key === "number"
        ? ofInstance(given, {
            key,
            source: own["for_each_expression"],
            has: (other) => addresses.has(`${module}${other}`),
          })
        : given;
    const values = withoutBlanks(each["values"]);
    const attributes = objectOf(merged(values, unknown.get(address), expressions, filledIn[type] ?? []));
    return [
      {
        address,
        type,
        name: textOf(each["name"]) ?? "",
        module,
        provider: textOf(own["provider_config_key"])?.replace(/^.*:/, ""),
        attributes: { ...attributes, ...writeOnlyOf(expressions), ...provisionersOf(own) },
      },
    ];
  });
  const configuredOutputs = objectOf(root["outputs"]);
  const outputs = Object.entries({ ...configuredOutputs, ...objectOf(planned["outputs"]) }).map(([name, output]) => {
    const known = "value" in objectOf(output);
    const { expression } = objectOf(configuredOutputs[name]);
    return [name, known ? objectOf(output)["value"] : expressionOf(expression)] as const;
  });
  const variables = Object.entries(objectOf(json["variables"])).map(
    ([name, body]) => [name, objectOf(body)["value"]] as const,
  );
  return {
    ...origin,
    kind: "plan",
    resources,
    data: dataOf(json, configured),
    outputs: Object.fromEntries(outputs),
    locals: {},
    variables: Object.fromEntries(variables),
    providers: providersOf(objectOf(configuration["provider_config"])),
    settings: {},
    modules: modulesOf(root),
    calls: moduleCallsOf(root),
    changes: changesOf(json),
    gaps: [...gapsOf(json), ...blanksOf(all, unknown), ...disagreements(json, all)],
    others: { action_invocations: json["action_invocations"] },
  };
}

/** What Terraform hands on and forgets: a plan tells of it in its configuration alone, where everybody can read it. */
function writeOnlyOf(expressions: Json | undefined): JsonObject {
  const own = objectOf(expressions);
  const names = Object.keys(own).filter((name) => name.endsWith("_wo") && !leavesOut(own, name));
  return Object.fromEntries(names.map((name) => [name, expressionOf(own[name])]));
}

/** Resources of which a plan shows nothing at all. One without attributes is left out of it, and is no such. */
const blanksOf = (resources: readonly JsonObject[], unknown: ReadonlyMap<string, Json | undefined>): readonly Gap[] =>
  resources.flatMap(({ address, mode, values }) =>
    mode !== "data" && (values === null || unknown.get(textOf(address) ?? "") === true)
      ? [{ address: textOf(address), reason: "nothing of it is known before the apply", isFault: false }]
      : [],
  );

/**
 * Resources of which a plan says two things: Terraform writes the same values into both places, so somebody changed one. Of a
 * resource of which nothing is known yet it writes no values.
 */
function disagreements(plan: JsonObject, planned: readonly JsonObject[]): readonly Gap[] {
  const changes = listOf(plan["resource_changes"]).map(objectOf);
  const after = new Map(changes.map(({ address, change }) => [address, objectOf(change)["after"]]));
  return planned.flatMap(({ address, mode, values }) =>
    mode === "data" || !after.has(address) || isDeepStrictEqual(objectOf(values), objectOf(after.get(address)))
      ? []
      : [{ address: textOf(address), reason: "planned_values and resource_changes differ", isFault: true }],
  );
}

/** Resources that a plan changes, and that its planned values do not tell of: somebody has cut them. */
const onlyChanged = (plan: JsonObject, planned: ReadonlySet<Json | undefined>): readonly JsonObject[] =>
  listOf(plan["resource_changes"]).flatMap((each) => {
    const { change, address, ...about } = objectOf(each);
    const { after } = objectOf(change);
    return isObject(after) && !planned.has(address) ? [{ ...about, address, values: after }] : [];
  });

/** Resources of a module and of those in it. */
function collectPlanned(module: JsonObject, found: (resource: JsonObject) => void): void {
  for (const each of listOf(module["resources"])) found(objectOf(each));
  for (const child of listOf(module["child_modules"])) collectPlanned(objectOf(child), found);
}

/** What the configuration says of each resource, by its address without keys. */
function collectConfigured(module: JsonObject, prefix: string, found: Map<string, JsonObject>): void {
  for (const each of listOf(module["resources"]).map(objectOf)) found.set(`${prefix}${each["address"]}`, each);
  for (const [name, call] of Object.entries(objectOf(module["module_calls"]))) {
    collectConfigured(objectOf(objectOf(call)["module"]), `${prefix}module.${name}.`, found);
  }
}

function unknownByAddress(json: JsonObject): ReadonlyMap<string, Json | undefined> {
  const changes = listOf(json["resource_changes"]).map(objectOf);
  return new Map(changes.map((each) => [textOf(each["address"]) ?? "", objectOf(each["change"])["after_unknown"]]));
}

/** Values without empty texts: where a configuration says nothing, a plan of a block may say that, and means nothing by it. */
function withoutBlanks(values: Json | undefined): Json | undefined {
  if (Array.isArray(values)) return (values as readonly Json[]).map((each) => withoutBlanks(each) ?? null);
  if (!isObject(values)) return values;
  const said = Object.entries(values).filter(([, value]) => value !== "");
  return Object.fromEntries(said.map(([name, value]) => [name, withoutBlanks(value)]));
}

/**
 * Values, with the configuration's expression in each place that is known only after apply. A plan shows no dynamic block as
 * such: one of which nobody knows how many it makes looks as if AWS filled it in, and is none of the blocks that AWS does.
 */
function merged(
  values: Json | undefined,
  unknown: Json | undefined,
  expressions: Json | undefined,
  filled: readonly string[],
): Json | undefined {
  if (unknown === true) return expressionOf(expressions);
  if (Array.isArray(unknown) && (Array.isArray(values) || values === undefined || values === null)) {
    const items = listOf(values);
    const own = Array.isArray(expressions) ? (expressions as readonly Json[]) : undefined;
    const length = Math.max(items.length, (unknown as readonly Json[]).length);
    return Array.from(
      { length },
      (_, at) =>
        // A list of texts has one expression for all of it: of one reference to each only where the counts agree.
        merged(
          items[at],
          (unknown as readonly Json[])[at],
          own === undefined ? elementOf(expressions, at, length) : blockOf(own, items[at], at),
          filled,
        ) ?? null,
    );
  }
  if (!isObject(unknown)) return values;
  const result: Record<string, Json | undefined> = { ...objectOf(values) };
  const isSilent = (name: string) => unknown[name] === true && leavesOut(expressions, name);
  for (const [name, part] of Object.entries(unknown)) {
    const after = isSilent(name) ? undefined : merged(result[name], part, objectOf(expressions)[name], filled);
    if (after !== undefined) result[name] = after;
  }
  // What is no block, nobody reads as one.
  const dynamic = Object.keys(unknown)
    .filter((name) => isSilent(name) && !filled.includes(name))
    .map((name) => ({ [name]: {} }));
  return dynamic.length === 0 ? result : { ...result, dynamic };
}

/** The configured block that a planned one is, by its texts, of which empty ones are absent: a set has an order of its own. */
function blockOf(blocks: readonly Json[], planned: Json | undefined, at: number): Json | undefined {
  const says = (block: Json | undefined) =>
    block !== undefined &&
    Object.entries(objectOf(block)).every(([name, each]) => {
      const { constant_value: constant } = objectOf(each);
      return isObject(each) && typeof constant === "string" && !isTemplate(constant)
        ? (objectOf(planned)[name] ?? "") === constant
        : true;
    });
  return says(blocks[at]) ? blocks[at] : (blocks.find(says) ?? blocks[at]);
}

/** Whether a configured block says nothing of it, or `null`: a value that AWS fills in is absent, as in the configuration. */
const leavesOut = (expressions: Json | undefined, name: string): boolean =>
  isObject(expressions) && !isExpression(expressions) && (!(name in expressions) || isNull(expressions[name]));

const isNull = (expression: Json | undefined): boolean => objectOf(expression)["constant_value"] === null;

/** Data sources: what was read of them, else how they are configured. */
function dataOf(json: JsonObject, configured: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [address, body] of configured) {
    if (!/(?:^|\.)data\./.test(address)) continue;
    const expressions = Object.entries(objectOf(body["expressions"]));
    const config = expressions.map(([name, each]) => [name, constantOf(each)] as const);
    found.set(address, Object.fromEntries(config));
  }
  collectPlanned(objectOf(objectOf(objectOf(json["prior_state"])["values"])["root_module"]), (each) => {
    if (each["mode"] === "data") found.set(textOf(each["address"]) ?? "", objectOf(each["values"]));
  });
  return found;
}

function providersOf(configs: JsonObject): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const [key, body] of Object.entries(configs)) {
    const expressions = Object.entries(objectOf(objectOf(body)["expressions"]));
    const settings = expressions.map(([name, each]) => [name, constantOf(each)] as const);
    found.set(key, Object.fromEntries(settings));
  }
  return found;
}
