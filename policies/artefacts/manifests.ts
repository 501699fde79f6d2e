import type { Manifest } from "../model/estate.ts";
import { isObject, type Json, listOf, objectOf, textOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { filesIn } from "./folders.ts";
import { parseYaml } from "./parse.ts";
import { readText } from "./text-file.ts";

/** The rendered releases of an environment: one file each. Throws ArtefactError. */
export function readReleases(folder: string): readonly Manifest[] {
  return filesIn(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => {
      const source = `${folder}/${name}`;
      return manifestsOf(parseYaml(readText(source), source), { release: name.replace(/\.ya?ml$/, ""), source });
    });
}

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
    if (kind.endsWith("List") && Array.isArray(body["items"])) return manifestsOf(listOf(body["items"]), origin);
    const { name, namespace } = objectOf(body["metadata"]);
    return [{ ...origin, kind, apiVersion, name: textOf(name) ?? "", namespace: textOf(namespace), body }];
  });
}
