import type { Host, HostFile } from "../model/estate.ts";
import { type JsonObject, objectOf, textOf } from "../model/json.ts";
import { ArtefactError } from "./fault.ts";
import { entriesOf, foldersIn } from "./folders.ts";
import { parseJson } from "./parse.ts";
import { refuseStrays, SEEN } from "./strays.ts";
import { readKnownFile } from "./text-file.ts";

/** Owner, group and mode of each file of a host. */
const MODES = "files.json";
/** Lies beside the host's other files; on the host it is this. */
const RULESET = "nftables.conf";
const RULESET_ON_HOST = `/etc/${RULESET}`;

/** The hosts of an environment, a folder each. Throws ArtefactError. */
export function readHosts(folder: string): readonly Host[] {
  // Most files are the same on many hosts: one text each, which is what rules ask by.
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const parsed = new Map<string, JsonObject>();
  const modesOf = (path: string): JsonObject => {
    const text = readKnownFile(path);
    const modes = parsed.get(text) ?? parseJson(text, path);
    parsed.set(text, modes);
    return modes;
  };
  refuseStrays(folder, SEEN, `${folder}/<host>/`);
  return foldersIn(folder).map((name) => {
    const source = `${folder}/${name}`;
    const below = filesBelow(source, "");
    const modes = below.includes(`/${MODES}`) ? modesOf(`${source}/${MODES}`) : {};
    const files = new Map<string, HostFile>();
    for (const each of below) {
      if (each === `/${MODES}`) continue;
      const path = each === `/${RULESET}` ? RULESET_ON_HOST : each;
      const at = `${source}${each}`;
      files.set(path, { path, text: once(readKnownFile(at)), source: at, ...rightsOf(modes[path]) });
    }
    return { name, source, files };
  });
}

function rightsOf(given: JsonObject[string]): Pick<HostFile, "owner" | "group" | "mode"> {
  const { owner, group, mode } = objectOf(given);
  return {
    ...(textOf(owner) === undefined ? {} : { owner: String(owner) }),
    ...(textOf(group) === undefined ? {} : { group: String(group) }),
    ...(textOf(mode) === undefined ? {} : { mode: String(mode) }),
  };
}

/** Paths of all files below a folder. A link to a folder is refused: it may lead back to where it stands. */
function filesBelow(folder: string, below: string): string[] {
  const found: string[] = [];
  for (const { name, isFolder, isLink } of entriesOf(`${folder}${below}`)) {
    const path = `${below}/${name}`;
    if (!isFolder) found.push(path);
    else if (isLink) throw new ArtefactError(`${folder}${path}: is a link to a folder, must be a folder or a file`);
    else found.push(...filesBelow(folder, path));
  }
  return found;
}
