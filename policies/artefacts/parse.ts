// biome-ignore lint/suspicious/noDeprecatedImports: only its form with an iterator is.
import { loadAll } from "js-yaml";
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";

/** Terraform, Kubernetes and NGINX stay far below; what is deeper is made to break its reader. */
const DEEPEST = 200;
/** Values of a YAML file with its aliases written out; a real release has some tens of thousands. */
const MOST_VALUES = 5_000_000;

/** A JSON document, which must be an object. Throws ArtefactError. */
export function parseJson(text: string, path: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new ArtefactError(`${path}: is empty`);
    throw new ArtefactError(`${path}: is not JSON (${firstLine(error)})`);
  }
  if (!isObject(json)) throw new ArtefactError(`${path}: must be an object, got ${nameOf(json)}`);
  refuseDeep(json, path, Number.POSITIVE_INFINITY);
  return json;
}

/** The documents of a YAML file; empty ones are left out. Throws ArtefactError. */
export function parseYaml(text: string, path: string): readonly Json[] {
  let documents: readonly unknown[];
  try {
    documents = loadAll(text, { maxDepth: DEEPEST });
  } catch (error) {
    throw new ArtefactError(`${path}: is not YAML (${firstLine(error)})`);
  }
  const given = documents.filter((each) => each !== null && each !== undefined);
  // Without an alias a document is a tree no deeper than its parser allows.
  if (/\*[^\s*]/.test(text)) refuseDeep(given, path, MOST_VALUES);
  return given as unknown as readonly Json[];
}

/** Also refuses what contains itself, or itself many times over, by aliases of YAML. */
function refuseDeep(document: object, path: string, most: number): void {
  let left = most;
  const look = (value: object, depth: number): void => {
    if (depth > DEEPEST) {
      throw new ArtefactError(`${path}: is nested deeper than ${DEEPEST} levels, or contains itself`);
    }
    left -= 1;
    if (left < 0) throw new ArtefactError(`${path}: has more than ${most} values once its aliases are written out`);
    for (const each of Array.isArray(value) ? value : Object.values(value)) {
      if (typeof each === "object" && each !== null) look(each, depth + 1);
    }
  };
  look(document, 0);
}

/** At most so much of what a parser says: it may quote the file. */
const LONGEST = 160;

function firstLine(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
  return first.length > LONGEST ? `${first.slice(0, LONGEST)}...` : first;
}

function nameOf(json: unknown): string {
  if (json === null) return "null";
  return Array.isArray(json) ? "a list" : `a ${typeof json}`;
}
