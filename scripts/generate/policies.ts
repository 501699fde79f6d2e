import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type AnyRule, type Area, areas } from "../../policies/engine/rule.ts";
import type { GeneratedFile, Generator } from "./generated.ts";
import { readRecord, recordOf } from "./rule-ids.ts";
import { waiversSchema } from "./waivers-schema.ts";

const FOLDER = "policies/generated";
const RULES = "policies/rules";
const root = join(import.meta.dirname, "../..");

/** The name by which a rule's file exports it: `bucketIsVersioned` of `bucket-is-versioned`. */
export const exportedAs = (slug: string): string =>
  slug.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Where a rule stands. */
export interface RuleFile {
  readonly area: Area;
  readonly slug: string;
}

/** Files of rules, by area and then by name. */
export const ruleFiles = (): readonly RuleFile[] =>
  areas.flatMap((area) =>
    readdirSync(join(root, RULES, area))
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".examples.ts"))
      .sort()
      .map((name) => ({ area, slug: name.slice(0, -".ts".length) })),
  );

/** The lists of rules: a file is a rule because it is there, and nothing has to be entered anywhere. */
function listsOfRules(): readonly GeneratedFile[] {
  const files = ruleFiles();
  for (const [at, { area, slug }] of files.entries()) {
    const other = files.slice(0, at).find((each) => each.slug === slug);
    if (other !== undefined)
      throw new Error(`${RULES}: ${area}/${slug} and ${other.area}/${slug}: each rule needs a name of its own`);
  }
  const lists = areas.map((area) =>
    listOf(
      area,
      files.filter((each) => each.area === area).map(({ slug }) => slug),
    ),
  );
  return [...lists, listOfLists];
}

/** All rules at once, for whoever needs them together. */
const listOfLists: GeneratedFile = {
  path: `${FOLDER}/rules.ts`,
  text: [
    `// Generated from ${RULES}. Do not edit; run npm run generate.\n`,
    'import type { AnyRule } from "../engine/rule.ts";\n',
    ...areas.toSorted().map((area) => `import { rules as ${area} } from "./rules/${area}.ts";\n`),
    "\n/** Every rule, by area and name. */\n",
    "export const rules: readonly AnyRule[] = [\n",
    ...areas.map((area) => `  ...${area},\n`),
    "];\n",
  ].join(""),
};

/** The rules of an area: a file of its own, for threads load no more than they judge by. */
function listOf(area: Area, slugs: readonly string[]): GeneratedFile {
  const imports = slugs.map((slug) => `import { ${exportedAs(slug)} } from "../../rules/${area}/${slug}.ts";\n`);
  const names = slugs.map((slug) => `  ${exportedAs(slug)},\n`);
  return {
    path: `${FOLDER}/rules/${area}.ts`,
    text: [
      `// Generated from ${RULES}/${area}. Do not edit; run npm run generate.\n`,
      'import type { AnyRule } from "../../engine/rule.ts";\n',
      ...imports,
      `\n/** Every rule of ${area}, by name. */\n`,
      `export const rules: readonly AnyRule[] = [\n${names.join("")}];\n`,
    ].join(""),
  };
}

/** What follows from the rules that are there, their lists and the record of ids; and the judge of waivers. */
export const policies: Generator<Promise<readonly GeneratedFile[]>> = {
  folder: FOLDER,
  async files() {
    const path = `${FOLDER}/rule-ids.yaml`;
    const recorded = readRecord(join(root, path));
    const always = [...listsOfRules(), waiversSchema(root, `${FOLDER}/waivers-schema.ts`)];
    // The record begins once the file is there: before, ids are still being given out.
    if (recorded === undefined) return always;
    return [...always, recordOf(path, recorded, await Promise.all(ruleFiles().map(loadRule)))];
  },
};

/** A rule, loaded from its file. Throws an error for the user when the file does not export it. */
export async function loadRule({ area, slug }: RuleFile): Promise<AnyRule> {
  const loaded = (await import(join(root, RULES, area, `${slug}.ts`))) as Readonly<Record<string, AnyRule | undefined>>;
  const rule = loaded[exportedAs(slug)];
  if (rule === undefined) throw new Error(`${RULES}/${area}/${slug}.ts: must export ${exportedAs(slug)}`);
  return rule;
}
