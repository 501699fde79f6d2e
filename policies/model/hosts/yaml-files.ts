// biome-ignore lint/suspicious/noDeprecatedImports: only its form with an iterator is.
import { loadAll } from "js-yaml";
import type { Estate, HostFile } from "../estate.ts";
import { type JsonObject, objectOf } from "../json.ts";
import { Unknown, type Value } from "../value.ts";

const parsed = {};

/**
 * The first document of a YAML file of a host, as an object; unknown where it is no YAML. Many hosts share a text: each is
 * read once.
 */
export function yamlOf(estate: Estate, { text, path }: HostFile): Value<JsonObject> {
  const read = estate.memory.ofText(parsed, text, () => readYaml(text));
  return read ?? new Unknown(`what stands in ${path}, which is no YAML`);
}

function readYaml(text: string): JsonObject | undefined {
  try {
    // A plain word of YAML cannot begin with %, which stands for what a host puts there.
    return objectOf(loadAll(text.replaceAll(/%%([^%\n]*)%%/g, "placeholder-$1"), { maxDepth: 100 })[0]);
  } catch {
    return undefined;
  }
}

/** What lies at a path of names, such as `net.tls.mode`, or at the name as a whole, as some programs allow. */
export function at(root: JsonObject, path: string): unknown {
  if (root[path] !== undefined) return root[path];
  return path.split(".").reduce<unknown>((value, name) => objectOf(value)[name], root);
}
