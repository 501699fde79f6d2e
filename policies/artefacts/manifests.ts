import { join } from "node:path";
import type { Manifest } from "../model/estate.ts";
import { isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { entriesOf } from "./folders.ts";
import { nameOf, parseJson, parseYaml } from "./parse.ts";
import { readText } from "./text-file.ts";

/** What kubectl reads in a folder. */
export const RELEASE = /\.(?:ya?ml|json)$/;

/** The rendered releases of an environment: a file each, or a folder with all that is below it. Throws ArtefactError. */
export const readReleases = (folder: string): readonly Manifest[] =>
  entriesOf(folder).flatMap(({ name, isFolder }) => {
    const source = join(folder, name);
    if (isFolder) return notEmpty(readBelow(source, name), source);
    return RELEASE.test(name) ? readRelease(source, name.replace(RELEASE, "")) : [];
  });

/** A release in one file, which may be a list of nothing that says so. Throws ArtefactError. */
function readRelease(source: string, release: string): readonly Manifest[] {
  const documents = documentsIn(source);
  return documents.length === 0 ? notEmpty([], source) : manifestsOf(documents, { release, source });
}

/** Throws ArtefactError for a release without an object: its rendering was cut off, and kubectl refuses it, too. */
export function notEmpty(manifests: readonly Manifest[], source: string): readonly Manifest[] {
  if (manifests.length === 0) throw new ArtefactError(`${source}: holds no object of Kubernetes: nothing to judge`);
  return manifests;
}

/** A link to a folder is refused: it may lead back to where it stands. */
function readBelow(folder: string, release: string): readonly Manifest[] {
  return entriesOf(folder).flatMap(({ name, isFolder, isLink }) => {
    const source = join(folder, name);
    if (isFolder && isLink) throw new ArtefactError(`${source}: is a link to a folder, must be a folder or a file`);
    if (isFolder) return readBelow(source, release);
    return RELEASE.test(name) ? readManifests(source, release) : [];
  });
}

/** The manifests of a file, in YAML or JSON. Throws ArtefactError. */
export const readManifests = (source: string, release: string): readonly Manifest[] =>
  manifestsOf(documentsIn(source), { release, source });

function documentsIn(source: string): readonly Json[] {
  const text = readText(source);
  return source.endsWith(".json") ? [parseJson(text, source)] : parseYaml(text, source);
}

/** Whether a parsed file is an object of Kubernetes, or a list of such. */
export const isManifest = (json: JsonObject): boolean =>
  typeof json["apiVersion"] === "string" && typeof json["kind"] === "string";

/** Objects of a file, those of a List one by one. Throws ArtefactError for what is no object of Kubernetes. */
export function manifestsOf(
  documents: readonly Json[],
  origin: Pick<Manifest, "release" | "source">,
): readonly Manifest[] {
  return documents.flatMap((body) => {
    const kind = isObject(body) ? textOf(body["kind"]) : undefined;
    const apiVersion = isObject(body) ? textOf(body["apiVersion"]) : undefined;
    if (!isObject(body) || kind === undefined || apiVersion === undefined) {
      throw new ArtefactError(`${origin.source}: holds a document without apiVersion and kind: no manifest`);
    }
    if (isList(kind, apiVersion, body)) return manifestsOf(itemsOf(body, kind, apiVersion, origin.source), origin);
    const { name, namespace } = objectOf(body["metadata"]);
    return [{ ...origin, kind, apiVersion, name: textOf(name) ?? "", namespace: textOf(namespace), body }];
  });
}

/** `List`, or `PodList`; an object of a kind that only ends so has no items. */
const isList = (kind: string, apiVersion: string, body: JsonObject): boolean =>
  (kind === "List" && apiVersion === "v1") || (kind.endsWith("List") && body["items"] !== undefined);

/** What a list holds. The API leaves out of each of its items what the list itself says. */
function itemsOf(list: JsonObject, kind: string, apiVersion: string, source: string): readonly Json[] {
  const { items } = list;
  if (items !== null && items !== undefined && !Array.isArray(items))
    throw new ArtefactError(`${source}: items of a ${kind} must be a list, got ${nameOf(items)}`);
  const own = kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
  return listOf(items).map((each) => (isObject(each) ? { ...own, ...each } : each));
}
