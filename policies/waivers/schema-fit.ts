import { isObject, type Json, type JsonObject, listOf, objectOf } from "../model/json.ts";

interface Asked {
  /** What the keyword asks. */
  readonly asked: Json | undefined;
  /** The schema that the keyword stands in, and the document that references lead into. */
  readonly schema: JsonObject;
  readonly root: JsonObject;
}

type Check = (value: Json | undefined, asked: Asked) => boolean;

/** Says nothing of a value. */
const silent: Check = () => true;

const TYPES: ReadonlyMap<unknown, (value: unknown) => boolean> = new Map<unknown, (value: unknown) => boolean>([
  ["array", Array.isArray],
  ["object", isObject],
  ["string", (value) => typeof value === "string"],
]);

/** Keywords of JSON Schema (2020-12), as far as this is sure of them. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["$schema", silent],
  ["$defs", silent],
  ["title", silent],
  ["type", (value, { asked }) => TYPES.get(asked)?.(value) ?? false],
  ["minLength", (value, { asked }) => typeof value === "string" && [...value].length >= Number(asked)],
  ["pattern", (value, { asked }) => typeof value === "string" && new RegExp(String(asked), "u").test(value)],
  ["items", (value, { asked, root }) => Array.isArray(value) && value.every((each) => fits(each, asked, root))],
  ["required", (value, { asked }) => listOf(asked).every((name) => Object.hasOwn(objectOf(value), String(name)))],
  [
    "properties",
    (value, { asked, root }) =>
      Object.entries(objectOf(asked)).every(
        ([name, inner]) => !Object.hasOwn(objectOf(value), name) || fits(objectOf(value)[name], inner, root),
      ),
  ],
  [
    "additionalProperties",
    (value, { asked, schema }) =>
      asked === false &&
      Object.keys(objectOf(value)).every((name) => Object.hasOwn(objectOf(schema["properties"]), name)),
  ],
  [
    "$ref",
    (value, { asked, root }) => fits(value, objectOf(root["$defs"])[String(asked).replace(/^#\/\$defs\//, "")], root),
  ],
]);

/**
 * Whether a value surely fits a schema. Not sure is `false`, too: then Ajv decides and finds the words. Loading Ajv takes
 * a tenth of what a whole run may, and committed waivers fit.
 */
export function fits(value: Json | undefined, schema: Json | undefined, root = objectOf(schema)): boolean {
  if (!isObject(schema)) return false;
  return Object.entries(schema).every(
    ([keyword, asked]) => CHECKS.get(keyword)?.(value, { asked, schema, root }) ?? false,
  );
}
