import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type App, TerraformStack } from "cdktf";
import { stringify } from "safe-stable-stringify";
import type { Catalogue } from "../../services/catalogue.ts";
import { type Estate, resolveEstate } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { newApp } from "../../stacks/app.ts";
import { type BuiltStack, buildEnvironment } from "../../stacks/main.ts";

/** A stack whose Terraform JSON lies in `file`. */
export interface SynthesizedStack extends BuiltStack {
  readonly file: string;
}

/** Resolves one environment and synthesizes it below `directory`. */
export function synthesize(
  catalogue: Catalogue,
  environment: Environment,
  directory: string,
): { readonly estate: Estate; readonly stacks: readonly SynthesizedStack[] } {
  const estate = resolveEstate(catalogue, environment);
  return { estate, stacks: synthesizeResolved(estate, directory) };
}

/**
 * Synthesizes one environment below `directory`.
 * One app for each environment keeps the memory of many environments near that of one.
 */
export function synthesizeResolved(estate: Estate, directory: string): readonly SynthesizedStack[] {
  const app = newApp(join(directory, estate.environment.name));
  const stacks = buildEnvironment(app, estate);
  writeStacks(app);
  return stacks.map((stack) => ({ ...stack, file: fileOf(app, stack.id) }));
}

/**
 * Writes each stack's Terraform JSON into the app's directory: the bytes of the engine's own `synth()`, in half the time.
 * That resolves every stack twice, to turn references from one stack into another into outputs. Ours are handed on by
 * `exported()` and `imported()`; a reference past them throws here.
 */
export function writeStacks(app: App): void {
  for (const stack of app.node.children.filter(TerraformStack.isStack)) {
    const json: Json = stack.toTerraform();
    stack.runAllValidations();
    const text = stringify(json, null, 2) ?? "";
    const foreign = references(text).find(({ kind, type, name }) => json[kind]?.[type]?.[name] === undefined);
    if (foreign !== undefined) {
      const address = `${foreign.type}.${foreign.name}`;
      throw new Error(`${stack.node.id}: has no ${address}; hand values of other stacks on by exported(), imported()`);
    }
    mkdirSync(join(app.outdir, stack.node.id), { recursive: true });
    writeFileSync(fileOf(app, stack.node.id), text);
  }
}

/** The parts of Terraform JSON that references point into. */
type Json = { readonly [kind in "resource" | "data"]?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

/** Every resource and data source that the text names, in expressions and in `depends_on`. */
const references = (text: string) =>
  [...text.matchAll(/\b(data\.)?(aws_\w+|terraform_remote_state)\.([\w-]+)/g)].map(
    ([, data, type = "", name = ""]) => ({ kind: data === undefined ? "resource" : "data", type, name }) as const,
  );

const fileOf = (app: App, id: string) => join(app.outdir, id, "cdk.tf.json");
