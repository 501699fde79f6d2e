import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { catalogue } from "../../services/catalogue.ts";
import { resolveEstate } from "../../services/resolve.ts";
import { describeFault, validateCatalogue } from "../../services/validate.ts";
import { helmProgram } from "../helm/program.ts";
import { releasesOf } from "../helm/releases.ts";
import { type RenderedRelease, renderReleases } from "../helm/render.ts";
import { help, parseRequest, type Request } from "./arguments.ts";
import { checkIndex } from "./check-index.ts";
import { hostOutputs } from "./hosts.ts";
import { indexOf } from "./index-file.ts";
import { makeStaging, removeOnSignal } from "./staging.ts";
import { summary, type Written } from "./summary.ts";
import { type SynthesizedStack, synthesizeResolved } from "./synthesize.ts";
import { type OutputFile, writeOutputs } from "./write.ts";

const root = resolve(import.meta.dirname, "../..");
const providerLock = join(root, "stacks", "provider.lock.hcl");
const hostConfiguration = join(root, "ansible", "generated");

/** How a run ended, and what it prints. 1: outputs are written, and policies object to them. */
export interface Ended {
  readonly code: 0 | 1;
  readonly stdout: string;
}

/**
 * Synthesizes every stack, renders the releases and writes the hosts' configuration asked for beside `out/`, then moves in
 * what was asked for: what fails on the way leaves `out/` as it was. All of it is then judged.
 */
async function write(request: Request, typesChecked: Promise<string | undefined>): Promise<Ended> {
  const out = resolve(request.output ?? join(root, "out"));
  // Of a part, what it leads to may not be there, or be an earlier one.
  const isJudged = request.services.length + request.environments.length === 0;
  const isAsked = (environment: string, name: string) =>
    asked(request.environments, environment) && asked(request.services, name);
  const estates = catalogue.environments.map((environment) => resolveEstate(catalogue, environment));
  const releases = estates.flatMap((estate) => releasesOf(estate, (name) => isAsked(estate.environment.name, name)));
  const hosts = estates.flatMap((estate) =>
    hostOutputs(estate, hostConfiguration, (name) => isAsked(estate.environment.name, name)),
  );
  const program = releases.length === 0 ? "" : await helmProgram();
  const staging = makeStaging(out);
  const interrupted = removeOnSignal(staging);
  // First: Helm works beside the synthesis, which holds this thread.
  const rendering = renderReleases(releases, { program, charts: join(root, "helm"), scratch: join(staging, ".helm") });
  // Heard below; until then a refusal must not end the process.
  rendering.catch(() => undefined);
  try {
    const stacks: SynthesizedStack[] = [];
    for (const estate of estates) {
      // Where a release is done, the next begins.
      await setImmediate();
      stacks.push(...synthesizeResolved(estate, staging));
    }
    const index = indexOf(catalogue, estates, stacks);
    checkIndex(index);
    // Loaded while Helm works. What fails there fails below.
    const judging = isJudged ? import("./judge.ts") : undefined;
    judging?.catch(() => undefined);
    const rendered = await rendering;
    const wanted = stacks.filter(({ environment, name }) => isAsked(environment, name));
    const files = [
      ...wanted.flatMap(filesOf),
      ...rendered.map(({ environment, name, text }) => ({ path: join("helm", environment, `${name}.yaml`), text })),
      ...hosts.flatMap((host) => host.files),
      { path: "index.json", text: `${JSON.stringify(index, null, 2)}\n` },
    ];
    if ((await typesChecked) !== undefined) throw new Error("the sources have type errors");
    const folders = hosts.map(({ folder }) => folder);
    writeOutputs({ directory: out, staging }, files, wanted.length < stacks.length, folders);
    const written = wanted.map((stack) => withObjects(stack, rendered));
    const said = request.json ? `${JSON.stringify(written, null, 2)}\n` : summary(index, written, hosts.length);
    if (judging === undefined) return { code: 0, stdout: said };
    const { judgeOutputs } = await judging;
    const { findings, text } = await judgeOutputs(out, today()).catch(unjudged);
    return { code: findings === 0 ? 0 : 1, stdout: request.json ? said : `${said}${text}` };
  } finally {
    // Helm must be through before its folder goes.
    await Promise.allSettled([rendering]);
    interrupted.forget();
    rmSync(staging, { recursive: true, force: true });
  }
}

/** What else lies among the outputs is for the user to move: it is no fault of the run. */
function unjudged(error: unknown): never {
  const isOfOutputs = error instanceof Error && error.name === "ArtefactError";
  throw isOfOutputs ? new Error(`outputs are written, and cannot be judged: ${error.message}`) : error;
}

/** `2026-11-21`: weaker choices and waivers end on a day. */
const today = (): string => new Date().toISOString().slice(0, 10);

/** Nothing asked for means all. */
const asked = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);

function filesOf({ environment, name, file }: SynthesizedStack): readonly OutputFile[] {
  const folder = join("terraform", environment, name);
  const lock = { path: join(folder, ".terraform.lock.hcl"), copyOf: providerLock };
  return [{ path: join(folder, "cdk.tf.json"), copyOf: file }, ...(existsSync(providerLock) ? [lock] : [])];
}

/** What was written of a stack, with the objects of its service's release. */
function withObjects({ file: _, ...stack }: SynthesizedStack, rendered: readonly RenderedRelease[]): Written {
  const release = rendered.find(({ environment, name }) => environment === stack.environment && name === stack.name);
  return release === undefined ? stack : { ...stack, objects: release.objects };
}

/**
 * Does what `npm start` does. Throws an error whose message is for the user; then nothing was written.
 * Nothing is written either while `typesChecked` brings errors.
 */
export async function run(args: readonly string[], typesChecked: Promise<string | undefined>): Promise<Ended> {
  const request = parseRequest(args, catalogue);
  if (request.help) return { code: 0, stdout: help };
  const faults = validateCatalogue(catalogue, today());
  if (faults.length > 0) {
    const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
    throw new Error([`the catalogue has ${count}, nothing was written`, ...faults.map(describeFault)].join("\n  "));
  }
  return await write(request, typesChecked);
}
