import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../folder.ts";

/** A file of `out/`: its path there, and where its content comes from. */
export type OutputFile = { readonly path: string } & ({ readonly text: string } | { readonly copyOf: string });

/**
 * Writes files below `directory` so that no reader ever sees half a file: all are staged on the same disk, then moved.
 * `only` keeps everything else; otherwise stacks and releases that are no longer made are removed.
 */
export function writeOutputs(
  { directory, staging }: { readonly directory: string; readonly staging: string },
  files: readonly OutputFile[],
  only: boolean,
): void {
  for (const file of files) {
    const staged = join(staging, "files", file.path);
    mkdirSync(dirname(staged), { recursive: true });
    if ("text" in file) writeFileSync(staged, file.text);
    else cpSync(file.copyOf, staged);
  }
  for (const { path } of files) {
    makeFolder(dirname(join(directory, path)));
    renameSync(join(staging, "files", path), join(directory, path));
  }
  if (only) return;
  const written = new Set(files.map(({ path }) => join(directory, path)));
  removeOtherStacks(join(directory, "terraform"), written);
  removeOtherReleases(join(directory, "helm"), written);
}

/** Removes stack folders that were made earlier and are no more; a folder or file of anybody else stays. */
function removeOtherStacks(terraform: string, written: ReadonlySet<string>): void {
  for (const environment of foldersIn(terraform)) {
    for (const stack of foldersIn(environment)) {
      const file = join(stack, "cdk.tf.json");
      if (existsSync(file) && !written.has(file)) rmSync(stack, { recursive: true });
    }
    if (readdirSync(environment).length === 0) rmSync(environment, { recursive: true });
  }
}

/** The same of releases: a file of manifests each, in the folder of its environment. */
function removeOtherReleases(helm: string, written: ReadonlySet<string>): void {
  for (const environment of foldersIn(helm)) {
    for (const name of readdirSync(environment)) {
      const file = join(environment, name);
      if (name.endsWith(".yaml") && !written.has(file)) rmSync(file);
    }
    if (readdirSync(environment).length === 0) rmSync(environment, { recursive: true });
  }
}

const foldersIn = (directory: string): readonly string[] =>
  !existsSync(directory)
    ? []
    : readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(directory, name));
