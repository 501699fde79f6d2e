import { join } from "node:path";
import type { Catalogue } from "../../services/catalogue.ts";
import { type Estate, resolveEstate } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import { newApp } from "../../stacks/app.ts";
import { type BuiltStack, buildEnvironment } from "../../stacks/main.ts";

/** A stack whose Terraform JSON lies in `file`. */
export interface SynthesizedStack extends BuiltStack {
  readonly file: string;
}

/** Synthesizes one environment below `directory`. One app each keeps the memory of many environments that of one. */
export function synthesize(
  catalogue: Catalogue,
  environment: Environment,
  directory: string,
): { readonly estate: Estate; readonly stacks: readonly SynthesizedStack[] } {
  const estate = resolveEstate(catalogue, environment);
  const app = newApp(join(directory, environment.name));
  const stacks = buildEnvironment(app, estate);
  app.synth();
  return {
    estate,
    stacks: stacks.map((stack) => ({ ...stack, file: join(app.outdir, "stacks", stack.id, "cdk.tf.json") })),
  };
}
