import { join } from "node:path";
import { objectOf, textOf } from "../model/json.ts";
import { withModule } from "../model/terraform/called-modules.ts";
import { ArtefactError } from "./fault.ts";
import { type ReadFolder, readModule } from "./terraform-folder.ts";

/** Modules in modules; nobody nests them deeper. */
const DEEPEST = 20;

/**
 * A configuration with what the modules make that it calls from folders beside it. One that cannot be read is left as it
 * is, a call: a rule says so. Throws ArtefactError.
 */
export function withLocalModules(given: ReadFolder, folder: string, depth = 0): ReadFolder {
  let { document } = given;
  const texts = [...given.texts];
  const folders = [...given.folders];
  for (const [name, body] of Object.entries(given.document.modules ?? {})) {
    const call = objectOf(body);
    const source = textOf(call["source"]) ?? "";
    if (!/^\.{1,2}(?:\/|$)/.test(source)) continue;
    const inside = join(folder, source);
    if (depth >= DEEPEST)
      throw new ArtefactError(`${inside}: is called from more than ${DEEPEST} modules in each other`);
    folders.push(inside);
    const read = readModule(inside, { environment: document.environment, stack: document.stack });
    if (read === undefined) continue;
    const content = withLocalModules(read, inside, depth + 1);
    document = withModule(document, { name, call, content: content.document });
    texts.push(...content.texts);
    folders.push(...content.folders);
  }
  return { document, texts, folders };
}
