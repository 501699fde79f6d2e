import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { stringify } from "safe-stable-stringify";
import { parse } from "yaml";
import type { Entry } from "./entries.ts";
import type { Ledger } from "./verdict.ts";
import type { Waiver } from "./waivers.ts";

/** Where the ledger is committed: a file of each environment, and what may depart from it. */
const ledgerFolder = "stacks/ledger";
const WAIVERS = "waivers.yaml";

/** Reads the ledger of the project at `root`; files that are not there hold nothing. Throws for one that cannot be read. */
export function readLedger(root: string): Ledger {
  const waivers = (readYaml(root, WAIVERS, "waivers.schema.json") ?? []) as readonly Waiver[];
  return { entries: filesOf(root).flatMap((file) => readEntries(root, file)), waivers };
}

/** Writes the files of all environments, each whole, and removes those of environments that hold nothing any more. */
export function writeLedger(root: string, entries: readonly Entry[]): void {
  const folder = join(root, ledgerFolder);
  mkdirSync(folder, { recursive: true });
  const texts = [...Map.groupBy(entries, ({ environment }) => `${environment}.yaml`)].map(
    ([file, held]) => [file, textOf(held)] as const,
  );
  for (const [file, text] of texts) writeFileSync(join(folder, `${file}.part`), text);
  for (const [file] of texts) renameSync(join(folder, `${file}.part`), join(folder, file));
  const written = new Set(texts.map(([file]) => file));
  for (const file of filesOf(root).filter((name) => !written.has(name))) rmSync(join(folder, file));
}

const header = `# Stateful resources, and the arguments whose change would replace them. Written by npm run ledger, not by hand:
# a line that goes here without a moved block, a removed block or a waiver is data that goes. README: "Rename or remove
# something stateful".
`;

/** One line a resource, sorted: a line of the difference is a resource to look at. */
function textOf(entries: readonly Entry[]): string {
  const stacks = [...Map.groupBy(entries, ({ stack }) => stack)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = stacks.flatMap(([stack, held]) => [
    `${stack}:`,
    ...held.map(({ address, arguments: args }) => `  ${address}: ${stringify(args)}`).sort(),
  ]);
  return `${header}${lines.join("\n")}\n`;
}

const filesOf = (root: string): readonly string[] =>
  existsSync(join(root, ledgerFolder))
    ? readdirSync(join(root, ledgerFolder))
        .filter((file) => file.endsWith(".yaml") && file !== WAIVERS)
        .sort()
    : [];

function readEntries(root: string, file: string): readonly Entry[] {
  const environment = file.slice(0, -".yaml".length);
  const content = readYaml(root, file, "ledger.schema.json");
  // An emptied ledger would take whatever is there for new, and whatever has gone for never known.
  if (content === undefined) throw new Error(`${ledgerFolder}/${file}: is empty; without the file all is taken as new`);
  const stacks = content as Readonly<Record<string, Readonly<Record<string, Entry["arguments"]>>>>;
  return Object.entries(stacks).flatMap(([stack, held]) =>
    Object.entries(held).map(([address, args]) => ({ environment, stack, address, arguments: args })),
  );
}

/** The content of a file that matches its schema; undefined when the file is not there or empty. */
function readYaml(root: string, file: string, schema: string): unknown {
  const path = join(root, ledgerFolder, file);
  if (!existsSync(path)) return undefined;
  const content = parsed(readText(path, file), file);
  const ajv = new Ajv2020({ allErrors: true });
  const rules = JSON.parse(readFileSync(join(import.meta.dirname, schema), "utf8"));
  if (content !== null && !ajv.validate(rules, content)) {
    throw new Error(`${ledgerFolder}/${file}: ${ajv.errorsText(ajv.errors, { dataVar: "" })}`);
  }
  return content ?? undefined;
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${ledgerFolder}/${file}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new Error(`${ledgerFolder}/${file}: ${first.replace(/:$/, "")}`);
  }
}
