import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { filesIn, makeFolder } from "../folder.ts";

/** A file of `out/`: its path there, and where its content comes from. */
export type OutputFile = { readonly path: string } & ({ readonly text: string } | { readonly copyOf: string });

/**
 * Writes files below `directory` so that no reader ever sees half a file: all are staged on the same disk, then moved.
 * Nothing but what was written stays in `folders`. `only` keeps everything else; otherwise stacks, releases and hosts that
 * are no longer made are removed.
 */
export function writeOutputs(
  { directory, staging }: { readonly directory: string; readonly staging: string },
  files: readonly OutputFile[],
  only: boolean,
  folders: readonly string[] = [],
): void {
  const fresh = files.filter((file) => !isThere(directory, file));
  for (const file of fresh) {
    const staged = join(staging, "files", file.path);
    mkdirSync(dirname(staged), { recursive: true });
    if ("text" in file) writeFileSync(staged, file.text);
    else copyFileSync(file.copyOf, staged);
  }
  for (const { path } of fresh) {
    makeFolder(dirname(join(directory, path)));
    renameSync(join(staging, "files", path), join(directory, path));
  }
  const written = new Set(files.map(({ path }) => join(directory, path)));
  for (const folder of folders) removeOthersIn(join(directory, folder), written);
  if (only) return;
  removeOtherStacks(join(directory, "terraform"), written);
  removeOtherReleases(join(directory, "helm"), written);
  removeOtherHosts(join(directory, "ansible"), written);
}

/** Whether a copy is there with the same bytes: of thousands of files few change, and to read is cheaper than to write. */
function isThere(directory: string, file: OutputFile): boolean {
  const path = join(directory, file.path);
  return "copyOf" in file && existsSync(path) && readFileSync(path).equals(readFileSync(file.copyOf));
}

/** Removes what a host was once configured with. */
function removeOthersIn(folder: string, written: ReadonlySet<string>): void {
  for (const path of filesIn(folder)) {
    if (!written.has(join(folder, path))) rmSync(join(folder, path));
  }
}

/** Removes folders of hosts that are no more: those with a firewall, which every host has. */
function removeOtherHosts(ansible: string, written: ReadonlySet<string>): void {
  for (const environment of foldersIn(ansible)) {
    for (const host of foldersIn(environment)) {
      const file = join(host, "nftables.conf");
      if (existsSync(file) && !written.has(file)) rmSync(host, { recursive: true });
    }
    if (readdirSync(environment).length === 0) rmSync(environment, { recursive: true });
  }
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
