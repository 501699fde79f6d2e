import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import type { GeneratedFile } from "./generated.ts";

/** A rule's id and name. */
export interface Named {
  readonly id: string;
  readonly slug: string;
}

const header = `# Generated from policies/rules. Do not edit; run npm run generate.
# Every id that a rule ever had, and its name: none is used again for another rule, so that an old waiver or report never
# means something else. The rule of a line that says so is gone. Renamed a rule? Change the name here as well.
`;

/**
 * The record of ids, with those of new rules added; of a rule that has gone it stays. Throws an error for the user when an id
 * belongs to another rule.
 */
export function recordOf(path: string, recorded: string | undefined, rules: readonly Named[]): GeneratedFile {
  const known = new Map(Object.entries((parse(recorded ?? "") ?? {}) as Readonly<Record<string, string>>));
  for (const { id, slug } of rules) {
    const was = known.get(id) ?? slug;
    if (was !== slug) {
      throw new Error(
        `${path}: ${id} is ${was} there, and now ${slug}: give the rule an id that no rule had; if it is the same rule under another name, change the name there`,
      );
    }
    known.set(id, slug);
  }
  const used = new Set(rules.map(({ id }) => id));
  const lines = [...known]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, slug]) => `${id}: ${used.has(id) || slug.endsWith(GONE) ? slug : `${slug}${GONE}`}\n`);
  return { path, text: `${header}${lines.join("")}` };
}

/** What stands after the name of a rule that is no more. */
export const GONE = " (gone)";

/** The record as it is committed. */
export const readRecord = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;
