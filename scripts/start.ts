import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { catalogue } from "../services/catalogue.ts";
import { describeFault, validateCatalogue } from "../services/validate.ts";
import { help, parseRequest, type Request } from "./start/arguments.ts";
import { checkIndex } from "./start/check-index.ts";
import { indexOf } from "./start/index-file.ts";
import { makeStaging } from "./start/staging.ts";
import { summary } from "./start/summary.ts";
import { type SynthesizedStack, synthesize } from "./start/synthesize.ts";
import { typeErrors } from "./start/type-check.ts";
import { type OutputFile, writeOutputs } from "./start/write.ts";

const root = resolve(import.meta.dirname, "..");
const providerLock = join(root, "stacks", "provider.lock.hcl");

/** Synthesizes every stack beside `out/` and moves in those asked for: what fails on the way leaves `out/` as it was. */
async function write(request: Request, typesChecked: Promise<string | undefined>): Promise<string> {
  const out = resolve(request.output ?? join(root, "out"));
  const staging = makeStaging(out);
  try {
    const made = catalogue.environments.map((environment) => synthesize(catalogue, environment, staging));
    const stacks = made.flatMap((each) => each.stacks);
    const index = indexOf(
      catalogue,
      made.map(({ estate }) => estate),
      stacks,
    );
    checkIndex(index);
    const wanted = stacks.filter(
      ({ environment, name }) => asked(request.environments, environment) && asked(request.services, name),
    );
    if (wanted.length === 0) throw new Error(noStack(request, stacks));
    const indexFile = { path: "index.json", text: `${JSON.stringify(index, null, 2)}\n` };
    const errors = await typesChecked;
    if (errors !== undefined) throw new Error(`the sources have type errors\n${errors}`);
    writeOutputs({ directory: out, staging }, [...wanted.flatMap(filesOf), indexFile], wanted.length < stacks.length);
    return request.json ? `${JSON.stringify(wanted.map(withoutFile), null, 2)}\n` : summary(index, wanted);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Nothing asked for means all. */
const asked = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);

function filesOf({ environment, name, file }: SynthesizedStack): readonly OutputFile[] {
  const folder = join("terraform", environment, name);
  const lock = { path: join(folder, ".terraform.lock.hcl"), copyOf: providerLock };
  return [{ path: join(folder, "cdk.tf.json"), copyOf: file }, ...(existsSync(providerLock) ? [lock] : [])];
}

const noStack = ({ services }: Request, stacks: readonly SynthesizedStack[]): string => {
  const known = catalogue.services
    .map(({ name }) => name)
    .filter((name) => stacks.some((stack) => stack.name === name));
  return `--service: ${services.join(", ")} has no stack yet, services with one are ${known.join(", ")}`;
};

const withoutFile = ({ file: _, ...stack }: SynthesizedStack) => stack;

async function main(): Promise<void> {
  const request = parseRequest(process.argv.slice(2), catalogue);
  if (request.help) {
    process.stdout.write(help);
    return;
  }
  const typesChecked = typeErrors(root);
  const faults = validateCatalogue(catalogue, new Date().toISOString().slice(0, 10));
  if (faults.length > 0) {
    const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
    throw new Error([`the catalogue has ${count}, nothing was written`, ...faults.map(describeFault)].join("\n  "));
  }
  process.stdout.write(await write(request, typesChecked));
}

try {
  await main();
} catch (error) {
  process.stderr.write(`npm start: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
