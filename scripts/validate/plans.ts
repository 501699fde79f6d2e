import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StackFile } from "./estate.ts";
import type { Json } from "./stack-json.ts";
import type { Stubs } from "./stubs.ts";

/**
 * The folder `out/plans`. Per environment: `<stack>.json` as `terraform show -json` gives it, `stubs.json` with the
 * stand-in values by stack and output, and `digests.json` with, by plan, the SHA-256 of each `cdk.tf.json` the plan was
 * made from: its own and those of the stacks it reads.
 */
export class PlanFolder {
  private readonly root: string;

  constructor(out: string) {
    this.root = join(out, "plans");
  }

  /** Puts a plan and its digests in place; a reader sees the old files or the new ones, never a part. */
  writePlan(file: StackFile, producers: readonly StackFile[], shown: string): void {
    const sources = [...producers, file].sort((a, b) => a.stack.localeCompare(b.stack, "en"));
    writeWhole(this.path(file.environment, file.stack), planText(shown));
    this.update(file.environment, "digests", {
      [file.stack]: Object.fromEntries(sources.map(({ stack, digest }) => [stack, digest])),
    });
  }

  /** Records the stand-ins of stacks; those of stacks not named stay as they are. */
  writeStubs(environment: string, stubs: Readonly<Record<string, Stubs>>): void {
    this.update(environment, "stubs", stubs as unknown as Readonly<Record<string, Json>>);
  }

  /** Removes plans, digests and stand-ins of stacks that are no longer synthesized. */
  prune(estate: readonly StackFile[]): void {
    for (const environment of existsSync(this.root) ? readdirSync(this.root) : []) {
      const stacks = new Set(estate.filter((file) => file.environment === environment).map(({ stack }) => stack));
      if (stacks.size === 0) {
        rmSync(join(this.root, environment), { recursive: true, force: true });
        continue;
      }
      const kept = new Set([...stacks, "digests", "stubs"].map((name) => `${name}.json`));
      for (const name of readdirSync(join(this.root, environment)).filter((entry) => !kept.has(entry))) {
        rmSync(join(this.root, environment, name), { recursive: true, force: true });
      }
      for (const index of ["digests", "stubs"]) {
        const gone = Object.keys(this.read(environment, index)).filter((stack) => !stacks.has(stack));
        this.update(environment, index, Object.fromEntries(gone.map((stack) => [stack, undefined])));
      }
    }
  }

  private path(environment: string, name: string): string {
    return join(this.root, environment, `${name}.json`);
  }

  private read(environment: string, name: string): Readonly<Record<string, Json>> {
    const path = this.path(environment, name);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  }

  private update(environment: string, name: string, changes: Readonly<Record<string, Json | undefined>>): void {
    const all = Object.entries({ ...this.read(environment, name), ...changes });
    const sorted = Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en")));
    writeWhole(this.path(environment, name), `${JSON.stringify(sorted, null, 2)}\n`);
  }
}

/**
 * A plan without the time it was made at, and with its relevant attributes sorted, which Terraform lists in another order
 * every time: equal stacks give equal bytes.
 */
function planText(shown: string): string {
  const { timestamp: _, ...plan } = JSON.parse(shown);
  plan.relevant_attributes?.sort((a: Json, b: Json) => JSON.stringify(a).localeCompare(JSON.stringify(b), "en"));
  return `${JSON.stringify(plan)}\n`;
}

/** How many resources a plan creates. */
export function createsOf(shown: string): number {
  const changes: readonly { readonly change: { readonly actions: readonly string[] } }[] =
    JSON.parse(shown).resource_changes ?? [];
  return changes.filter(({ change }) => change.actions.includes("create")).length;
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.part`;
  writeFileSync(part, text);
  renameSync(part, path);
}
