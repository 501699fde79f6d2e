import type { Expand } from "./context.ts";
import { type Directive, parseNginx, type SyntaxFault } from "./parse.ts";

/** The files that a configuration may name, by path. */
export type Texts = ReadonlyMap<string, string>;

/** What comes with NGINX' package and decides nothing that is judged here. */
const OF_PACKAGE =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi)_params|fastcgi\.conf|koi-(?:utf|win)|win-utf|modules-enabled\/\*\.conf)$/;

/** A configuration with all files that it includes. */
export interface Loaded {
  readonly directives: readonly Directive[];
  readonly expand: Expand;
  readonly faults: SyntaxFault[];
  /** `include` of files that outputs do not hold. */
  readonly missing: Directive[];
}

/** Reads a file; what it includes is read when it is asked for, each file once at most on its way. */
export function load(path: string, texts: Texts): Loaded {
  const faults: SyntaxFault[] = [];
  const missing: Directive[] = [];
  const parsed = new Map<string, readonly Directive[]>();
  const read = (file: string): readonly Directive[] => {
    const known = parsed.get(file);
    if (known !== undefined) return known;
    const { directives, faults: found } = parseNginx(texts.get(file) ?? "", file);
    faults.push(...found);
    parsed.set(file, directives);
    return directives;
  };
  const under = path.slice(0, path.lastIndexOf("/") + 1);
  const expandWithin =
    (on: ReadonlySet<string>): Expand =>
    (include) => {
      const [pattern = ""] = include.words;
      const files = filesOf(pattern.startsWith("/") ? pattern : `${under}${pattern}`, texts);
      if (files.length === 0 && !OF_PACKAGE.test(pattern)) missing.push(include);
      return files.flatMap((file) => {
        if (on.has(file)) {
          faults.push({ file: include.file, line: include.line, says: `${file} includes itself` });
          return [];
        }
        const expand = expandWithin(new Set([...on, file]));
        return read(file).flatMap((each) => (each.name === "include" ? expand(each) : [each]));
      });
    };
  return { directives: read(path), expand: expandWithin(new Set([path])), faults, missing };
}

/** Paths that a pattern of `include` names, in the order in which NGINX reads them. */
function filesOf(pattern: string, texts: Texts): readonly string[] {
  if (!/[*?[]/.test(pattern)) return texts.has(pattern) ? [pattern] : [];
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  let matches: RegExp;
  try {
    matches = new RegExp(`^${source}$`);
  } catch {
    return [];
  }
  return [...texts.keys()].filter((path) => matches.test(path)).sort();
}
