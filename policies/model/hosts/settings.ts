import type { Estate, HostFile } from "../estate.ts";
import { isObject, type Json } from "../json.ts";
import { isUnknown, type Unknown } from "../value.ts";
import { parseIni } from "./ini.ts";
import { yamlOf } from "./yaml-files.ts";

/** A value that a file gives to a program. */
export interface Setting {
  /** The nearest name above it, or its section; empty where there is none. */
  readonly parent: string;
  readonly name: string;
  readonly value: string;
}

const VARIABLES = /\.env$|\/etc\/(?:default\/[^/]+|environment)$/;
const TREE = /\.(?:ya?ml|json)$/;
const SECTIONS = /\.(?:ini|cnf|cfg|toml|properties|conf)$/;
/** Have a language of their own, and rules that read it. */
const OTHERS = /\/nginx\/|\/nftables\.conf$|\/syslog-ng\/|\/sysctl\.d\/|\/chrony\/|\/etc\/resolv\.conf$|\/files\.json$/;

/** How the settings of a file are written; nothing where it has none that anybody can tell, as programs and lists have. */
export const formOf = (path: string): "variables" | "tree" | "sections" | undefined => {
  if (OTHERS.test(path)) return undefined;
  if (VARIABLES.test(path)) return "variables";
  if (TREE.test(path)) return "tree";
  return SECTIONS.test(path) ? "sections" : undefined;
};

/** Settings of a file in their order; unknown where it is not what its name says. */
export function settingsOf(estate: Estate, file: HostFile): readonly Setting[] | Unknown {
  switch (formOf(file.path)) {
    case "variables":
      return variablesIn(file.text);
    case "sections":
      return parseIni(file.text).map(({ section, name, value = "" }) => ({ parent: section, name, value }));
    case "tree": {
      const root = yamlOf(estate, file);
      return isUnknown(root) ? root : [...below(root, "", "")];
    }
    case undefined:
      return [];
  }
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/** `NAME='value'` a line, as systemd and shells read it; `#` begins comments. */
export const variablesIn = (text: string): readonly Setting[] =>
  text.split("\n").flatMap((line) => {
    const [, name, value = ""] = ASSIGNMENT.exec(line) ?? [];
    return name === undefined ? [] : [{ parent: "", name, value: bare(value) }];
  });

/** Variables of an `Environment=` line of a unit, of which there may be many. */
export const variablesOf = (line: string): readonly Setting[] =>
  [...line.matchAll(/(?:^|\s)(["']?)([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s"']*))/g)].map(
    ([, , name = "", one, other, plain]) => ({ parent: "", name, value: one ?? other ?? plain ?? "" }),
  );

/** Variables of all `Environment=` lines of a unit's file. */
export const variablesOfUnit = (text: string): readonly Setting[] =>
  [...text.matchAll(/^\s*Environment=(.*)$/gm)].flatMap(([, line = ""]) => variablesOf(line));

/** Without its quotes, and without a comment behind them. */
const bare = (value: string): string => value.replace(/^(["'])(.*?)\1(?:\s+#.*)?$/, "$2");

/** Leaves of a tree; elements of a list bear the name of their list. */
function* below(json: Json | undefined, parent: string, name: string): Generator<Setting> {
  if (Array.isArray(json)) for (const each of json as readonly Json[]) yield* below(each, parent, name);
  else if (isObject(json)) for (const [key, each] of Object.entries(json)) yield* below(each, name, key);
  else if (json !== undefined && json !== null) yield { parent, name, value: String(json) };
}
