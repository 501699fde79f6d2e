import { existsSync } from "node:fs";
import { join } from "node:path";
import { $, which } from "zx";

/** The public scanner, where it is installed. */
export async function findCheckov(project: string, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined && !existsSync(given)) throw new Error(`--checkov: "${given}" is not there`);
  const own = join(project, "node_modules/.cache/checkov/bin/checkov");
  return given ?? (existsSync(own) ? own : ((await which("checkov", { nothrow: true })) ?? undefined));
}

/** How many checks it makes of a plan, and how long it takes. */
export interface Scanned {
  readonly milliseconds: number;
  readonly checks: number;
}

/** Lets it scan a plan. Nothing is sent or fetched. */
export async function scanned(program: string, plan: string): Promise<Scanned> {
  const since = performance.now();
  const options = ["--framework", "terraform_plan", "--quiet", "--compact", "--skip-download", "--output", "json"];
  const { stdout } = await $({ quiet: true, nothrow: true })`${program} --file ${plan} ${options}`;
  const milliseconds = Math.round(performance.now() - since);
  const { summary } = JSON.parse(stdout) as { summary?: { passed: number; failed: number } };
  return { milliseconds, checks: (summary?.passed ?? 0) + (summary?.failed ?? 0) };
}
