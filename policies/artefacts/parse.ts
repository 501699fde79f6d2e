// biome-ignore lint/suspicious/noDeprecatedImports: only its form with an iterator is.
import { CORE_SCHEMA, loadAll, mergeTag, Schema } from "js-yaml";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { repeatedName } from "./repeated-names.ts";
import { DEEPEST, survey } from "./survey.ts";

/** Values of a file, of YAML with its aliases written out; a real plan or release has some tens of thousands. */
const MOST_VALUES = 5_000_000;

/**
 * Throws ArtefactError where more values stand than anybody judges, before they take the memory of the machine: each but the
 * first of a list or an object has a separator before it.
 */
function refuseTooMany(text: string, separators: readonly string[], path: string): void {
  if (text.length <= MOST_VALUES) return;
  for (const separator of separators) {
    let count = 0;
    for (let at = text.indexOf(separator); at >= 0 && count <= MOST_VALUES; at = text.indexOf(separator, at + 1))
      count += 1;
    if (count > MOST_VALUES)
      throw new ArtefactError(
        `${path}: has more than ${MOST_VALUES} ${separator === "," ? "commas" : "lines"}: too many values`,
      );
  }
}

/** A JSON document, which must be an object. Throws ArtefactError. */
export function parseJson(text: string, path: string): JsonObject {
  refuseTooMany(text, [","], path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new ArtefactError(`${path}: is empty`);
    throw new ArtefactError(`${path}: is not JSON (${firstLine(error)})`);
  }
  if (!isObject(json)) throw new ArtefactError(`${path}: must be an object, got ${nameOf(json)}`);
  const repeated = repeatedName(text, survey(json, path, Number.POSITIVE_INFINITY));
  if (repeated !== undefined) throw new ArtefactError(`${path}: gives ${repeated} twice, must be given once`);
  return json;
}

/** YAML as kubectl reads it: with what `<<` takes over from elsewhere. */
const AS_KUBECTL = new Schema([...CORE_SCHEMA.tags, mergeTag]);

/** The documents of a YAML file; empty ones are left out. Throws ArtefactError. */
export function parseYaml(text: string, path: string): readonly Json[] {
  refuseTooMany(text, [",", "\n"], path);
  let documents: readonly unknown[];
  try {
    documents = loadAll(text, { maxDepth: DEEPEST, schema: AS_KUBECTL });
  } catch (error) {
    throw new ArtefactError(`${path}: is not YAML (${firstLine(error)})`);
  }
  const given = documents.filter((each) => each !== null && each !== undefined);
  // Without an alias a document is a tree no deeper than its parser allows.
  if (/\*[^\s*]/.test(text)) survey(given, path, MOST_VALUES);
  return given as unknown as readonly Json[];
}

/** At most so much of what a parser says: it may quote the file. */
const LONGEST = 160;

function firstLine(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
  return first.length > LONGEST ? `${first.slice(0, LONGEST)}...` : first;
}

/** What a value is, for whoever asked for another: `a list`, `nothing`. */
export function nameOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value === "") return "an empty text";
  return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
