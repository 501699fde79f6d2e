import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { catalogue } from "../../services/catalogue.ts";
import { describeFault, validateCatalogue } from "../../services/validate.ts";
import { help, parseRequest, type Request } from "./arguments.ts";
import { checkIndex } from "./check-index.ts";
import { indexOf } from "./index-file.ts";
import { makeStaging, removeOnSignal } from "./staging.ts";
import { summary } from "./summary.ts";
import { type SynthesizedStack, synthesize } from "./synthesize.ts";
import { type OutputFile, writeOutputs } from "./write.ts";

const root = resolve(import.meta.dirname, "../..");
const providerLock = join(root, "stacks", "provider.lock.hcl");

/** Synthesizes every stack beside `out/` and moves in those asked for: what fails on the way leaves `out/` as it was. */
async function write(request: Request, typesChecked: Promise<string | undefined>): Promise<string> {
  const out = resolve(request.output ?? join(root, "out"));
  const staging = makeStaging(out);
  const interrupted = removeOnSignal(staging);
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
    const indexFile = { path: "index.json", text: `${JSON.stringify(index, null, 2)}\n` };
    if ((await typesChecked) !== undefined) throw new Error("the sources have type errors");
    writeOutputs({ directory: out, staging }, [...wanted.flatMap(filesOf), indexFile], wanted.length < stacks.length);
    return request.json ? `${JSON.stringify(wanted.map(withoutFile), null, 2)}\n` : summary(index, wanted);
  } finally {
    interrupted.forget();
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

const withoutFile = ({ file: _, ...stack }: SynthesizedStack) => stack;

/**
 * What `npm start` prints. Throws an error whose message is for the user; then nothing was written.
 * Nothing is written either while `typesChecked` brings errors.
 */
export async function run(args: readonly string[], typesChecked: Promise<string | undefined>): Promise<string> {
  const request = parseRequest(args, catalogue);
  if (request.help) return help;
  const faults = validateCatalogue(catalogue, new Date().toISOString().slice(0, 10));
  if (faults.length > 0) {
    const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
    throw new Error([`the catalogue has ${count}, nothing was written`, ...faults.map(describeFault)].join("\n  "));
  }
  return await write(request, typesChecked);
}
