import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Example, Examples } from "../../policies/engine/example.ts";
import type { AnyRule } from "../../policies/engine/rule.ts";
import type { GeneratedFile, Generator } from "./generated.ts";
import { loadRule, type RuleFile, ruleFiles } from "./policies.ts";

const FOLDER = "docs/generated/policies";
const RULES = "policies/rules";
const root = join(import.meta.dirname, "../..");

/** A rule with what it is tried on. */
interface Page {
  readonly area: string;
  readonly rule: AnyRule;
  readonly examples: Examples;
}

/** A page of each rule, and a table of all. */
export const rulePages: Generator<Promise<readonly GeneratedFile[]>> = {
  folder: FOLDER,
  async files() {
    const pages = await Promise.all(ruleFiles().map(loaded));
    return [{ path: `${FOLDER}/README.md`, text: indexOf(pages) }, ...pages.map(fileOf)];
  },
};

async function loaded(file: RuleFile): Promise<Page> {
  const { area, slug } = file;
  const rule = await loadRule(file);
  // A test demands examples; who is about to write them needs the list of rules first.
  const beside = join(root, RULES, area, `${slug}.examples.ts`);
  const none: Examples = { good: [], bad: [], unknown: [] };
  const { examples } = existsSync(beside) ? ((await import(beside)) as { examples: Examples }) : { examples: none };
  return { area, rule, examples };
}

const generatedFrom = (path: string): string => `<!-- Generated from ${path}. Do not edit; run npm run generate. -->\n`;

function indexOf(pages: readonly Page[]): string {
  const areas = [...Map.groupBy(pages, ({ area }) => area)];
  const lines = areas.flatMap(([area, of]) => [
    `\n## ${area}\n`,
    "| rule | severity | holds | requirements |",
    "| --- | --- | --- | --- |",
    ...of
      .toSorted((one, other) => (one.rule.id < other.rule.id ? -1 : 1))
      .map(({ rule: { id, slug, severity, title, requirements } }) =>
        row([`[${id}](${area}/${slug}.md)`, severity, title, requirements.join(", ")]),
      ),
  ]);
  return `${generatedFrom(RULES)}# Rules\n\nWhat every output is judged by: ${pages.length} rules. How to run them, read what they say, waive and add: [how-to](../../how-to/judge-outputs.md).\n${lines.join("\n")}\n`;
}

function fileOf({ area, rule, examples }: Page): GeneratedFile {
  const { id, slug, severity, title, why, fix, appliesTo, requirements, needsDeclaration } = rule;
  const source = `${RULES}/${area}/${slug}.ts`;
  const facts = [
    ["severity", severity],
    ["judges", `every ${appliesTo.name}${rule.concerns === undefined ? "" : " that it concerns"}`],
    ...(needsDeclaration ? [["needs", "the declaration of the catalogue, `index.json`"]] : []),
    ...(requirements.length === 0 ? [] : [["requirements", requirements.join(", ")]]),
    ["source", `[${source}](../../../../${source})`],
  ];
  const text = [
    generatedFrom(source),
    `# ${id} ${title}\n`,
    `| | |\n| --- | --- |\n${facts.map(row).join("\n")}\n`,
    `**Why.** ${why}\n`,
    `**Fix.** ${fix}`,
    ...sectionOf("Passes", examples.good),
    ...sectionOf("Fails", examples.bad),
    ...sectionOf("Is not known, and fails", examples.unknown),
  ].join("\n");
  return { path: `${FOLDER}/${area}/${slug}.md`, text: `${text}\n` };
}

const sectionOf = (heading: string, all: readonly Example[]): readonly string[] =>
  all.length === 0 ? [] : [`\n## ${heading}`, ...all.flatMap(exampleOf)];

/** Lines of an example that a page shows; the whole stands beside the rule. */
const MOST_LINES = 48;

function exampleOf({ title, finds = [], ...outputs }: Example): readonly string[] {
  const lines = stringify(outputs, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd().split("\n");
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "# ..."] : lines;
  // A file of a host may hold fences itself.
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => (/`+/.exec(line)?.[0].length ?? 0) + 1)));
  return [
    `\n${capitalized(title)}:\n`,
    `${fence}yaml`,
    ...shown,
    fence,
    ...(finds.length === 0 ? [] : [`\nFound at ${finds.map((each) => `\`${each}\``).join(", ")}.`]),
  ];
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
