import type { Catalogue } from "../../services/catalogue.ts";
import { describeFault, validateCatalogue } from "../../services/validate.ts";
import { type CheckEnded, parseCheckRequest } from "../options.ts";
import { ansible } from "./ansible.ts";
import type { GeneratedFile, Generator } from "./generated.ts";
import { helm } from "./helm.ts";
import { monitoring } from "./monitoring.ts";
import { policies } from "./policies.ts";
import { rulePages } from "./rule-pages.ts";
import { usage } from "./usage.ts";
import { differences, listed, writeGenerated } from "./write.ts";

/** All that makes committed files; each owns its folder. */
const generators: readonly Generator<readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>>[] = [
  helm,
  ansible,
  monitoring,
  policies,
  rulePages,
];

/** Where and when a run takes place, and what of. */
export interface Surroundings {
  /** The project whose files are compared and written. */
  readonly root: string;
  /** `2026-11-21`: the catalogue's weaker choices end on a day. */
  readonly today: string;
  readonly catalogue: Catalogue;
  /** Types are checked meanwhile; nothing is written while they have errors. */
  readonly typesChecked: Promise<string | undefined>;
}

/** Makes every file, compares, and writes. Throws an error for the user when it cannot; then nothing was written. */
export async function run(
  args: readonly string[],
  { root, today, catalogue, typesChecked }: Surroundings,
): Promise<CheckEnded> {
  const request = parseCheckRequest(args);
  if (request.help) return { code: 0, stdout: `${usage}\n`, stderr: "" };
  const faults = validateCatalogue(catalogue, today);
  if (faults.length > 0) throw new Error(["nothing was written", ...faults.map(describeFault)].join("\n  "));
  const all = await Promise.all(
    generators.map(async ({ folder, leaves, files }) => ({ folder, leaves, files: await files(catalogue) })),
  );
  const differing = all.map((wanted) => differences(root, wanted));
  if ((await typesChecked) !== undefined) throw new Error("the sources have type errors");
  const changes = differing.flat();
  const count = all.reduce((sum, { files }) => sum + files.length, 0);
  const stdout = request.json
    ? `${JSON.stringify({ files: count, changes }, undefined, 2)}\n`
    : listed(changes, `generated files: ${count}, ${request.check ? "differing" : "written"}: ${changes.length}`);
  if (!request.check) {
    for (const [index, wanted] of all.entries()) writeGenerated(root, wanted, differing[index] ?? []);
    return { code: 0, stdout, stderr: "" };
  }
  if (changes.length === 0) return { code: 0, stdout, stderr: "" };
  return { code: 1, stdout, stderr: "npm run generate: out of date, run npm run generate\n" };
}
